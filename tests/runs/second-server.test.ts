import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { startSecondServer } from '../second-server/start.ts'
import { freePort } from './free-port.ts'
import { runChatgauge } from './run-chatgauge.ts'
import { itWithK6 } from './with-k6.ts'

// An independent chat server, written from the documentation alone, as a stand-in for a real GMS: no control API, no trace.
const workload = [
  ...['--sessions', '40', '--arrival', '40/s', '--warm-up', '1s', '--hold', '8s', '--message-rate', '150/s'],
  ...['--ping-interval', '3s', '--observe', '3s', '--seed', '11', '--push', 'payload', '--shards', '2'],
  ...['--threshold', 'push_latency p(99)<15000'],
]

/** A run judged 3, or that gave pushes up before they came, says nothing on a noisy machine: once more, with an empty log. */
async function judgedAgainst(settings: Parameters<typeof target>[0], words: readonly string[]) {
  for (let attempt = 1; ; attempt += 1) {
    const { server, args } = await target(settings)
    const run = await runChatgauge('run', 'async-chat', ...words, ...args)
    await server.close()
    const isSaying = run.exit !== 3 && run.result?.ledger.open === 0
    if (isSaying || attempt === 2) return { run, log: server.log() }
  }
}

async function target(settings: { drop?: number; double?: number; agent?: boolean }) {
  const receiverPort = await freePort()
  const server = await startSecondServer({
    pushUrl: `http://127.0.0.1:${receiverPort}/push`,
    seed: 5,
    agent: true,
    agentDelay: 300,
    log: join(mkdtempSync(join(tmpdir(), 'second-server-')), 'pushes.ndjson'),
    ...settings,
  })
  return { server, args: ['--target', server.url, '--receiver-port', String(receiverPort)] }
}

itWithK6('a clean target that is not ours passes without any control API', async () => {
  const { run, log } = await judgedAgainst({}, workload)
  expect(run.stdout).toMatch(/^PASS {2}async-chat: /)
  expect([run.exit, run.violations]).toEqual([0, []])
  expect(run.result!.ledger.delivered).toBe(log.sent)
})

itWithK6('2 % lost and 1 % doubled are counted to the unit, as the target itself logged them', async () => {
  const { run, log } = await judgedAgainst({ drop: 0.02, double: 0.01 }, workload)
  expect(log.dropped).toBeGreaterThan(10)
  expect(log.doubled).toBeGreaterThan(5)
  expect(run.exit).toBe(1)
  expect(run.result!.counters).toMatchObject({ pushes_lost: log.dropped, pushes_duplicate: log.doubled })
})

itWithK6('without an agent the customers hear of their own messages, in reliable mode, too', async () => {
  const reliable = workload.map(word => (word === 'payload' ? 'reliable' : word))
  const { run } = await judgedAgainst({ agent: false }, reliable)
  expect([run.exit, run.violations]).toEqual([0, []])
  // What a refresh retrieved before its notice was due has no notice of its own.
  const { delivered, covered } = run.result!.ledger.byType!.Message!
  expect(delivered + covered).toBe(run.result!.counters.messages_sent)
})
