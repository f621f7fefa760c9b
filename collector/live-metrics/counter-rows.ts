import { type Counter, counters } from '../../protocol/instants.ts'
import { counterMeanings } from '../../protocol/metric-meanings.ts'
import { checkedRules } from '../checked-rules.ts'
import type { LiveRun } from './live-run.ts'
import type { MetricRow } from './metric-row.ts'

type Value = (live: LiveRun) => number

/** Of these the value of now is told, not a sum that only grows. */
const levels: Partial<Record<Counter, string>> = {
  sessions_live: 'chats that are live now',
  sessions_without_push: counterMeanings.sessions_without_push,
  sessions_without_ping: counterMeanings.sessions_without_ping,
}

/** What the ledger counts; the others are counted where they happen. */
const inLedger = {
  pushes_repeated: 'repeated',
  pushes_duplicate: 'duplicate',
  pushes_foreign: 'foreign',
  pushes_lost: 'lost',
  pushes_open: 'open',
  pushes_out_of_order: 'outOfOrder',
  notifications_repeated: 'repeated',
  notifications_duplicate: 'duplicate',
  notifications_foreign: 'foreign',
  notifications_lost: 'lost',
  notifications_open: 'open',
  notifications_out_of_order: 'outOfOrder',
  notifications_by_resume: 'covered',
} as const satisfies Partial<Record<Counter, string>>

function row(type: 'counter' | 'gauge', name: string, meaning: string, value: Value): MetricRow {
  return {
    name: `chatgauge_${name}${type === 'counter' ? '_total' : ''}`,
    type,
    help: `${meaning[0]!.toUpperCase()}${meaning.slice(1)}.`,
    labels: [],
    samples: live => [{ labels: {}, value: value(live) }],
  }
}

/** The counters of thresholds and results. */
export const counterRows: readonly MetricRow[] = counters.map(name => {
  const level = levels[name]
  return level === undefined
    ? row('counter', name, counterMeanings[name], nowOf(name))
    : row('gauge', name, level, nowOf(name))
})

function nowOf(name: Counter): Value {
  if (name === 'sessions_live') return ({ books }) => books.sessionsLive()
  const inBook = name in inLedger ? inLedger[name as keyof typeof inLedger] : undefined
  if (!inBook) return ({ books: { context } }) => context.counting.value(name)
  const isOfComet = name.startsWith('notifications_')
  return ({ books: { context } }) => {
    const { ledger, heard, settings } = context
    if (heard) return (isOfComet ? heard : ledger).counts[inBook]
    return isOfComet === (settings.isComet === true) ? ledger.counts[inBook] : 0
  }
}

const plannedOf =
  (counter: Counter): Value =>
  ({ books }) =>
    books.context.counting.offered(counter)

/** Planned beside done: their rates part where somebody does not keep up. */
export const plannedRows: readonly MetricRow[] = [
  row('counter', 'sessions_planned', 'chats that were due to start', plannedOf('sessions_started')),
  row('counter', 'messages_planned', 'messages of customers that were due', plannedOf('messages_sent')),
  row('counter', 'pings_planned', 'pings that were due', plannedOf('pings_sent')),
  row('counter', 'actions_ready', 'actions of any kind that were due and ready', ({ books }) => books.sending.ready),
  row(
    'counter',
    'actions_sent',
    'those of them that were sent; less than 99 % make the run invalid',
    ({ books }) => books.sending.sent,
  ),
  row('counter', 'pushes_expected', 'events that must be pushed, as far as they are known', ({ books }) =>
    books.pushesExpected(),
  ),
  row(
    'counter',
    'pushes_delivered',
    'events that must be pushed and were',
    ({ books }) => books.context.ledger.counts.delivered,
  ),
  row('gauge', 'pushes_missing', 'events whose push, or notification over CometD, has not come yet', ({ books }) =>
    books.pushesMissing(),
  ),
]

export const violationRow: MetricRow = {
  name: 'chatgauge_violations_total',
  type: 'counter',
  help: 'Messages that broke a rule, by its id.',
  labels: ['rule'],
  samples({ books }) {
    const counts = new Map(checkedRules.map(rule => [rule, 0]))
    for (const { rule, count } of books.context.violations.counts()) counts.set(rule, count)
    return [...counts].map(([rule, value]) => ({ labels: { rule }, value }))
  },
}
