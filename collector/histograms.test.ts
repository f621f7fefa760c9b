import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { type Histogram, HistogramLogReader } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import { openHistogramLog } from './histogram-log.ts'
import { causalityOf, createHistograms, type Histograms, summariesOf } from './histograms.ts'
import { createIntervalColumns } from './intervals.ts'
import { emptyHistogram } from './latency-cell.ts'

const silent = { write: () => {}, close: async () => {} }
const summaries = ({ cells }: Histograms) => summariesOf(cells, () => [])
const steady = (ms: number[], censored = 0) => {
  const histograms = createHistograms(silent, 0)
  for (const value of ms) histograms.record('push_latency', 'steady', value)
  for (let i = 0; i < censored; i += 1) histograms.recordAtLeast('push_latency', 'steady', 10_000)
  return histograms
}

describe('a planted distribution', () => {
  test('every percentile is within 0.1 % of the sorted sample, count, min, max and sum are exact', () => {
    const micros = fc.array(fc.integer({ min: 1, max: 3_600_000_000 }), { minLength: 400, maxLength: 800 })
    fc.assert(
      fc.property(micros, values => {
        const sorted = values.toSorted((a, b) => a - b)
        const summary = summaries(steady(values.map(us => us / 1000))).push_latency!.steady!
        expect(summary).toMatchObject({ count: values.length, min: sorted[0]! / 1000, max: sorted.at(-1)! / 1000 })
        const sum = values.reduce((a, us) => a + us / 1000, 0)
        expect(Math.abs(summary.sum - sum) / sum).toBeLessThan(1e-9)
        for (const [name, share] of [
          ['p50', 50],
          ['p90', 90],
          ['p99', 99],
        ] as const) {
          const truth = sorted[Math.ceil((values.length * share) / 100 - 1e-9) - 1]! / 1000
          expect(Math.abs(summary[name].value! - truth)).toBeLessThanOrEqual(truth * 0.001 + 1e-9)
        }
      }),
      { numRuns: 30, seed: 20_261_121 },
    )
  })

  test('1 µs and 1 h are held, more than 1 h is overflow, less than nothing negative; neither is clipped', () => {
    const histograms = steady([0.001, 3_600_000, 3_600_001, -1, Number.NaN])
    expect(summaries(histograms).push_latency!.steady).toMatchObject({
      count: 3,
      min: 0.001,
      max: 3_600_000,
      overflow: 1,
      negative: 1,
    })
    expect(causalityOf(histograms.cells)).toEqual({ series: 'push_latency', differences: 4, negative: 1 })
  })

  test('a difference below zero within the bound of the clocks is no error', () => {
    const histograms = createHistograms(silent, 0)
    histograms.record('push_latency', 'steady', -0.4, 0.5)
    histograms.record('push_latency', 'steady', -0.6, 0.5)
    expect(causalityOf(histograms.cells)).toEqual({ series: 'push_latency', differences: 2, negative: 1 })
  })

  test('lost events count as at least W and are no part of the sum', () => {
    const measured = Array.from({ length: 980 }, (_, i) => i + 1)
    const summary = summaries(steady(measured, 20)).push_latency!.steady!
    expect(summary).toMatchObject({ count: 1_000, censored: 20, sum: 480_690, p99: { value: 10_000, atLeast: true } })
  })

  test('loss makes neither mean nor maximum look better', () => {
    const { steady: lost } = summaries(steady([1, 3], 2)).push_latency!
    expect(lost).toMatchObject({ count: 4, min: 1, mean: 5_001, max: 10_000, sum: 4 })
    const { steady: overflown } = summaries(steady([1, 3_600_001])).push_latency!
    expect(overflown).toMatchObject({ count: 2, min: 1, mean: 1_800_000.5, max: 3_600_000 })
    const { steady: onlyLost } = summaries(steady([], 1)).push_latency!
    expect(onlyLost).toMatchObject({ count: 1, min: null, mean: 10_000, max: 10_000 })
  })

  test('an instant that is no time is counted, not left out', () => {
    const histograms = steady([1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
    expect(summaries(histograms).push_latency!.steady).toMatchObject({ count: 2, overflow: 1, negative: 1 })
  })

  test('lost events and overflow count in mean and maximum, too, as their least possible value', () => {
    const lost = steady([1, 3], 2).latency('push_latency', 'steady')!
    expect(lost).toMatchObject({ count: 4, atLeast: 2, min: 1, isMinAtLeast: false, mean: 5_001, max: 10_000 })
    const overflown = steady([1, 3_600_001]).latency('push_latency', 'steady')!
    expect(overflown).toMatchObject({ count: 2, atLeast: 1, min: 1, mean: 1_800_000.5, max: 3_600_000 })
    expect(steady([], 1).latency('push_latency', 'steady')).toMatchObject({ min: 10_000, mean: 10_000, max: 10_000 })
  })

  test('each lost event counts with what is known of it', () => {
    const histograms = createHistograms(silent, 0)
    for (let i = 0; i < 9; i += 1) histograms.recordAtLeast('push_latency', 'steady', 10_000)
    histograms.recordAtLeast('push_latency', 'steady', 120)
    histograms.record('push_latency', 'steady', 400)
    const latency = histograms.latency('push_latency', 'steady')!
    expect(latency).toMatchObject({ min: 120, isMinAtLeast: true, max: 10_000, atLeast: 10 })
    // The lower end of its bucket: a lower bound must not be rounded up.
    const { value, atLeast } = latency.percentile(50)
    expect({ atLeast, isWithin: value! <= 10_000 && value! > 9_990 }).toEqual({ atLeast: true, isWithin: true })
    expect(latency.percentile(50).high).toBeUndefined()
  })

  test('the bound of the clocks widens each interval, and only what crossed clocks', () => {
    const histograms = createHistograms(silent, 0)
    for (let i = 1; i <= 1_000; i += 1) {
      histograms.record('push_latency', 'steady', i, 3)
      histograms.record('send_latency', 'steady', i)
    }
    const { push_latency: pushes, send_latency: sends } = summaries(histograms)
    const [push, send] = [pushes!.steady!.p50, sends!.steady!.p50]
    expect([push.value, push.low! - send.low!, push.high! - send.high!]).toEqual([send.value, -3, 3])
    expect([pushes!.steady!.clockBoundMs, sends!.steady!.clockBoundMs]).toEqual([3, undefined])
  })

  test('all phases together are the sum of the phases', () => {
    const histograms = createHistograms(silent, 0)
    histograms.record('send_latency', 'warm-up', 1)
    histograms.record('send_latency', 'drain', 3)
    expect(summaries(histograms).send_latency!.all).toMatchObject({ count: 2, min: 1, max: 3, sum: 4 })
    expect(histograms.latency('send_latency', 'steady')).toBeUndefined()
  })
})

test('the interval log opens with the stock reader; its intervals add up to the whole', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'chatgauge-hlog-')), 'histograms.hlog')
  const errors: Error[] = []
  const log = openHistogramLog(file, 1_795_220_000_000, error => errors.push(error))
  const histograms = createHistograms(log, 1_795_220_000_000)
  for (let second = 1; second <= 3; second += 1) {
    for (let i = 1; i <= 100; i += 1) histograms.record('push_latency', 'steady', i * second)
    histograms.record('ping_latency', 'warm-up', 5)
    histograms.writeInterval(1_795_220_000_000 + second * 1000)
  }
  await log.close()
  expect(errors).toEqual([])

  const reader = new HistogramLogReader(await readFile(file, 'utf8'))
  const sums: Record<string, Histogram> = {}
  const starts: number[] = []
  for (let next = reader.nextIntervalHistogram(); next; next = reader.nextIntervalHistogram()) {
    sums[next.tag] ??= emptyHistogram()
    sums[next.tag]!.add(next as Histogram)
    if (next.tag === 'push_latency;steady') starts.push(next.startTimeStampMsec)
  }
  expect(Object.keys(sums)).toEqual(['push_latency;steady', 'ping_latency;warm-up'])
  expect(sums['push_latency;steady']!.totalCount).toBe(300)
  expect(starts).toEqual([1_795_220_000_000, 1_795_220_001_000, 1_795_220_002_000])
  const whole = histograms.latency('push_latency', 'steady')!
  expect(sums['push_latency;steady']!.getValueAtPercentile(90) / 1000).toBeCloseTo(whole.plain(90), 0)
})

describe('columns for the report', () => {
  test('one second each in a short run, rates per second and percentiles beside them', () => {
    const columns = createIntervalColumns(1_000, 60_000)
    columns.count('pushes')
    columns.count('pushes')
    columns.record('push_latency', 7)
    columns.tick(2_100, 5)
    columns.count('pushes')
    expect(columns.finish(3_000, 6)).toMatchObject({
      seconds: 1,
      start: '1970-01-01T00:00:01.000Z',
      columns: { pushes: [2, 1], sessions_live: [5, 6], push_latency_max: [7, null], push_latency_p50: [7, null] },
    })
  })

  test('a day is at most 600 intervals, and every column is as long as the others', () => {
    const columns = createIntervalColumns(0, 86_400_000)
    for (let second = 0; second < 86_400; second += 60) {
      if (second === 43_200) columns.record('send_latency', 1)
      columns.tick(second * 1000, 1)
    }
    const { seconds, columns: rows } = columns.finish(86_400_000, 1)
    expect(seconds).toBe(173)
    const lengths = new Set(Object.values(rows).map(({ length }) => length))
    expect(lengths).toEqual(new Set([500]))
  })
})
