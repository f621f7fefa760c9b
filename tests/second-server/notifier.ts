// Push notifications of the Chat Server: who is subscribed, what is sent when, when a trigger is repeated.
import type { Chat, Watcher } from './chat.ts'
import type { Desk } from './desk.ts'
import type { Outbox } from './outbox.ts'
import { bodyOf, reconnectAdvice, triggerOf } from './push-body.ts'
import type { Settings } from './settings.ts'
import { type Subscription, subscriptionOf, urlOf } from './subscription.ts'

export type Notifier = Watcher & {
  subscribed(chat: Chat): boolean
  /** Asks a silent client for a sign of life. */
  ping(chat: Chat): void
  close(): void
}
type Mark = { index: number; type: string; attempt?: number }

export function createNotifier(desk: Desk, outbox: Outbox, settings: Settings): Notifier {
  const subscriptions = new Map<Chat, Subscription>()

  const put = (chat: Chat, subscription: Subscription, mark: Mark, message: object): void => {
    const url = urlOf(subscription, settings)
    if (url === undefined) return
    outbox.put({ url, deviceId: subscription.deviceId, ...mark, body: bodyOf(chat, subscription, message) })
  }

  const trigger = (chat: Chat, subscription: Subscription, attempt: number): void => {
    clearTimeout(subscription.timer)
    // -1: the customer is out of the chat, there is nothing left to fetch.
    const index = chat.ended ? -1 : subscription.unfetched
    const mark = { index, type: 'PushUrl', attempt }
    put(chat, subscription, mark, triggerOf(chat, desk.alias, settings, index, attempt))
    // After the end no refresh can confirm anything any more, so the last trigger is not repeated.
    if (chat.ended || !subscription.resend || attempt >= settings.resendAttempts) return
    subscription.timer = setTimeout(() => trigger(chat, subscription, attempt + 1), settings.resendDelayMs)
  }

  return {
    subscribed: chat => subscriptions.has(chat),
    ping(chat) {
      const subscription = subscriptions.get(chat)
      if (subscription !== undefined) trigger(chat, subscription, 0)
    },
    onEvent(chat, event) {
      if (event.index === 1) {
        const asked = subscriptionOf(chat.userData, settings)
        if (asked !== undefined) subscriptions.set(chat, asked)
      }
      const subscription = subscriptions.get(chat)
      if (subscription === undefined) return
      if (chat.ended) {
        clearTimeout(subscription.timer)
        subscriptions.delete(chat)
      }
      if (event.from.type === 'Client' && !subscription.ownActivity) return
      if (subscription.resend) trigger(chat, subscription, 0)
      else put(chat, subscription, { index: event.index, type: event.type }, event)
    },
    onRefresh(chat, deliveredUpTo) {
      const subscription = subscriptions.get(chat)
      if (subscription === undefined) return
      clearTimeout(subscription.timer)
      if (deliveredUpTo !== undefined) subscription.unfetched = deliveredUpTo
    },
    onAsleep(chat) {
      const subscription = subscriptions.get(chat)
      if (subscription === undefined) return
      clearTimeout(subscription.timer)
      if (settings.shutdownNotify !== 1) return
      put(chat, subscription, { index: 0, type: 'ParticipantLeft' }, reconnectAdvice(chat))
    },
    close() {
      for (const subscription of subscriptions.values()) clearTimeout(subscription.timer)
      subscriptions.clear()
    },
  }
}
