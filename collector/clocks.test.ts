import { describe, expect, test } from 'vitest'
import { clockStepTexts } from './clock-steps.ts'
import { type Clocks, createClocks, type Party } from './clocks.ts'

const startMs = 1_795_220_000_000

/** Hosts with clocks of their own against ours: offset, drift and a step. */
interface Host {
  offsetMs: number
  driftPpm?: number
  step?: { second: number; byMs: number }
}

type Hosts = Partial<Record<Party, Host>>

/** What the clock of a party shows `ms` after the start, by a clock that nobody has. */
function clockOf(hosts: Hosts, party: Party, ms: number): number {
  const { offsetMs, driftPpm = 0, step } = hosts[party] ?? { offsetMs: 0 }
  return startMs + ms * (1 + driftPpm * 1e-6) + offsetMs + (step && ms >= step.second * 1_000 ? step.byMs : 0)
}

const usualPairs: readonly (readonly [Party, Party])[] = [
  ['shard 0', 'receiver'],
  ['shard 0', 'collector'],
  ['shard 1', 'receiver'],
  ['shard 1', 'collector'],
  ['collector', 'receiver'],
  ['collector', 'reference server'],
]

function exchanged(hosts: Hosts, { seconds = 40, wayMs = 0.1, pairs = usualPairs } = {}): Clocks {
  const clocks = createClocks({ startMs: () => startMs })
  for (let second = -2; second < seconds; second++)
    for (const [from, to] of pairs) {
      const ms = second * 1_000 + 300
      // Three times as long there as back.
      clocks.round(from, to, [
        clockOf(hosts, from, ms),
        clockOf(hosts, to, ms + 1.5 * wayMs),
        clockOf(hosts, from, ms + 2 * wayMs),
      ])
    }
  return clocks
}

/** Error of the conversion at some second of the run, and its bound. */
function errorAt(clocks: Clocks, hosts: Hosts, from: Party, to: Party, second: number) {
  const atMs = clockOf(hosts, from, second * 1_000)
  const { offsetMs, boundMs } = clocks.between(from, to, atMs)
  return { errorMs: Math.abs(atMs + offsetMs - clockOf(hosts, to, second * 1_000)), boundMs }
}

describe('clocks of several hosts', () => {
  const hosts: Hosts = {
    'shard 0': { offsetMs: -40, driftPpm: 30 },
    'shard 1': { offsetMs: 7_200_000, driftPpm: -150 },
    receiver: { offsetMs: 3 * 3_600_000, driftPpm: 100 },
    'reference server': { offsetMs: -5_000, driftPpm: -20 },
  }
  const parties: Party[] = ['shard 0', 'shard 1', 'receiver', 'reference server', 'collector']

  test('an instant of any clock is found on any other one, within the bound', () => {
    const clocks = exchanged(hosts)
    for (const from of parties)
      for (const to of parties)
        for (const second of from === to ? [] : [0, 12.34, 39]) {
          const { errorMs, boundMs } = errorAt(clocks, hosts, from, to, second)
          expect(errorMs, `${from} to ${to}`).toBeLessThan(boundMs)
          expect(boundMs, `${from} to ${to}`).toBeLessThan(1)
        }
  })

  test('over the collector the bounds add up', () => {
    const clocks = exchanged(hosts)
    const bound = (from: Party, to: Party) => errorAt(clocks, hosts, from, to, 20).boundMs
    const sum = bound('reference server', 'collector') + bound('collector', 'receiver')
    expect(bound('reference server', 'receiver')).toBeCloseTo(sum, 2)
  })

  test('the result tells offset, bound, drift and rounds of each pair', () => {
    const clock = exchanged(hosts)
      .all()
      .find(({ from, to }) => from === 'collector' && to === 'receiver')!
    expect(clock).toEqual({
      from: 'collector',
      to: 'receiver',
      offsetMs: expect.closeTo(3 * 3_600_000 + 3.9, 0),
      boundMs: expect.closeTo(0.3, 0),
      driftPpm: expect.closeTo(100, -1),
      driftBoundPpm: expect.closeTo(15, -1),
      rounds: 42,
      steps: [],
    })
  })

  test('the widest bound is that of the run, not of what came before', () => {
    const clocks = createClocks({ startMs: () => startMs })
    const round = (ms: number, wayMs: number) =>
      clocks.round('collector', 'receiver', [startMs + ms, startMs + ms + wayMs, startMs + ms + 2 * wayMs])
    round(-1_000, 50)
    round(-500, 0.1)
    for (let second = 0; second < 10; second++) round(second * 1_000 + 500, 0.1)
    expect(clocks.widestMs()).toBeLessThan(1)
    clocks.between('collector', 'receiver', startMs + 60_000)
    expect(clocks.widestMs()).toBeGreaterThan(2)
  })
})

test('an offset inside its bound is not applied, and the bound covers it', () => {
  const clocks = exchanged({})
  // Three times as long there as back looks like 0.05 ms.
  const { offsetMs, boundMs } = clocks.between('collector', 'receiver', startMs + 20_000)
  expect(offsetMs).toBe(0)
  expect(boundMs).toBeGreaterThan(0.1)
})

test('without an exchange all is one host', () => {
  const clocks = createClocks()
  clocks.round('collector', 'receiver', [2, 2, 1])
  expect(clocks.between('receiver', 'shard 3', startMs)).toEqual({ offsetMs: 0, boundMs: 1 })
  expect([clocks.widestMs(), clocks.all()]).toEqual([undefined, []])
})

describe('a clock that is set in mid-run is named', () => {
  const texts = (hosts: Hosts, pairs = usualPairs) => clockStepTexts(exchanged(hosts, { pairs }), startMs)

  test('the receiver', () => {
    expect(texts({ receiver: { offsetMs: 60_000, step: { second: 31, byMs: -2_000 } } })).toEqual([
      'the clock of the receiver was set back by 2.0 s at second 31',
    ])
  })

  test('the reference server, whom only the collector knows', () => {
    expect(texts({ 'reference server': { offsetMs: 0, step: { second: 12, byMs: 450 } } })).toEqual([
      'the clock of the reference server was set forward by 450 ms at second 12',
    ])
  })

  test('a shard', () => {
    expect(texts({ 'shard 1': { offsetMs: 0, step: { second: 5, byMs: 3_600_000 } } })).toEqual([
      'the clock of shard 1 was set forward by 3600.0 s at second 5',
    ])
  })

  test('the collector, against which all others seem to have gone back', () => {
    const hosts: Hosts = { collector: { offsetMs: 0, step: { second: 9, byMs: 800 } } }
    // Seconds are counted by the clock that was set.
    expect(texts(hosts)).toEqual([
      expect.stringMatching(/^the clock of the collector was set forward by 800 ms at second /),
    ])
  })

  test('two at once', () => {
    const step = { second: 20, byMs: -700 }
    expect(texts({ receiver: { offsetMs: 0, step }, 'reference server': { offsetMs: 0, step } })).toEqual([
      'the clock of the receiver was set back by 700 ms at second 20',
      'the clock of the reference server was set back by 700 ms at second 20',
    ])
  })

  test('before the run it is nobody’s concern', () => {
    expect(texts({ receiver: { offsetMs: 0, step: { second: -1, byMs: -2_000 } } })).toEqual([])
  })
})

test('clocks of two hosts that were never compared are told; those of one host are one clock', () => {
  const clocks = createClocks({ isHere: party => party !== 'receiver' })
  clocks.between('receiver', 'shard 3', startMs)
  clocks.between('shard 3', 'receiver', startMs)
  clocks.between('shard 3', 'collector', startMs)
  expect(clocks.uncompared()).toEqual(['the clocks of the receiver and of shard 3 were never compared'])
  clocks.round('shard 3', 'receiver', [startMs, startMs + 7, startMs + 1])
  expect(clocks.uncompared()).toEqual([])
})
