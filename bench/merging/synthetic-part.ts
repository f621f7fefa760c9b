import { createIntervalColumns, ratedThings } from '../../collector/intervals.ts'
import { addToCell, emptyCell } from '../../collector/latency-cell.ts'
import { summaryOf } from '../../collector/latency-summary.ts'
import { resultsOf, shardStories } from '../../collector/merging/fake-parts.ts'
import { type Distribution, parseDistribution, sample } from '../../protocol/distribution.ts'
import { latencyMetrics, type Phase, type Series } from '../../protocol/instants.ts'
import { seededUniform } from '../../protocol/seeded.ts'
import type { Result } from '../../schemas/generated/types.ts'

const startMs = Date.UTC(2026, 10, 20)
const seconds = { 'warm-up': 30, steady: 600, drain: 20 }
const perSecond = 40
const latencies = parseDistribution('lognorm(8ms,120ms)') as Distribution

/** The result of one generator of many over ten minutes: every series that a run has, with its histograms and blocks. */
export async function syntheticPart(seed: number): Promise<Result> {
  const [template] = await resultsOf(shardStories().slice(0, 1), 1)
  const uniform = seededUniform(seed, 'synthetic part')
  const columns = createIntervalColumns(startMs, 1000 * (seconds['warm-up'] + seconds.steady))
  const names = Object.entries(latencyMetrics).flatMap(([name, { hasRaw }]) =>
    hasRaw ? [name, `${name}_raw`] : [name],
  )
  const cells = new Map(names.map(name => [name, new Map<Phase, ReturnType<typeof emptyCell>>()]))
  const phases: Result['phases'] = []
  let second = 0
  for (const [name, length] of Object.entries(seconds) as [Phase, number][]) {
    phases.push({ name, start: new Date(startMs + second * 1000).toISOString(), seconds: length })
    for (const byPhase of cells.values()) byPhase.set(name, emptyCell())
    for (let at = 0; at < length; at += 1, second += 1) {
      for (const [series, byPhase] of cells)
        for (let i = 0; i < perSecond; i += 1) {
          const ms = sample(latencies, uniform)
          addToCell(byPhase.get(name)!, ms, 0.2)
          columns.record(series as Series, ms)
        }
      for (const thing of ratedThings) for (let i = 0; i < perSecond; i += 1) columns.count(thing)
      columns.tick(startMs + (second + 1) * 1000, 150)
    }
  }
  const metrics = Object.fromEntries(
    [...cells].map(([series, byPhase]) => [
      series,
      Object.fromEntries(
        [...byPhase].map(([phase, cell]) => [phase, summaryOf(cell, { withCell: true, withCurve: true })]),
      ),
    ]),
  )
  const intervals = columns.finish(startMs + second * 1000, 150)
  return { ...template!, phases, metrics, intervals }
}
