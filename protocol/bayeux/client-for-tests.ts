import {
  type BayeuxClient,
  type ClientSettings,
  createClient,
  type Link,
  type Outcome,
  usualSettings,
} from './client.ts'
import { received } from './drive.ts'
import type { BayeuxMessage, Transport } from './message.ts'

export interface Sent {
  link: Link
  messages: readonly BayeuxMessage[]
  isPoll: boolean
}

/** A client whose outputs are written down, for tests that play the server. */
export function scriptedClient(transport: Transport, changes: Partial<ClientSettings> = {}) {
  const log: string[] = []
  const sent: Sent[] = []
  const opened: Link[] = []
  const dropped: Link[] = []
  const events: BayeuxMessage[] = []
  const outcomes: { id: string | undefined; outcome: Outcome }[] = []
  const wakes: number[] = []
  const client: BayeuxClient = createClient(
    undefined,
    { ...usualSettings, transport, ...changes },
    {
      open: (_, link) => void opened.push(link),
      send: (_, link, messages, isPoll) => void sent.push({ link, messages: structuredClone(messages), isPoll }),
      drop: (_, link) => void dropped.push(link),
      wakeAt: (_, atMs) => void wakes.push(atMs),
      event: (_, message) => void events.push(message),
      outcome: (_, request, outcome) => void outcomes.push({ id: request.id, outcome }),
      changed: (_, state, why) => void log.push(why === undefined ? state : `${state}: ${why}`),
    },
  )
  return {
    client,
    log,
    sent,
    opened,
    dropped,
    events,
    outcomes,
    wakes,
    /** What was sent last. */
    last: () => sent.at(-1)!,
    /** Answers all of one request. */
    answer(nowMs: number, { link, messages }: Sent, more: BayeuxMessage = {}, before: BayeuxMessage[] = []) {
      const replies = messages.map(({ channel, id }) => ({ channel, id, successful: true, ...more }) as BayeuxMessage)
      received(client, nowMs, link, [...before, ...replies])
    },
  }
}

export const shaken: BayeuxMessage = {
  version: '1.0',
  clientId: '1a2b3c4d5e6f7g8h9i0j1k2l',
  supportedConnectionTypes: ['websocket', 'long-polling', 'callback-polling'],
  advice: { reconnect: 'retry', interval: 0, timeout: 30_000 },
}
