import type { Result } from '../../schemas/generated/types.ts'
import { cometSends, notifications, pushes, type StampedSeries } from './stamped-series.ts'
import type { WatchedRun, WatchedScenario } from './watched-run.ts'

/** Well below a quarter of what two cores carry: 200 pushes a second and what they cause. */
export const load = {
  sessions: '2000',
  arrival: '400/s',
  'warm-up': '3s',
  hold: '25s',
  'message-rate': '20/s',
  'agent-rate': '180/s',
  'reply-delay': 'uniform(200ms,800ms)',
  'ping-interval': '0',
  push: 'payload',
  observe: '5s',
  shards: '2',
  seed: '4',
} as const

/** Half the customers and less time: k6 carries a connection for each. */
const cometLoad = {
  sessions: '1000',
  arrival: '250/s',
  'warm-up': '3s',
  hold: '20s',
  'message-rate': '20/s',
  'agent-rate': '180/s',
  'reply-delay': 'uniform(200ms,800ms)',
  observe: '5s',
  shards: '2',
  seed: '4',
} as const

/** Something that is told twice, by places that do not know each other. */
export interface Counted {
  what: string
  stamped(run: WatchedRun): number
  measured(result: Result): number
}

/** How agents' texts come to customers: what is measured, what delays them, and who counts them. */
export interface Way {
  /** In front of the names of its cases. */
  prefix: string
  scenario: WatchedScenario
  load: Readonly<Record<string, string>>
  fault: 'late-push' | 'late-notification'
  /** What the fault delays goes first. */
  series: readonly [StampedSeries, ...StampedSeries[]]
  counted: readonly Counted[]
}

const posts: Counted = {
  what: 'POSTs',
  stamped: run => run.recording.received.length,
  measured: ({ counters }) => counters.pushes_received ?? 0,
}

const heard: Counted = {
  what: 'notifications',
  stamped: run => run.recording.notified.length,
  measured: ({ counters }) => counters.notifications_received ?? 0,
}

export const pushed: Way = {
  prefix: '',
  scenario: 'async-chat',
  load,
  fault: 'late-push',
  series: [pushes],
  counted: [posts],
}

export const heardOver = (transport: 'websocket' | 'long-polling'): Way => ({
  prefix: `CometD, ${transport}, `,
  scenario: 'cometd-chat',
  load: { ...cometLoad, transport },
  fault: 'late-notification',
  series: [notifications, cometSends],
  counted: [heard],
})

/** What is found of one kind of delivery, of whole runs in which nothing is lost. */
const found = (ledger: Result['ledger'] | undefined) => {
  const { delivered = 0, covered = 0, lost = 0, open = 0 } = ledger?.byType?.Message ?? {}
  return { came: delivered + covered, missing: lost + open }
}

/** Every text is pushed and notified: two latencies, two ledgers. */
export const pushedAndHeard: Way = {
  ...heardOver('websocket'),
  prefix: 'CometD, websocket, pushed as well, ',
  scenario: 'async-chat',
  load: {
    ...cometLoad,
    transport: 'websocket',
    push: 'payload',
    'ping-interval': '0',
    'message-rate': '30/s',
    hold: '15s',
  },
  fault: 'late-push',
  series: [pushes, notifications, cometSends],
  counted: [
    posts,
    heard,
    {
      what: 'texts in the ledger of pushes',
      stamped: run => run.pushed.length,
      measured: ({ ledger }) => found(ledger).came,
    },
    {
      what: 'texts in the ledger of notifications',
      stamped: run => run.notified.length,
      measured: ({ notificationLedger }) => found(notificationLedger).came,
    },
    {
      what: 'lost or open texts',
      stamped: () => 0,
      measured: ({ ledger, notificationLedger }) => found(ledger).missing + found(notificationLedger).missing,
    },
  ],
}
