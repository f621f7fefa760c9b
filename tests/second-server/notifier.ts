// Push notifications of one Chat Server: who is subscribed, what each body holds, when a trigger is repeated.
import { randomBytes } from 'node:crypto'
import { type Chat, type ChatEvent, type Desk, nextPosition, type Watcher, wholeSecond } from './desk.ts'
import type { Outbox } from './outbox.ts'

export type NotifierOptions = { pushContent: readonly string[]; resendDelayMs: number; resendAttempts: number }

type Subscription = {
  deviceId: string
  payload: boolean
  ownActivity: boolean
  resend: boolean
  /** The CometD key of the push's envelope; REST clients must ignore it. */
  envelopeKey: string
  /** The first index the customer has not fetched yet. */
  unfetched: number
  timer: NodeJS.Timeout | undefined
}

const subscriptionOf = (userData: ReadonlyMap<string, string>): Subscription | undefined => {
  const yes = (key: string): boolean => userData.get(key)?.toLowerCase() === 'true'
  const deviceId = userData.get('GCTI_GMS_PushDeviceId')
  if (!deviceId || !yes('GCTI_Chat_PushSubscribe')) return undefined
  if (userData.get('GCTI_GMS_PushDeviceType') !== 'customhttp') return undefined
  return {
    deviceId,
    payload: yes('GCTI_GMS_PushIncludePayload'),
    ownActivity: yes('GCTI_GMS_NotifyRequestor'),
    resend: yes('GCTI_GMS_PushResend'),
    envelopeKey: randomBytes(42).toString('base64'),
    unfetched: 1,
    timer: undefined,
  }
}

export function createNotifier(desk: Desk, outbox: Outbox, options: NotifierOptions): Watcher & { close(): void } {
  const subscriptions = new Map<Chat, Subscription>()

  const bodyOf = (chat: Chat, subscription: Subscription, message: object): string => {
    const { deviceId, payload, envelopeKey } = subscription
    if (!payload) return JSON.stringify({ deviceId })
    const envelope = {
      secureKey: envelopeKey,
      chatId: 'deprecated',
      nextPosition: nextPosition(chat),
      messages: [message],
      alias: '0',
      chatEnded: chat.ended,
      userId: 'deprecated',
      statusCode: 0,
      monitored: false,
    }
    return JSON.stringify({ message: envelope, deviceId })
  }

  /** A trigger has no event of its own: it says from where to refresh, -1 when there is nothing left to fetch. */
  const trigger = (chat: Chat, subscription: Subscription, attempt: number): void => {
    const position = chat.ended ? -1 : subscription.unfetched
    const members: Record<string, string> = {
      'secure-key': chat.secureKey,
      'app-dbid': desk.alias,
      'user-id': chat.userId,
      'session-id': chat.chatId,
    }
    const userData: Record<string, string> = { 'notify-attempt': `${attempt}`, 'notify-position': `${position}` }
    for (const name of options.pushContent) userData[name] = members[name] ?? ''
    const body = bodyOf(chat, subscription, {
      from: { nickname: '', participantId: 0, type: 'Client' },
      index: 0,
      text: 'PUSH-NOTIFICATION',
      type: 'PushUrl',
      utcTime: wholeSecond(),
      userData,
    })
    outbox.put({ deviceId: subscription.deviceId, index: position, type: 'PushUrl', attempt, body })
    // After the end no refresh can confirm anything any more, so the last trigger is not repeated.
    if (chat.ended || attempt >= options.resendAttempts) return
    subscription.timer = setTimeout(() => trigger(chat, subscription, attempt + 1), options.resendDelayMs)
  }

  return {
    onEvent(chat: Chat, event: ChatEvent) {
      if (event.index === 1) {
        const asked = subscriptionOf(chat.userData)
        if (asked !== undefined) subscriptions.set(chat, asked)
      }
      const subscription = subscriptions.get(chat)
      if (subscription === undefined) return
      if (chat.ended) {
        clearTimeout(subscription.timer)
        subscriptions.delete(chat)
      }
      const own = event.from === chat.customer
      if (own && !subscription.ownActivity) return
      if (subscription.resend) {
        clearTimeout(subscription.timer)
        trigger(chat, subscription, 0)
        return
      }
      const { deviceId } = subscription
      outbox.put({ deviceId, index: event.index, type: event.type, body: bodyOf(chat, subscription, event) })
    },
    onRefresh(chat: Chat, deliveredUpTo: number | undefined) {
      const subscription = subscriptions.get(chat)
      if (subscription === undefined) return
      clearTimeout(subscription.timer)
      if (deliveredUpTo !== undefined) subscription.unfetched = deliveredUpTo
    },
    close() {
      for (const subscription of subscriptions.values()) clearTimeout(subscription.timer)
      subscriptions.clear()
    },
  }
}
