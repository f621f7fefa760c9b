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

// Their verdict is no matter: so few samples are judged by nobody, and they share the machine.
itWithK6.concurrent.each(['websocket', 'long-polling'])(
  'over %s each connection is cut once, and every event is heard exactly once (CV2-131)',
  async transport => {
    const { result } = await runChat('--transport', transport, '--cut', '40%..60%')
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
  },
)

itWithK6.concurrent.each([
  ['own-events-notified-too', 'websocket', 'arrived-wrong', 'CV2-120'],
  ['chat-without-notifications', 'long-polling', 'threshold', 'notifications_lost'],
])('%s over %s fails the run', async (fault, transport, kind, code) => {
  const { exit, result, stdout } = await runChat('--transport', transport, '--fault', fault)
  expect(result!.verdict.reasons).toContainEqual(expect.objectContaining({ exit: 1, kind, code }))
  expect(result!.ledger.balanced).toBe(true)
  // A machine that is too busy may say more than the fault.
  if (kind === 'arrived-wrong') expect([exit, stdout.slice(0, 4)]).toEqual([1, 'FAIL'])
})
