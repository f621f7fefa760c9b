import { expect } from 'vitest'
import { runChatgauge } from './run-chatgauge.ts'
import { itWithK6 } from './with-k6.ts'

itWithK6('files beside chat: uploads and downloads are timed, refusals on purpose are counted apart', async () => {
  // Its verdict is no matter: so few samples are judged by nobody.
  const { result } = await runChatgauge(
    ...['run', 'file-transfer', '--sessions', '10', '--arrival', '100/s', '--warm-up', '200ms', '--hold', '2500ms'],
    ...[
      '--shards',
      '1',
      '--seed',
      '5',
      '--push',
      'payload',
      '--observe',
      '1s',
      '--message-rate',
      '5/s',
      '--agent-rate',
      '5/s',
    ],
    ...['--reply-delay', '100ms', '--file-rate', '80/s', '--file-size', '30000'],
  )
  const { counters, metrics, violations, ledger } = result!
  expect(violations.byRule).toEqual([])
  expect(counters).toMatchObject({ requests_failed: 0, actions_blocked: 0, pushes_lost: 0 })
  // Each of the ten chats comes to all of its limits: a type, a size, a count.
  expect(counters.files_uploaded).toBe(30)
  expect(counters.files_refused).toBeGreaterThanOrEqual(20)
  expect(counters.files_downloaded).toBeGreaterThan(60)
  const timed = (series: string) => metrics[series]?.all?.count
  expect([timed('upload_latency'), timed('upload_latency_raw')]).toEqual([30, 30])
  expect(timed('download_latency')).toBe(counters.files_downloaded)
  expect(ledger).toMatchObject({ balanced: true, lost: 0, open: 0 })
})
