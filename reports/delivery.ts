import type { Result } from '../schemas/generated/types.ts'

/** How customers heard of events in this run, in the words of a report: by pushes, or over CometD by notifications. */
export interface Delivery {
  isNotified: boolean
  /** Something was to be posted to our receiver. */
  hasPushes: boolean
  latency: 'push_latency' | 'notification_latency'
  lost: 'pushes_lost' | 'notifications_lost'
  /** At the beginning of a sentence. */
  Name: 'Push' | 'Notification'
  Names: 'Pushes' | 'Notifications'
  name: 'push' | 'notification'
  names: 'pushes' | 'notifications'
  /** What carries one of them. */
  posts: 'POSTs' | 'notifications'
  /** How an event that had none of its own was shown. */
  covered: 'covered' | 'by a resume'
}

const pushed: Delivery = {
  isNotified: false,
  hasPushes: true,
  latency: 'push_latency',
  lost: 'pushes_lost',
  Name: 'Push',
  Names: 'Pushes',
  name: 'push',
  names: 'pushes',
  posts: 'POSTs',
  covered: 'covered',
}

const notified: Delivery = {
  isNotified: true,
  hasPushes: false,
  latency: 'notification_latency',
  lost: 'notifications_lost',
  Name: 'Notification',
  Names: 'Notifications',
  name: 'notification',
  names: 'notifications',
  posts: 'notifications',
  covered: 'by a resume',
}

/** Results of before the option have no transport. Who is pushed while connected is told of by the pushes, as the ledger is. */
export function deliveryOf({ options }: Pick<Result, 'options'>): Delivery {
  const { transport = 'rest', push = 'off' } = options
  return transport === 'rest' || push !== 'off' ? pushed : notified
}

const transportNames: Record<string, string> = {
  rest: 'REST',
  websocket: 'CometD on WebSocket',
  'long-polling': 'CometD long polling',
}

/** 'CometD on WebSocket'; undefined = the result does not tell. */
export function transportName({ options }: Pick<Result, 'options'>): string | undefined {
  const { transport } = options
  return transport === undefined || transport === ''
    ? undefined
    : (transportNames[String(transport)] ?? String(transport))
}

/** 'over CometD on WebSocket, connections cut (50%)', for where there is room for no sentence; undefined over REST. */
export function connectionText(result: Pick<Result, 'options'>): string | undefined {
  const { transport = 'rest', cut } = result.options
  if (transport === 'rest') return undefined
  return `over ${transportName(result)}${cut === undefined ? '' : `, connections cut (${cut})`}`
}
