import type { Values } from './figure.ts'
import type { PushMix } from './push-mix.ts'
import { postsPerEvent } from './resending.ts'

/** What all sessions together ask of the installation, per second. */
export interface Load {
  pings: number
  messages: number
  /** Chats that begin, and as many that end. */
  starts: number
  /** Events to push, by whether they are repeated until they are confirmed. */
  reliableEvents: number
  otherEvents: number
  /** POSTs, repetitions included. */
  pushes: number
  /** Requests that follow a push: a notice without content makes the customer refresh. */
  refreshes: number
  /** Requests of customers. */
  requests: number
  /** Requests and pushes. */
  operations: number
}

/** The agent joins and leaves: two events of every chat. */
const eventsPerSession = 2
/** Request chat and disconnect. */
const requestsPerSession = 2

export function loadOf(values: Values, mix: PushMix): Load {
  const { sessions, pingIntervalMs, messagesPerSecond, sessionLengthMs } = values
  const pings = pingIntervalMs === 0 ? 0 : sessions / (pingIntervalMs / 1_000)
  const starts = sessions / (sessionLengthMs / 1_000)
  const said = messagesPerSecond * values.pushesPerMessage + values.agentMessagesPerSecond
  const events = said + starts * eventsPerSession
  const reliablePushes = events * mix.reliable * postsPerEvent(unconfirmedOf(values), values.resendAttempts)
  const otherEvents = events * (mix.payload + mix['device-id'])
  const refreshes = reliablePushes + events * mix['device-id']
  const pushes = reliablePushes + otherEvents
  const requests = messagesPerSecond + pings + starts * requestsPerSession + refreshes
  return {
    ...{ pings, messages: messagesPerSecond, starts },
    ...{ reliableEvents: events * mix.reliable, otherEvents, pushes, refreshes, requests },
    operations: requests + pushes,
  }
}

/** A POST that hangs until its timeout is not confirmed either. */
function unconfirmedOf({ unconfirmedShare, timeoutShare }: Values): number {
  return 1 - (1 - unconfirmedShare) * (1 - timeoutShare)
}
