import { spawnSync } from 'node:child_process'
import { afterEach, expect } from 'vitest'
import { findK6 } from '../../scripts/k6/find-k6.ts'
import type { Running } from './run-chatgauge.ts'
import { startReady } from './start-ready.ts'
import { itWithK6 } from './with-k6.ts'

// A scenario is an ordinary k6 script: no command line of ours, no collector.
const started: Running[] = []
afterEach(() => {
  for (const running of started.splice(0)) running.kill('SIGTERM')
})

async function ready(...args: string[]): Promise<{ url: string }> {
  const { running, url } = await startReady(...args)
  started.push(running)
  return { url }
}

itWithK6('k6 run drives a server and a receiver that run already, and its own summary makes sense', async () => {
  const receiver = await ready('receive')
  const server = await ready(
    'serve',
    '--set',
    `push.customhttp.url=${receiver.url}/push`,
    '--agent-reply-delay',
    '300ms',
  )
  const { path } = await findK6()
  const variables = {
    ...{ TARGET: server.url, RECEIVER: receiver.url, SESSIONS: '20', ARRIVAL: '20/s', WARM_UP: '1s', HOLD: '4s' },
    ...{ MESSAGE_RATE: '20/s', THRESHOLD: 'push_latency p(99)<60000', PUSH: 'reliable:0.5,payload:0.5', SEED: '4' },
  }
  const script = new URL('../../dist/async-chat.js', import.meta.url).pathname
  const { status, stdout } = spawnSync(
    path,
    ['run', '--no-color', ...Object.entries(variables).flatMap(([name, value]) => ['-e', `${name}=${value}`]), script],
    { encoding: 'utf8', env: { ...process.env, K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false' } },
  )
  const count = (metric: string) => Number(new RegExp(`gms_${metric}\\.*: (?:.*count=)?(\\d+)`).exec(stdout)?.[1])
  expect([status, count('sessions_started'), count('requests_failed'), count('schema_violations')]).toEqual([
    0, 20, 0, 0,
  ])
  expect(count('messages_sent')).toBeGreaterThan(50)
  // One push a join and one an answer; what the customers said themselves is not pushed and not timed.
  expect(count('push_latency')).toBeLessThanOrEqual(count('pushes_received'))
  expect(count('push_latency')).toBeGreaterThan(30)
})
