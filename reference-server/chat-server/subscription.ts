import type { ChatEvent } from '../../protocol/chat/event.ts'

/** How a session is pushed (chat-server section 4), and how far reliable delivery of it has come. */
export interface PushSubscription {
  deviceId: string
  deviceType: string
  provider: string | undefined
  debug: boolean
  /** Asked for by the session itself. */
  includePayload: boolean
  /** Own activity is pushed too (PUSH-023). */
  notifyRequestor: boolean
  clientChannel: string | undefined
  /** Reliable delivery (CS-060 ff.); undefined = every notice is sent once (CS-072). */
  resend: ResendState | undefined
}

export type ResendState =
  | { phase: 'quiet' }
  | {
      /** `unsent`: no node was there; tried again at the next activity, not earlier (CS-053). */
      phase: 'waiting' | 'exhausted' | 'unsent'
      /** Repetitions so far. */
      attempt: number
      position: number
      /** Event that caused the notice. */
      index: number
      eventType: ChatEvent['type']
    }
