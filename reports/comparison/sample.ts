import { compareResults } from '../../judging/comparison/compare-results.ts'
import { resultOf, simulatedSummary } from '../../judging/comparison/simulated-results.ts'
import { parseRegressionBound } from '../../protocol/regression-bound.ts'
import { seededUniform } from '../../protocol/seeded.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { readSample } from '../samples/read-sample.ts'
import type { Compared } from './html.ts'

/** A run whose latencies are `times` as long as those of 40 ms; of one series nobody knows how its samples bunch. */
function run(name: string, times: number): Result {
  const uniform = seededUniform(20_261_121, name)
  const of = (medianMs: number, perSecond: number) =>
    simulatedSummary({ medianMs, sigma: 0.4, bunching: 0.05, seconds: 20, perSecond }, uniform)
  const metrics = {
    push_latency: of(40 * times, 200),
    request_chat_latency: of(30, 10),
    send_latency: of(20 * times, 100),
    refresh_latency: of(15, 500),
    push_service_time: of(5, 100),
  }
  const result = resultOf(metrics, ['push_latency', 'send_latency', 'refresh_latency'])
  return {
    ...result,
    run: name,
    startedAt: `2026-11-21T1${times > 1 ? 1 : 0}:00:00.000Z`,
    endedAt: `2026-11-21T1${times > 1 ? 1 : 0}:01:00.000Z`,
    rates: { messages_sent: { offered: 100, achieved: 99.9 }, pushes_received: { offered: null, achieved: 200 } },
    counters: { ...result.counters, pushes_lost: 0, pushes_repeated: 0, requests_failed: times > 1 ? 3 : 0 },
  }
}

/** Worse, on another machine, and with a hostile text. */
function slower(): Result {
  const result = run('slower', 1.8)
  return {
    ...result,
    options: { ...result.options, 'receiver-delay': '</script>|5ms' },
    environment: { ...result.environment, cpus: 8 },
  }
}

export const sampleNames = ['worse', 'bounded', 'same', 'refused'] as const

export function sampleComparison(name: (typeof sampleNames)[number]): Compared {
  const baseline = run('before', 1)
  const result = name === 'same' ? run('after', 1) : name === 'refused' ? readSample('invalid') : slower()
  const bounds = ['push_latency p(99) 10%', 'refresh_latency p(99) 20%', 'request_chat_latency p(99) 1%']
  const held = name === 'bounded' ? bounds.map(parseRegressionBound) : []
  return {
    comparison: compareResults(result, baseline, 'baseline', held),
    results: [result],
    baselines: [baseline],
  }
}
