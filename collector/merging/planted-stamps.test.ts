import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Distribution, parseDistribution, sample } from '../../protocol/distribution.ts'
import { readMarker } from '../../protocol/marker.ts'
import { seededUniform } from '../../protocol/seeded.ts'
import type { ShardRow } from '../../protocol/stream/shard-stream.ts'
import type { Percentile, Summary } from '../../schemas/generated/types.ts'
import { fakeHistory } from '../fake-history.ts'
import { run } from '../fake-messages.ts'
import { shardFrame } from '../fake-shard.ts'
import { summariesOf } from '../histograms.ts'
import { openContext } from '../open-context.ts'
import { takeRow } from '../row-intake.ts'
import { createShardFrames } from '../shard-frames.ts'
import { generatorBooks } from './fake-generator.ts'
import { resultsOf } from './fake-parts.ts'
import { mergedCellsOf } from './merged-cells.ts'

// The whole way of a number in virtual time: stamp, frame, row, histogram, result.json, merge, percentile.
const shards = 4
const startMs = 1_795_220_000_000
/** Raw figures know nothing of it. */
const sentLateMs = 0.5003
const percentiles = { p50: 50, p75: 75, p90: 90, p95: 95, p99: 99, p999: 99.9 } as const
type At = keyof typeof percentiles

const row = {
  session: 0,
  operation: 'ping',
  status: 503,
  errorCode: 0,
  position: -1,
  sequence: -1,
  triggered: 0,
  unsent: 0,
} as const

/** Four shards send one ping a millisecond in turn, which are answered after these times; each has its own histograms. */
async function measured(valuesMs: readonly number[]): Promise<{ corrected: Summary; raw: Summary }> {
  const results = []
  for (let shard = 0; shard < shards; shard += 1) {
    const outDir = await mkdtemp(join(tmpdir(), 'chatgauge-planted-'))
    const settings = { run, shards: [shard], modeOf: () => 'off' as const, notifyRequestor: false, isReference: true }
    const more = { observeMs: 10_000, isHoldingAnswers: false, areLanesNodes: true }
    const { context, closeFiles } = openContext({ ...settings, ...more }, {}, outDir, () => {})
    context.phases = { startMs, steadyMs: startMs, drainMs: startMs + 3_600_000 }
    const frames = createShardFrames('', each => takeRow(context, { ready: 0, sent: 0 }, shard, each, undefined))
    const rows = valuesMs.flatMap((ms, at): { row: ShardRow; body: string }[] => {
      const planned = startMs + at
      const times = { planned, ready: planned, sent: planned + sentLateMs, answered: planned + ms }
      return at % shards === shard ? [{ row: { ...row, ...times }, body: '' }] : []
    })
    const { columns, answers } = shardFrame(1, shard, startMs, rows)
    frames.columns(new Uint8Array(columns.buffer))
    frames.answers(answers)
    results.push({ metrics: JSON.parse(JSON.stringify(summariesOf(context.histograms.cells, () => []))) })
    await closeFiles()
    await rm(outDir, { recursive: true })
  }
  const merged = summariesOf(mergedCellsOf(results as never), () => [])
  return { corrected: merged.ping_latency!.steady!, raw: merged.ping_latency_raw!.steady! }
}

/** The value at the rank itself, in a sorted list of what was planted. */
function truthAt(sorted: readonly number[], percentile: number): number {
  return sorted[Math.ceil((sorted.length * percentile) / 100 - 1e-9) - 1]!
}

/** Within 0.1 %, and within the microsecond to which stamps are rounded. */
function near(found: Percentile, ms: number): void {
  expect(Math.abs(found.value! - ms)).toBeLessThanOrEqual(Math.max(0.001, ms * 0.001))
}

const size = 8_000
const uniform = seededUniform(3, 'planted')
const from = (text: string) =>
  Array.from({ length: size }, () => sample(parseDistribution(text) as Distribution, uniform))
/** Open loop: whoever was planned during the stall waits for its end. */
const stalled = (fromMs: number, lengthMs: number) =>
  Array.from({ length: size }, (_, at) => (at >= fromMs && at < fromMs + lengthMs ? fromMs + lengthMs - at + 2 : 2))

test.each([
  { name: 'constant', valuesMs: from('const(7ms)') },
  { name: 'log-normal', valuesMs: from('lognorm(20ms,200ms)') },
  { name: 'bimodal', valuesMs: from('bimodal(3ms,900ms,0.05)') },
  { name: 'one stall', valuesMs: stalled(1_000, 500) },
  {
    name: 'two stalls, one of them long',
    valuesMs: stalled(100, 3_000).map((ms, at) => Math.max(ms, stalled(6_000, 40)[at]!)),
  },
  { name: 'from 1 µs', valuesMs: Array.from({ length: size }, (_, at) => 0.001 * (at + 1)) },
  { name: 'up to 1 h', valuesMs: Array.from({ length: size }, (_, at) => 3_600_000 - at * 400) },
])('every percentile of planted stamps is within 0.1 %% of the truth: $name', async ({ valuesMs }) => {
  const { corrected, raw } = await measured(valuesMs)
  const sorted = valuesMs.toSorted((a, b) => a - b)
  for (const at of Object.keys(percentiles) as At[]) near(corrected[at], truthAt(sorted, percentiles[at]))
  expect(corrected).toMatchObject({ count: size, censored: 0, overflow: 0, negative: 0 })
  expect(corrected.min).toBeCloseTo(sorted[0]!, 3)
  expect(corrected.max).toBeCloseTo(sorted.at(-1)!, 3)
  expect(corrected.sum / sorted.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(1, 6)
  const rawSorted = sorted
    .map(ms => Math.max(0.001, ms - sentLateMs))
    .filter((_, at) => sorted[at]! - sentLateMs > -0.05)
  expect([raw.count, raw.negative]).toEqual([rawSorted.length, size - rawSorted.length])
  for (const at of Object.keys(percentiles) as At[]) near(raw[at], truthAt(rawSorted, percentiles[at]))
})

test('what is negative or above 1 h is counted and in no percentile', async () => {
  const { corrected } = await measured([...from('const(5ms)').slice(0, 4_000), -1, -2_000, 3_600_001, 9e6, 4e6, -0.01])
  expect(corrected).toMatchObject({ count: 4_004, overflow: 3, negative: 2, min: 0.001, max: 3_600_000 })
  expect(corrected.p99.value).toBeCloseTo(5, 2)
})

test('pushes: losses and doubles to the unit, and the latency of the others, over four generators', async () => {
  const truth: number[] = []
  const planted = { lost: 0, double: 0 }
  const stories = Array.from({ length: 8 }, (_, shard) => {
    const story = { shard, ...fakeHistory({ seed: shard + 20, mode: 'payload', shard }) }
    const latency = (post: (typeof story.posts)[number]) => {
      const marker = readMarker(post.event.text)
      return marker ? [post.receivedMs - marker.plannedMs] : []
    }
    story.posts = story.posts.flatMap((post, at) => {
      const fate = (at + shard) % 23
      if (fate === 5) {
        planted.lost += 1
        // At least as late as it was waited for.
        truth.push(...latency(post).map(() => 10_000))
        return []
      }
      truth.push(...latency(post))
      planted.double += fate === 9 ? 1 : 0
      return fate === 9 ? [post, structuredClone(post)] : [post]
    })
    return story
  })
  const results = await resultsOf(stories, 4)
  const merged = summariesOf(mergedCellsOf(results), () => [])
  const ledgers = results.map(({ ledger }) => ledger)
  const total = (name: 'lost' | 'duplicate') => ledgers.reduce((sum, ledger) => sum + ledger[name], 0)
  expect({ lost: total('lost'), double: total('duplicate') }).toEqual(planted)
  expect(planted.lost).toBeGreaterThan(20)
  const { all } = merged.push_latency!
  expect(all!.count).toBe(truth.length)
  const sorted = truth.toSorted((a, b) => a - b)
  for (const at of ['p50', 'p75', 'p90'] as const) near(all![at], truthAt(sorted, percentiles[at]))
  expect(all!.p99).toMatchObject({ value: 10_000, atLeast: true })
  const [one] = await Promise.all([generatorBooks(stories)])
  expect(one.metrics.push_latency!.all).toEqual(all)
})
