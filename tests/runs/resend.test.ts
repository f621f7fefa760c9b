import { expect } from 'vitest'
import { runJudged } from './run-chatgauge.ts'
import { itWithK6 } from './with-k6.ts'

itWithK6('[CS-060] a receiver that hangs gets its notices again in time, and nothing is lost', async () => {
  // As with a receiver that hangs for 20 s, at a fifth of the documented times: the node gives up after 1 s, the Chat
  // Server repeats after 3 s, the customer learns of the push after 4 s and its refresh ends the repetition.
  const run = await runJudged(
    ...[
      'run',
      'async-chat',
      '--sessions',
      '2',
      '--arrival',
      '2/s',
      '--warm-up',
      '1s',
      '--hold',
      '14s',
      '--shards',
      '1',
    ],
    ...['--message-rate', '0.3/s', '--agent-rate', '0', '--ping-interval', '0', '--push', 'reliable', '--seed', '5'],
    ...['--receiver-delay', 'const(4s)', '--set', 'refserver.customhttp-timeout-ms=1000'],
    ...[
      '--set',
      'settings.flex-push-resend-delay=3',
      '--threshold',
      'push_latency{phase:all} max<60000',
      '--observe',
      '12s',
    ],
  )
  const { ledger, violations } = run.result!
  expect(run.exit).toBe(0)
  expect(violations.byRule).toEqual([])
  expect(ledger).toMatchObject({ balanced: true, lost: 0, open: 0 })
  expect(ledger.repeated).toBeGreaterThanOrEqual(2)
  expect(ledger.posts).toBe(ledger.delivered + ledger.repeated)
  // Told one by one, and by another: what the receiver read of attempts, what the sender's trace says about its node.
  const { attempts = [], nodes, chatServers, failedPosts, intervals } = run.result!
  const [first, ...again] = attempts
  const repetitions = again.reduce((sum, count) => sum + count, 0)
  expect([first! + repetitions, repetitions]).toEqual([ledger.posts, ledger.repeated])
  expect(nodes).toMatchObject([{ posts: ledger.posts, chats: 2, sent: ledger.posts, resent: repetitions }])
  expect(nodes![0]!.failed).toBeGreaterThanOrEqual(2)
  expect(chatServers).toMatchObject([{ chats: 2 }])
  expect(failedPosts).toMatchObject([{ operation: nodes![0]!.name, outcome: 'no answer', count: nodes![0]!.failed }])
  const inColumn = intervals.columns.resends!.reduce<number>((sum, value) => sum + (value ?? 0), 0)
  expect(inColumn).toBeGreaterThan(0)
})
