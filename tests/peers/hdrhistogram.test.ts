import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { openHistogramLog } from '../../collector/histogram-log.ts'
import { createHistograms, type Histograms, summariesOf } from '../../collector/histograms.ts'
import type { Phase, Series } from '../../protocol/instants.ts'
import { seededUniform } from '../../protocol/seeded.ts'
import { fetchOrSkip, itWithPeer, runPeer } from './peer-programs.ts'

// HdrHistogram defines the format of histograms.hlog; its own log processor must read ours and find the same in it.

const it = itWithPeer('java')
const pom = fileURLToPath(new URL('./hdrhistogram/pom.xml', import.meta.url))
const uniform = seededUniform(1, 'planted')
const seconds = 20
const startMs = 1_795_220_000_000

/** Microseconds. */
const planted: readonly { series: Series; phase: Phase; us: readonly number[] }[] = [
  { series: 'push_latency', phase: 'steady', us: drawn(20_000, () => 1_000 * Math.exp(3 * uniform())) },
  { series: 'push_latency', phase: 'warm-up', us: drawn(500, () => (uniform() < 0.9 ? 5_000 : 2_000_000)) },
  { series: 'send_latency_raw', phase: 'steady', us: drawn(2_000, () => 5_000) },
  { series: 'schedule_lateness', phase: 'drain', us: [1, 3_600_000_000, ...drawn(3_000, () => 1e6 * uniform())] },
]

function drawn(count: number, next: () => number): number[] {
  return Array.from({ length: count }, () => Math.max(1, Math.round(next())))
}

let folder: string
let histograms: Histograms

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chatgauge-peers-'))
  const fail = (error: Error) => {
    throw error
  }
  const log = openHistogramLog(join(folder, 'histograms.hlog'), startMs, fail)
  histograms = createHistograms(log, startMs)
  for (let second = 0; second < seconds; second += 1) {
    for (const { series, phase, us } of planted)
      for (let at = second; at < us.length; at += seconds) histograms.record(series, phase, us[at]! / 1000)
    histograms.writeInterval(startMs + (second + 1) * 1_000)
  }
  await log.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('histograms.hlog in the log processor of Java', () => {
  it('has the same counts, percentiles and maxima, tag by tag', { timeout: 300_000 }, ({ skip }) => {
    fetchOrSkip(skip, () =>
      runPeer('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`]),
    )
    const summaries = summariesOf(histograms.cells, () => [])
    for (const { series, phase, us } of planted) {
      const java = processedByJava(`${series};${phase}`)
      const ours = summaries[series]![phase]!
      const sorted = us.toSorted((a, b) => a - b)
      expect(java.count).toBe(us.length)
      expect(ours.count).toBe(us.length)
      for (const percentile of [50, 90, 99, 99.9] as const) {
        const truth = sorted[Math.ceil((us.length * percentile) / 100 - 1e-9) - 1]!
        expect(Math.abs(java.percentiles[percentile] - truth)).toBeLessThanOrEqual(truth * 0.001)
      }
      for (const [name, percentile] of [
        ['p50', 50],
        ['p90', 90],
        ['p99', 99],
        ['p999', 99.9],
      ] as const) {
        const value = ours[name].value
        // Too few samples for it: we print none.
        if (value === null) continue
        const us = value * 1000
        expect(Math.abs(java.percentiles[percentile] - us)).toBeLessThanOrEqual(us * 0.001)
      }
      expect(Math.abs(java.max - ours.max! * 1000)).toBeLessThanOrEqual(java.max * 0.001)
    }
  })
})

/** The totals behind the last interval, microseconds. */
function processedByJava(tag: string): {
  count: number
  percentiles: Record<50 | 90 | 99 | 99.9, number>
  max: number
} {
  const log = join(folder, 'histograms.hlog')
  const out = join(folder, 'processed')
  const processor = ['-cp', join(folder, 'HdrHistogram-2.2.2.jar'), 'org.HdrHistogram.HistogramLogProcessor']
  runPeer('java', [...processor, '-i', log, '-o', out, '-csv', '-tag', tag, '-outputValueUnitRatio', '1'])
  const lines = readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .filter(line => !line.startsWith('#'))
  const heads = lines[0]!.split(',').map(head => head.replaceAll('"', ''))
  const last = lines.at(-1)!.split(',').map(Number)
  const total = (head: string) => last[heads.indexOf(`Total_${head}`)]!
  const percentiles = { 50: total('50%'), 90: total('90%'), 99: total('99%'), 99.9: total('99.9%') }
  return { count: total('Count'), percentiles, max: total('Max') }
}
