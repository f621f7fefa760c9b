import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import type { Result } from '../../schemas/generated/types.ts'
import { readSample } from './read-sample.ts'

/** As many as a result may have, and as many blocks as a run of an hour keeps. */
const intervals = 600
const blocks = 120

/** Repeats itself after nearly 100,000 numbers, without a pattern that a picture could be smaller for. */
const noise = (length: number, seed: number) =>
  Array.from({ length }, (_, i) => 1 + ((i * 7919 + seed * 104_729) % 99_991) / 1000)

/** Two thousand latencies over four decades. */
function block(seed: number): string {
  const histogram = build({
    bitBucketSize: 64,
    highestTrackableValue: 3_600_000_000,
    numberOfSignificantValueDigits: 3,
  })
  for (const value of noise(2000, seed)) histogram.recordValue(Math.ceil(value ** 2 * 100))
  return encodeIntoCompressedBase64(histogram)
}

/** A run of an hour with everything that a run can have: all columns in every interval, each section. */
export function hourResult(): Result {
  const result = readSample('pass')
  const start = Date.parse(result.startedAt)
  const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()
  const names = [
    ...Object.keys(result.intervals.columns),
    ...['messages', 'pushes', 'refreshes', 'pings', 'sessions', 'sessions_live'],
    ...['resends', 'duplicates', 'out_of_order', 'failures'],
    ...['staged', 'stage_chat_server', 'stage_queue', 'stage_way', 'stage_answer'],
    ...Object.keys(result.metrics).flatMap(name => ['p50', 'p90', 'p99', 'max'].map(of => `${name}_${of}`)),
    ...['machine', 'k6', 'reference_server', 'receiver', 'collector'].map(name => `cpu_${name}`),
    ...['receiver', 'collector', 'k6'].flatMap(name => [`loop_${name}_max`, `gc_${name}_max`, `gc_${name}`]),
  ]
  const one = Array.from({ length: blocks }, (_, seed) => block(seed))
  result.intervals = {
    seconds: 6,
    start: result.startedAt,
    columns: Object.fromEntries([...new Set(names)].map((name, i) => [name, noise(intervals, i)])),
    blocks: {
      every: intervals / blocks,
      histograms: { push_latency: one, send_latency: one, refresh_latency: one, ping_latency: one },
    },
  }
  result.endedAt = at(3600)
  result.phases = [
    { name: 'warm-up', start: at(0), seconds: 120 },
    { name: 'steady', start: at(120), seconds: 3400 },
    { name: 'drain', start: at(3520), seconds: 80 },
  ]
  result.attempts = [60_000, 500, 20, 3]
  result.failures = Array.from({ length: 40 }, (_, i) => ({
    ...{ operation: `refresh ${i}`, outcome: 'HTTP 503', count: 40 - i, first: at(i), last: at(3000 + i) },
    sample: 'HTTP 503 '.repeat(30),
  }))
  result.counters.requests_failed = 820
  result.nodes = Array.from({ length: 8 }, (_, i) => ({ name: `gms-${i + 1}`, posts: 9000, chats: 1000 }))
  result.chatServers = Array.from({ length: 8 }, (_, i) => ({ name: `cs-${i + 1}`, chats: 9, events: 9, notices: 9 }))
  result.violations.byRule = Array.from({ length: 20 }, (_, i) => ({
    ...{ rule: `CS-${100 + i}`, count: i + 1, what: 'something that is wrong', judged: true },
    example: { expected: 'this', found: 'that', message: '{"messages":[]}'.repeat(100) },
  }))
  return result
}
