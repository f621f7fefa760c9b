import type { Result } from '../schemas/generated/types.ts'

/** How customers heard of events in this run, in the words of a report: by pushes, or over CometD by notifications. */
export interface Delivery {
  isNotified: boolean
  latency: 'push_latency' | 'notification_latency'
  lost: 'pushes_lost' | 'notifications_lost'
  /** At the beginning of a sentence. */
  Name: 'Push' | 'Notification'
  name: 'push' | 'notification'
  names: 'pushes' | 'notifications'
  /** What carries one of them. */
  posts: 'POSTs' | 'notifications'
}

const pushed: Delivery = {
  isNotified: false,
  latency: 'push_latency',
  lost: 'pushes_lost',
  Name: 'Push',
  name: 'push',
  names: 'pushes',
  posts: 'POSTs',
}

const notified: Delivery = {
  isNotified: true,
  latency: 'notification_latency',
  lost: 'notifications_lost',
  Name: 'Notification',
  name: 'notification',
  names: 'notifications',
  posts: 'notifications',
}

/** Results of before the option have no transport. */
export function deliveryOf({ options }: Pick<Result, 'options'>): Delivery {
  const { transport = 'rest' } = options
  return transport === 'rest' ? pushed : notified
}
