import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { latencyBoundsSeconds } from '../../collector/live-metrics/latency-buckets.ts'
import { counters } from '../../protocol/instants.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { findProgram, missingPrograms } from '../../scripts/peers/programs.ts'
import { freePort } from '../runs/free-port.ts'
import { type Running, startChatgauge } from '../runs/run-chatgauge.ts'
import { untilSteady } from '../runs/run-parts.ts'
import { itWithPeer } from './peer-programs.ts'
import { filledIn, queries } from './prometheus/dashboard.ts'
import { type Prometheus, startPrometheus } from './prometheus/start-prometheus.ts'

// One short run, scraped by Prometheus itself; what it kept is held against the result of the run.

// Chats start over several scrapes: a rate needs two.
const smoke = ['run', 'async-chat', '--profile', 'smoke', '--seed', '6', '--arrival', '5/s']
const peerIt = itWithPeer('prometheus')
const it = process.env.K6_BIN ? peerIt : peerIt.skip
const canRun = missingPrograms('prometheus').length === 0 && process.env.K6_BIN !== undefined

let running: Running | undefined
let prometheus: Prometheus | undefined
let exposition = ''
let said = ''
let result: Result
let endSeconds = 0

beforeAll(async () => {
  if (!canRun) return
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/metrics`
  // It is there before the run, as it is in earnest.
  prometheus = await startPrometheus(url)
  running = startChatgauge([...smoke, '--prometheus-port', String(port)])
  await untilSteady(running)
  exposition = await (await fetch(url)).text()
  const finished = await running.finished
  endSeconds = Date.now() / 1000
  said = finished.stderr
  result = finished.result!
}, 90_000)

afterAll(async () => {
  running?.kill('SIGTERM')
  await prometheus?.stop()
})

function promtool(args: readonly string[], input: string): string {
  const { status, stdout, stderr } = spawnSync(findProgram('prometheus', 1)!, args, { input, encoding: 'utf8' })
  return `${status} ${stdout}${stderr}`.trim()
}

describe('Prometheus', () => {
  it('promtool has nothing to say against the metrics', () => {
    expect(promtool(['check', 'metrics'], exposition)).toBe('0')
  })

  it('is told where the metrics are', () => {
    expect(said).toMatch(/^live metrics: http:\/\/127\.0\.0\.1:\d+\/metrics$/m)
  })

  it('takes the configuration of deploy/grafana', () => {
    expect(promtool(['check', 'config', 'deploy/grafana/prometheus.yml'], '')).toMatch(/^0 .*SUCCESS/s)
  })

  it('answers every query of the dashboard with figures', async () => {
    const startSeconds = Date.parse(result.startedAt) / 1000
    const empty: string[] = []
    for (const { where, expr } of queries) {
      const query = filledIn(expr, { run: result.run, window: '4s' })
      const series = await prometheus!.range(query, startSeconds, endSeconds)
      // No file is shared in this run: the answer is there, and no number.
      const needsFigures = !/(upload|download|notification|resume)_latency/.test(expr)
      if (!series.some(({ values }) => values.length > 0 || !needsFigures)) empty.push(`${where}: ${query}`)
    }
    expect(empty).toEqual([])
    expect(queries.length).toBeGreaterThan(50)
  })

  it('has the final count of every counter', async () => {
    const last = await prometheus!.at(`last_over_time({__name__=~"chatgauge_.+", run="${result.run}"}[1m])`, endSeconds)
    const lastOf = (name: string) => last.find(({ labels }) => labels.__name__ === name)?.values[0]?.[1]
    const shown = counters.map(name => [name, lastOf(`chatgauge_${name}_total`) ?? lastOf(`chatgauge_${name}`)])
    expect(Object.fromEntries(shown)).toEqual({ ...result.counters, sessions_live: 0 })
    expect(lastOf('chatgauge_pushes_expected_total')).toBe(result.ledger.expected)
    expect(lastOf('chatgauge_pushes_delivered_total')).toBe(result.ledger.delivered)
  })

  it('finds each percentile of the result in the bucket that it lies in', async () => {
    let compared = 0
    for (const [series, phases] of Object.entries(result.metrics))
      for (const [phase, summary] of Object.entries(phases))
        for (const [share, { value }] of [
          [0.5, summary.p50],
          [0.9, summary.p90],
          [0.99, summary.p99],
        ] as const) {
          if (phase === 'all' || value === null) continue
          const buckets = `last_over_time(chatgauge_${series}_seconds_bucket{run="${result.run}", phase="${phase}"}[1m])`
          const [found] = await prometheus!.at(`histogram_quantile(${share}, ${buckets})`, endSeconds)
          // Values have three digits: near a bound either bucket is right.
          const [low, high] = [value / 1001, value / 999].map(seconds =>
            latencyBoundsSeconds.findIndex(bound => seconds <= bound),
          ) as [number, number]
          const what = `${series} ${phase} p${share * 100}`
          const seconds = found!.values[0]![1]
          expect(seconds, what).toBeGreaterThanOrEqual(latencyBoundsSeconds[low - 1] ?? 0)
          expect(seconds, what).toBeLessThanOrEqual(latencyBoundsSeconds[high]!)
          compared += 1
        }
    expect(compared).toBeGreaterThan(40)
  })
})
