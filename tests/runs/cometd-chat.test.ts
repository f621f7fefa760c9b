import { expect } from 'vitest'
import { runChatgauge } from './run-chatgauge.ts'
import { itWithK6 } from './with-k6.ts'

const workload = [
  ...[
    '--sessions',
    '30',
    '--arrival',
    '60/s',
    '--warm-up',
    '300ms',
    '--hold',
    '2500ms',
    '--shards',
    '2',
    '--seed',
    '3',
  ],
  ...['--message-rate', '30/s', '--agent-rate', '40/s', '--reply-delay', '100ms', '--observe', '2s'],
  // A poll that its client has given up is held no longer than that, and k6 waits for it.
  ...['--set', 'refserver.cometd.timeout=1500'],
]

const runChat = (...more: string[]) => runChatgauge('run', 'cometd-chat', ...workload, ...more)
const runBoth = (...more: string[]) => runChatgauge('run', 'async-chat', ...workload, ...more)

// Their verdict is no matter: so few samples are judged by nobody, and they share the machine. However busy it is, nothing is
// earlier than it was planted; a client that has lost its connection waits a second before its first new try.
itWithK6.concurrent.each([
  ['websocket', 'late-notification:100%,300ms', { notification_latency: 300, resume_latency: 1_000 }],
  ['long-polling', 'late-resume:100%,500ms', { notification_latency: 0, resume_latency: 1_500 }],
] as const)(
  'over %s each connection is cut once, every event is heard exactly once (CV2-131), and %s is in each sample',
  async (transport, fault, plantedMs) => {
    const { result } = await runChat('--transport', transport, '--cut', '10%..30%', '--fault', fault)
    const { counters, metrics, violations, ledger, coverage } = result!
    expect(violations.byRule).toEqual([])
    expect(counters).toMatchObject({
      ...{ sessions_started: 30, connections_resumed: 30, requests_failed: 0, actions_blocked: 0 },
      ...{ notifications_lost: 0, notifications_open: 0, notifications_duplicate: 0, notifications_foreign: 0 },
      ...{ notifications_out_of_order: 0, pushes_received: 0 },
    })
    expect(ledger).toMatchObject({ balanced: true, lost: 0, open: 0, duplicate: 0 })
    // One message of the agent for each of the customer, and its own.
    expect(ledger.byType!.Message!.expected).toBeGreaterThan(100)
    expect(ledger.delivered + ledger.covered).toBe(ledger.expected)
    expect(counters.notifications_by_resume).toBeGreaterThan(0)
    expect(coverage.kinds.notification).toBe(counters.notifications_received)
    expect(metrics.resume_latency?.all?.count).toBe(30)
    expect(metrics.notification_latency?.all?.count).toBeGreaterThan(80)
    for (const [metric, ms] of Object.entries(plantedMs)) expect(metrics[metric]!.all!.min).toBeGreaterThanOrEqual(ms)
    // Of 15 customers of a shard 7 came back as new clients.
    expect(coverage.kinds).toMatchObject({ 'bayeux-handshake-reply': 44, 'bayeux-disconnect-reply': 30 })
    expect(coverage.kinds['bayeux-publish-reply']).toBeGreaterThanOrEqual(counters.messages_sent!)
  },
)

// A reliable push is confirmed by the refresh that it causes; each mode has its share, and one push is never sent.
itWithK6.concurrent(
  '[PUSH-006] [PUSH-110] over CometD each event is heard and pushed, cut or not, and one lost push is told as that',
  async () => {
    const { result } = await runBoth(
      ...['--transport', 'websocket', '--cut', '40%..60%', '--push', 'payload:0.4,device-id:0.3,reliable:0.3'],
      ...['--fault', 'drop-push:nth=20'],
    )
    const { counters, metrics, violations, ledger, notificationLedger, verdict } = result!
    expect(violations.byRule).toEqual([])
    expect(counters).toMatchObject({
      ...{ sessions_started: 30, connections_resumed: 30, pushes_lost: 1, pushes_duplicate: 0 },
      ...{ pushes_foreign: 0, pushes_out_of_order: 0, notifications_lost: 0, notifications_duplicate: 0 },
      ...{ notifications_foreign: 0, notifications_out_of_order: 0 },
    })
    expect(ledger).toMatchObject({ balanced: true, lost: 1, open: 0, posts: counters.pushes_received })
    expect(notificationLedger).toMatchObject({ balanced: true, lost: 0, posts: counters.notifications_received })
    // The same events, found on two ways.
    expect(notificationLedger!.byType!.Message!.expected).toBe(ledger.byType!.Message!.expected)
    expect(ledger.byType!.Message!.expected).toBeGreaterThan(100)
    expect(metrics.push_latency?.all?.count).toBeGreaterThan(100)
    expect(metrics.confirm_time?.all?.count).toBeGreaterThan(50)
    expect(verdict.reasons).toContainEqual(expect.objectContaining({ kind: 'threshold', code: 'pushes_lost' }))
  },
)

itWithK6.concurrent.each([
  ['double-notification:nth=40', 'websocket', 'arrived-wrong', 'CV2-119', { notifications_duplicate: 1 }],
  ['drop-notification:nth=40', 'long-polling', 'threshold', 'notifications_lost', { notifications_lost: 1 }],
  ['ids-as-numbers', 'websocket', 'arrived-wrong', 'BX-030', {}],
] as const)('%s over %s fails the run, counted exactly', async (fault, transport, kind, code, counted) => {
  const { exit, result, stdout } = await runChat('--transport', transport, '--fault', fault)
  expect(result!.verdict.reasons).toContainEqual(expect.objectContaining({ exit: 1, kind, code }))
  const none = { notifications_duplicate: 0, notifications_lost: 0, notifications_out_of_order: 0 }
  expect(result!.counters).toMatchObject({ ...none, ...counted })
  expect(result!.violations.byRule.map(({ rule }) => rule)).toEqual(kind === 'arrived-wrong' ? [code] : [])
  expect(result!.ledger.balanced).toBe(true)
  // A machine that is too busy may say more than the fault.
  if (kind === 'arrived-wrong') expect([exit, stdout.slice(0, 4)]).toEqual([1, 'FAIL'])
})
