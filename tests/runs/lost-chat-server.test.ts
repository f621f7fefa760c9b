import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import packageFile from '../../package.json' with { type: 'json' }
import { parseOptions } from '../../scenarios/options.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { buildAll } from '../../scripts/build.ts'
import { findK6 } from '../../scripts/k6/find-k6.ts'
import { conclude } from '../../scripts/run/conclude.ts'
import { runScenario } from '../../scripts/run/run-scenario.ts'
import { decideRun } from '../../scripts/run/run-settings.ts'
import { itWithK6 } from './with-k6.ts'

const sessions = 30

const workload = {
  ...{ sessions: `${sessions}`, arrival: '60/s', 'warm-up': '300ms', hold: '3500ms', shards: '2', seed: '3' },
  ...{ 'message-rate': '40/s', 'agent-rate': '40/s', 'reply-delay': '100ms', observe: '1s' },
  ...{ transport: 'websocket', 'gms-nodes': '2', 'chat-servers': '2', threshold: 'notification_latency p(50)<60000' },
}

type Order = (method: 'GET' | 'POST', path: string) => Promise<unknown>

/** A run as the command makes it, whose reference server is given orders once the steady phase has begun. */
async function runAndOrder(options: Record<string, string>, give: (order: Order) => Promise<void>): Promise<Result> {
  await buildAll()
  const k6 = await findK6()
  const settings = decideRun('cometd-chat', parseOptions(Object.entries(options), 'cometd-chat').options!, undefined)
  const folder = mkdtempSync(join(tmpdir(), 'chatgauge-lost-chat-server-'))
  let control = ''
  const order: Order = async (method, path) => {
    const answer = await fetch(`${control}${path}`, { method })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return await answer.json()
  }
  let given: Promise<void> | undefined
  const outcome = await runScenario({
    ...{ settings, k6, k6Arguments: [], folder },
    progress: {
      show({ phase }) {
        if (phase === 'steady') given ??= give(order)
        given?.catch(() => {})
      },
      say() {},
      end() {},
    },
    onStop() {},
    async onStarted({ server }) {
      control = server!.ready.control
    },
  })
  await given
  return (await conclude(folder, settings, k6, outcome, packageFile.version)).result
}

itWithK6(
  '[CV2-187] [CS-086] each Chat Server is killed once under load: each chat goes on at the other one, everything is heard exactly once',
  async () => {
    const result = await runAndOrder(workload, async order => {
      const allAttended = () =>
        expect
          .poll(() => order('GET', '/agent-script'), { timeout: 20_000 })
          .toMatchObject({ gauges: { sessions, joined: sessions } })
      const chats = async () => (await order('GET', '/chat-servers')) as { sessions: number }[]
      await allAttended()
      expect(await chats()).toMatchObject([{ sessions: 15 }, { sessions: 15 }])
      await order('POST', '/chat-servers/201/kill')
      await allAttended()
      expect(await chats()).toMatchObject([{ sessions: 0 }, { sessions }])
      await order('POST', '/chat-servers/201/start')
      await order('POST', '/chat-servers/202/kill')
      await expect.poll(chats).toMatchObject([{ sessions }, { sessions: 0 }])
    })
    const { counters, violations, ledger, chatServers, losses, failures, coverage, verdict } = result
    expect(violations.byRule).toEqual([])
    expect(counters).toMatchObject({
      ...{ sessions_started: sessions, sessions_live: sessions, requests_failed: 0, actions_blocked: 0 },
      ...{ notifications_lost: 0, notifications_open: 0, notifications_duplicate: 0, notifications_foreign: 0 },
      // No customer had to ask, or to come back.
      ...{ notifications_out_of_order: 0, notifications_by_resume: 0, connections_lost: 0, connections_resumed: 0 },
    })
    expect([losses, failures]).toEqual([[], []])
    expect(ledger).toMatchObject({ balanced: true, imbalances: [], lost: 0, open: 0, duplicate: 0, foreign: 0 })
    expect([ledger.delivered, counters.notifications_received]).toEqual([ledger.expected, ledger.expected])
    // Its agent is removed with each restoration, and another one joins: 15 chats at the first kill, all at the second.
    const agents = sessions + 15 + sessions
    expect(ledger.byType!.ParticipantJoined!.expected).toBe(agents)
    expect(ledger.byType!.ParticipantLeft!.expected).toBeGreaterThanOrEqual(agents - sessions)
    expect(ledger.byType!.Message!.expected).toBeGreaterThan(100)
    expect(coverage.kinds['bayeux-handshake-reply']).toBe(sessions)
    // By the trace: who had them first, and that each went on with those of the other.
    expect(chatServers).toMatchObject([
      { name: '201', chats: 15 },
      { name: '202', chats: 15 },
    ])
    // A machine that is too busy may say more.
    expect(verdict.word).not.toBe('fail')
  },
)
