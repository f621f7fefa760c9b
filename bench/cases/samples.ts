import type { BenchCase, BenchResult } from '../case.ts'
import { mebibytes } from '../memory-text.ts'
import { thousands } from '../ratio-result.ts'
import { slope } from '../slope.ts'
import { startSubject } from '../subject.ts'

/** Rows and pushes; each gives four to five samples. */
const items = 2_400_000
const leastSamples = 10_000_000
const points = 10
const hours = 1
const most = 4 * 2 ** 20

interface Point {
  heapBytes: number
  rssBytes: number
  items: number
  samples: number
  sessions: number
  inMemory: number
  hours: number
  faults: number
  example: string
}

/** The collector's own parts from frames to histograms, an hour of sessions that come and go, in a minute of CPU. */
export const benchCase: BenchCase = {
  name: 'samples',
  what: 'collector heap over 10⁷ samples of an hour-long run in which sessions come and go (after full collections)',
  bound: '<= 4 MiB more at 10⁷ samples than at 10⁶',
  async run(say) {
    const collector = await startSubject('collector-intake.ts', { items, hours }, ['--expose-gc'])
    try {
      const measured: Point[] = []
      for (let at = 1; at <= points; at += 1) {
        const point = (await collector.ask({ ask: 'take', items: (items * at) / points })) as Point
        if (point.faults > 0) throw new Error(`the synthetic run is not without fault: ${point.example}`)
        measured.push(point)
        say(
          `${thousands(point.samples)} samples of ${thousands(point.sessions)} sessions (${point.inMemory} in memory): heap ${mebibytes(point.heapBytes)}, RSS ${mebibytes(point.rssBytes)}`,
        )
      }
      const [histograms, violations] = ((await collector.ask({ ask: 'close' })) as { bytes: number[] }).bytes
      return judged(measured, histograms! + violations!)
    } finally {
      await collector.stop()
    }
  },
}

function judged(points: readonly Point[], bytes: number): BenchResult {
  const first = points[0]!
  const last = points.at(-1)!
  const more = last.heapBytes - first.heapBytes
  const perSample = slope(points.map(({ samples, heapBytes }) => [samples, heapBytes]))
  return {
    figure: `${mebibytes(more)} more, ${perSample.toFixed(3)} bytes a sample`,
    absolute: `${mebibytes(last.heapBytes)} heap after ${thousands(last.samples)} samples of ${thousands(last.sessions)} sessions`,
    verdict: last.samples < leastSamples ? 'not judged' : more <= most ? 'holds' : 'broken',
    note: `histograms.hlog and violations.ndjson: ${mebibytes(bytes / last.hours)} an hour`,
  }
}
