import { describe, expect, it } from 'vitest'
import { readSample } from '../reports/samples/read-sample.ts'
import type { Capacity } from './capacity.ts'
import { measuredCpu, measuredMemory, measuredPushTime, measuredUnconfirmed, type Source } from './measured.ts'
import { isExtrapolated, rangeOf } from './measured-range.ts'
import { whyUnusable } from './usable-result.ts'

function source(changed: (result: Source['result']) => void = () => {}, moments?: Source['moments']): Source {
  const result = readSample('pass')
  changed(result)
  return { name: 'measured', result, moments }
}

it('the push time has the interval of its mean, no narrower than runs differ', () => {
  const { pushMs, pushVariation } = measuredPushTime([source(() => {}, { count: 100, meanMs: 6, deviationMs: 3 })])!
  expect(pushMs).toEqual({
    ...{ value: 6, low: expect.closeTo(5.412, 3), high: expect.closeTo(6.588, 3), origin: 'measured' },
    from: 'mean push_service_time of measured, 100 pushes',
  })
  expect(pushVariation.value).toBe(0.25)
  const sharp = measuredPushTime([source(() => {}, { count: 1e6, meanMs: 6, deviationMs: 3 })])!.pushMs
  expect([sharp.low, sharp.high]).toEqual([5.7, 6.3])
})

it('several runs have the interval of all', () => {
  const runs = [6, 8].map(meanMs => source(() => {}, { count: 1e6, meanMs, deviationMs: 0 }))
  expect(measuredPushTime(runs)!.pushMs).toMatchObject({ value: 7, low: 5.7, high: 8.4 })
  expect(measuredPushTime([source()])).toBeUndefined()
})

it('[CS-060] repetitions tell how many reliable pushes stay unconfirmed; no repetition is not none', () => {
  const share = (push: string, delivered: number, repeated: number) =>
    measuredUnconfirmed([
      source(result => {
        result.options.push = push
        Object.assign(result.ledger, { delivered, repeated })
      }),
    ])
  expect(share('reliable', 900, 100)).toMatchObject({
    value: 0.1,
    low: expect.closeTo(0.083, 3),
    high: expect.closeTo(0.12, 3),
  })
  expect(share('payload:0.5,reliable:0.5', 1_000, 0)).toMatchObject({
    value: 0,
    low: 0,
    high: expect.closeTo(0.0076, 4),
  })
  expect(share('payload', 1_000, 0)).toBeUndefined()
})

it('CPU of an operation from the columns of the steady phase', () => {
  const figure = measuredCpu([
    source(result => {
      const { start, seconds } = result.phases.find(phase => phase.name === 'steady')!
      const length = Math.floor(seconds)
      const constant = (value: number) => Array.from({ length }, () => value)
      result.intervals = {
        ...{ start, seconds: 1 },
        columns: {
          cpu_reference_server: constant(0.3),
          pushes: constant(400),
          messages: constant(100),
          pings: constant(100),
        },
      }
    }),
  ])!
  expect(figure).toMatchObject({ value: expect.closeTo(0.5, 6), low: expect.closeTo(0.475, 6), origin: 'measured' })
})

it('memory of a session from runs that differ by 10,000 sessions or more, never from one', () => {
  const run = (sessions: number, bytes: number) =>
    source(result => {
      result.counters.sessions_live = sessions
      const server = result.processes.find(({ name }) => name === 'reference server')!
      server.rssMaxBytes = bytes
    })
  expect(measuredMemory([run(101_000, 5e8), run(1_000, 1e8)])).toMatchObject({
    ...{ value: 4_000, low: expect.closeTo(3_329, 0), high: expect.closeTo(4_671, 0) },
    from: 'the reference server from 1,000 to 101,000 sessions',
  })
  expect(measuredMemory([run(1_000, 1e8)])).toBeUndefined()
  expect(measuredMemory([run(20, 1e8), run(9_000, 1.3e8)])).toBeUndefined()
})

it('a row beyond twice of what was measured is extrapolated', () => {
  const capacity = { nodes: 2, chatServers: 1, load: { pushes: 300, requests: 100 }, laneLoad: 0.6 } as Capacity
  const run = source(
    result => {
      result.counters.sessions_live = 2_000
      result.rates.pushes_received = { offered: null, achieved: 100 }
    },
    { count: 1, meanMs: 5, deviationMs: 0 },
  )
  const rows = rangeOf([run], capacity, 10_000)
  expect(rows.map(({ planned, measured }) => [planned, measured]).filter((_, at) => at !== 2)).toEqual([
    [10_000, 2_000],
    [150, 100],
    [0.6, 0.5],
  ])
  expect(rows.filter((_, at) => at !== 2).map(isExtrapolated)).toEqual([true, false, false])
})

describe('nothing is planned from', () => {
  it.each([
    ['an invalid run', 'invalid', 'it is invalid'],
    ['an interrupted run', 'interrupted', 'it was interrupted'],
    ['too few samples', 'tiny', 'it is inconclusive'],
    ['a run with a planted fault', 'fail', 'the fault'],
  ] as const)('%s', (_, name, why) => {
    expect(whyUnusable(readSample(name))).toContain(why)
  })

  it('a time-scaled run, or one over CometD', () => {
    expect(
      whyUnusable(
        source(result => {
          result.target.timeScale = 60
        }).result,
      ),
    ).toContain('60 times faster')
    expect(
      whyUnusable(
        source(result => {
          result.options.transport = 'websocket'
        }).result,
      ),
    ).toContain('CometD')
    expect(whyUnusable(source().result)).toBeUndefined()
  })
})
