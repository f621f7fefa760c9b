/** Event types of Chat V2 (CV2-050). */
export const eventTypes = [
  'ParticipantJoined',
  'ParticipantLeft',
  'Message',
  'TypingStarted',
  'TypingStopped',
  'NicknameUpdated',
  'PushUrl',
  'FileUploaded',
  'FileDeleted',
  'CustomNotice',
  'Notice',
  'IdleAlert',
  'IdleClose',
] as const
export type EventType = (typeof eventTypes)[number]

/** CV2-052. */
export const partyTypes = ['Client', 'Agent', 'Supervisor', 'External'] as const
export type PartyType = (typeof partyTypes)[number]

/** An element of `messages` (CV2-050 ff.). */
export interface ChatEvent {
  from: { nickname: string; participantId: number; type: PartyType }
  /** Position in the transcript from 1, gaps possible (CV2-054). */
  index: number
  type: EventType
  text?: string
  messageType?: string
  /** Epoch milliseconds, whole seconds (CV2-057). */
  utcTime: number
  userData?: Record<string, string>
}
