import type { PushNotice } from '../messages.ts'

/** Notices whose loss, change or repetition is plainly visible: a text message on its first way out. */
export function isPushedMessage(notice: PushNotice): boolean {
  return notice.form === 'event' && notice.eventType === 'Message'
}
