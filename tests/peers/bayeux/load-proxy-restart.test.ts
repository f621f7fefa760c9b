import { afterAll, beforeAll, describe, expect } from 'vitest'
import { missingPrograms } from '../../../scripts/peers/programs.ts'
import { type Running, startChatgauge } from '../../runs/run-chatgauge.ts'
import { startReady } from '../../runs/start-ready.ts'
import { itWithK6 } from '../../runs/with-k6.ts'
import { itWithPeer } from '../peer-programs.ts'
import { type ProxyName, type RunningProxy, startProxy } from './start-proxy.ts'

const sessions = 120
/** Nobody listens at the proxy's port for so long; the first new try of each client meets that. */
const awayMs = 1_200

const workload = [
  ...['--sessions', `${sessions}`, '--arrival', `${sessions}/s`, '--warm-up', '300ms', '--hold', '5s', '--shards', '2'],
  ...['--message-rate', '40/s', '--observe', '2s', '--seed', '7'],
]
/** What an announced outage may cost: what was under way when the connection broke, and the time until all are back. */
const limits = ['requests_failed count<60', 'notification_latency p(99)<20000', 'resume_latency p(90)<20000']

const server = [
  ...[
    '--gms-nodes',
    '2',
    '--control-port',
    '0',
    '--agent-join-delay',
    'const(20ms)',
    '--agent-reply-delay',
    'const(100ms)',
  ],
  ...['--agent-rate', '40/s', '--set', 'refserver.cometd.timeout=3000'],
]

const cases: readonly [ProxyName, string, NodeJS.Signals][] = [
  ['haproxy', 'websocket', 'SIGTERM'],
  ['nginx', 'long-polling', 'SIGKILL'],
]

describe.concurrent.each(cases)('a run through %s over %s', (name, transport, signal) => {
  const it = process.env.K6_BIN ? itWithPeer(name) : itWithK6
  let nodes: Running | undefined
  let control = ''
  let proxy: RunningProxy | undefined
  beforeAll(async () => {
    if (!process.env.K6_BIN || missingPrograms(name).length > 0) return
    const { running } = await startReady('serve', ...server)
    nodes = running
    const ready = JSON.parse(running.stdout().split('\n')[0]!) as { urls: [string, string]; control: string }
    control = ready.control
    proxy = await startProxy(name, ready.urls)
  }, 60_000)
  afterAll(async () => {
    await proxy?.stop()
    nodes?.kill('SIGTERM')
    await nodes?.finished
  }, 60_000)

  it(`[CV2-131] [CV2-149] that is ended by ${signal} and started again: each chat comes back, nothing is lost or doubled`, async () => {
    const run = startChatgauge([
      ...['run', 'cometd-chat', '--target', proxy!.url, '--transport', transport, ...workload],
      ...limits.flatMap(limit => ['--threshold', limit]),
    ])
    await untilSteady(run, control)
    await proxy!.restart(signal, awayMs)
    const { exit, result, stdout, stderr } = await run.finished
    if (!result) throw new Error(stderr)
    const { counters, metrics, ledger, violations, verdict, losses } = result
    expect(violations.byRule.filter(({ judged }) => judged)).toEqual([])
    expect(counters).toMatchObject({
      ...{ sessions_started: sessions, sessions_live: sessions, actions_blocked: 0, dropped_iterations: 0 },
      ...{ notifications_lost: 0, notifications_open: 0, notifications_duplicate: 0, notifications_foreign: 0 },
      notifications_out_of_order: 0,
    })
    expect(ledger).toMatchObject({ balanced: true, lost: 0, open: 0, duplicate: 0 })
    expect(ledger.delivered + ledger.covered).toBe(ledger.expected)
    expect(ledger.byType!.Message!.expected).toBeGreaterThan(200)
    expect(counters.connections_lost).toBeGreaterThanOrEqual(sessions)
    expect(counters.connections_resumed).toBe(counters.connections_lost)
    expect(metrics.resume_latency?.all?.count).toBe(counters.connections_resumed)
    // Nobody listened when the first of them tried again, a second after the loss.
    expect(losses).toContainEqual(expect.objectContaining({ operation: 'new try', outcome: 'connection refused' }))
    expect(stderr).toMatch(/ connections were lost in mid-chat, .* new tries failed; all came back, the last by /)
    // A machine that is too busy may say more.
    if (verdict.word !== 'invalid') expect([exit, stdout.slice(0, 4)]).toEqual([0, 'PASS'])
  }, 60_000)
})

/** And each chat has begun: on a busy machine the last ones are late. */
async function untilSteady(run: Running, control: string): Promise<void> {
  let isOver = false
  void run.finished.then(() => {
    isOver = true
  })
  const chats = async () => {
    const all = (await (await fetch(`${control}/comet-sessions`)).json()) as { chatIds: string[] }[]
    return all.flatMap(({ chatIds }) => chatIds).length
  }
  while (!/ steady /.test(run.stderr()) || (await chats()) < sessions) {
    if (isOver) throw new Error(`no steady phase: ${run.stderr()}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
