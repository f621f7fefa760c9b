import type { EventType } from '../chat/event.ts'

/** customhttp body modes (PUSH-040 ff.): A device-id, B payload, C reliable. */
export const pushModes = ['device-id', 'payload', 'reliable'] as const
export type PushMode = (typeof pushModes)[number]

/**
 * Event types that cause a push in this mode (PUSH-031, PUSH-032, OQ-26): every type that a CometD client would be
 * notified of, typing excepted in reliable mode, where a pull makes it worthless and repetitions multiply it.
 */
export function isPushed(type: EventType, mode: PushMode): boolean {
  return mode !== 'reliable' || (type !== 'TypingStarted' && type !== 'TypingStopped')
}
