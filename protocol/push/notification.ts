import type { ChatEvent } from '../chat/event.ts'

/** A customhttp body (PUSH-040 ff. and PUSH-050 ff.) once its shape was checked. */
export interface PushNotification {
  deviceId: string
  /** Absent in body A, where a string is tolerated (OQ-24). */
  message?: PushedMessage | string
}

/** Response object of a push: for CometD, so `chatId`, `userId` and `alias` are literals (PUSH-045). */
export interface PushedMessage {
  statusCode: number
  /** The session is finished (PUSH-044). */
  chatEnded: boolean
  nextPosition: number
  /** Exactly one (PUSH-034). */
  messages: [PushedEvent]
}

/** In body C participantId and index are 0 (PUSH-059). */
export type PushedEvent = ChatEvent
