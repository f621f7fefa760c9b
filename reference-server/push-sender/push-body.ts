import type { ChatEvent } from '../../protocol/chat/event.ts'
import type { PushNotice } from '../messages.ts'

/** What the node adds to a notice: the opaque CometD token (PUSH-046) and the server's time. */
export interface BodyContext {
  token: string
  nowMs: number
  /** `customhttp.message` when `refserver.mode-a-message` is on (OQ-24), else undefined. */
  modeAMessage: string | undefined
}

/** The JSON object that is posted, mode A, B or C (PUSH-040 ff., PUSH-050 ff.). Member order as in the documentation's samples. */
export function pushBody(notice: PushNotice, context: BodyContext): object {
  if (notice.form === 'trigger') return withMessage(notice, context, triggerEvent(notice, context.nowMs))
  if (!notice.includePayload || !notice.event) return withoutPayload(notice.deviceId, context.modeAMessage)
  const event = notice.form === 'advice' ? withContent(notice.event, notice.content) : notice.event
  return withMessage(notice, context, event)
}

/** PUSH-042. */
function withoutPayload(deviceId: string, message: string | undefined): object {
  return message === undefined ? { deviceId } : { deviceId, message }
}

/** PUSH-045: the ids of the session stay out, they are for CometD clients that do not need them. */
function withMessage(notice: PushNotice, context: BodyContext, event: ChatEvent): object {
  return {
    message: {
      secureKey: context.token,
      chatId: 'deprecated',
      nextPosition: notice.nextPosition,
      messages: [event],
      alias: '0',
      chatEnded: notice.chatEnded,
      userId: 'deprecated',
      statusCode: 0,
      monitored: false,
    },
    deviceId: notice.deviceId,
  }
}

/** PUSH-051, PUSH-054, PUSH-059: nothing but a trigger; index, text and sender are constants. */
function triggerEvent(notice: PushNotice, nowMs: number): ChatEvent {
  return {
    from: { nickname: '', participantId: 0, type: 'Client' },
    index: 0,
    text: 'PUSH-NOTIFICATION',
    type: 'PushUrl',
    // CV2-057: whole seconds.
    utcTime: Math.floor(nowMs / 1000) * 1000,
    userData: {
      'notify-attempt': String(notice.attempt),
      'notify-position': String(notice.notifyPosition),
      ...notice.content,
    },
  }
}

/** OQ-37: the shutdown advice carries the flex-push-content members of reliable subscriptions. */
function withContent(event: ChatEvent, content: Record<string, string>): ChatEvent {
  return { ...event, userData: { ...event.userData, ...content } }
}
