import { describe, expect, it } from 'vitest'
import { seededUniform } from '../../protocol/seeded.ts'
import type { Outcome } from './next-step.ts'
import {
  behindGenerator,
  bistable,
  cpuBound,
  failingAtRandom,
  lanes,
  leaking,
  memoryBound,
  noisy,
  onUnquietMachine,
  ours,
  type SimulatedTarget,
  searchIn,
  tokenBucket,
} from './simulated-targets.ts'
import type { SearchSettings } from './trial.ts'

const settings: SearchSettings = { from: 40, to: 100_000, isWhole: false, mostTrials: 50 }
const seeds = Array.from({ length: 20 }, (_, n) => n + 1)

/** A target of a kind, its parameters drawn from the seed. */
type Kind = (uniform: () => number, seed: number) => SimulatedTarget
/** Rates from 50/s to 2,000/s, as many in each octave. */
const limitOf = (uniform: () => number) => 50 * 40 ** uniform()

const withTruth: Record<string, Kind> = {
  'token bucket': uniform => tokenBucket(limitOf(uniform), 1 + 20 * uniform()),
  'lanes (1 to 3, about 5 ms)': uniform => {
    const count = 1 + Math.floor(uniform() * 3)
    return lanes(count, () => 4.5 + uniform(), 5)
  },
  'CPU-bound': uniform => cpuBound(limitOf(uniform), 2 + 20 * uniform()),
  'memory-bound': uniform => memoryBound(limitOf(uniform), 2_000 + 20_000 * uniform()),
  noisy: (uniform, seed) => noisy(limitOf(uniform), 0.002 + 0.007 * uniform(), seed),
  'CPU-bound on a machine that spoils a trial in eight': (uniform, seed) =>
    onUnquietMachine(cpuBound(limitOf(uniform), 5), 1 / 8, seed),
}

describe.each(Object.entries(withTruth))('%s', (_name, kind) => {
  it.each(seeds)('is found within 5 percent of the truth, seed %s', seed => {
    const target = kind(seededUniform(seed, 'kind'), seed)
    const { outcome, trials } = searchIn(target, settings)
    expect(outcome).toEqual({ kind: 'found', holds: expect.any(Number), breaks: expect.any(Number) })
    expect(offBy(outcome, target.truth!)).toBeLessThan(0.05)
    expect(trials.length).toBeLessThanOrEqual(settings.mostTrials)
  })
})

function offBy(outcome: Outcome, truth: number): number {
  if (outcome.kind !== 'found') return Number.POSITIVE_INFINITY
  return Math.max(Math.abs(outcome.holds / truth - 1), Math.abs(outcome.breaks / truth - 1))
}

describe.each(seeds)('where there is no limit, seed %i', seed => {
  const uniform = seededUniform(seed, 'without')

  it('a target that does not recover by itself is unstable', () => {
    const breaksAt = limitOf(uniform) * 3
    const recoversAt = breaksAt * (0.4 + 0.35 * uniform())
    const { outcome } = searchIn(bistable(breaksAt, recoversAt), settings)
    expect(outcome).toMatchObject({ kind: 'unstable' })
  })

  it('a target that leaks is unstable, or is answered as it is at the end', () => {
    const target = leaking(limitOf(uniform) * 2, 0.001 + 0.05 * uniform())
    const { outcome } = searchIn(target, settings)
    if (outcome.kind === 'found') expect(offBy(outcome, target.now())).toBeLessThan(0.08)
    else expect(outcome).toMatchObject({ kind: 'unstable' })
  })

  it('what the generator cannot reach is generator-limited, with the rate that is proved', () => {
    const ceiling = limitOf(uniform)
    const { outcome } = searchIn(behindGenerator(cpuBound(ceiling * 3, 5), ceiling), settings)
    expect(outcome).toEqual({ kind: 'generator-limited', at: expect.any(Number), holds: expect.any(Number) })
    const { at, holds } = outcome as { at: number; holds: number }
    expect([holds <= ceiling, at > ceiling, at <= holds * 1.03]).toEqual([true, true, true])
  })

  it('a limit above the highest rate asked is no failure', () => {
    const { outcome } = searchIn(tokenBucket(2_000, 1), { ...settings, to: 1_000 * (0.5 + uniform()) })
    expect(outcome).toEqual({ kind: 'no-failure', upTo: expect.any(Number) })
  })

  it('a limit below the lowest rate asked always fails', () => {
    const { outcome, trials } = searchIn(tokenBucket(39 * uniform(), 1), settings)
    expect([outcome, trials.length]).toEqual([{ kind: 'always-fails', at: 40 }, 4])
  })
})

it('thousands of random targets: never more trials than allowed, and an answer is right', () => {
  const kinds = Object.values(withTruth).filter((_, n) => n !== 1)
  const wrong = Array.from({ length: 5_000 }, (_, seed) => {
    const uniform = seededUniform(seed, 'any')
    const target = kinds[seed % kinds.length]!(uniform, seed)
    const mostTrials = 3 + Math.floor(uniform() * 50)
    const { outcome, trials } = searchIn(target, { ...settings, mostTrials })
    expect(trials.length).toBeLessThanOrEqual(mostTrials)
    if (outcome.kind === 'out-of-trials') expect(trials.length).toBe(mostTrials)
    return outcome.kind === 'found' && offBy(outcome, target.truth!) > 0.06 ? [seed, outcome, target.truth] : []
  }).filter(each => each.length > 0)
  expect(wrong).toEqual([])
})

it('nothing outside of the asked range is tried', () => {
  for (let seed = 0; seed < 2_000; seed += 1) {
    const uniform = seededUniform(seed, 'range')
    const range = { ...settings, from: 30 + 100 * uniform(), to: 140 + 400 * uniform() }
    const { trials } = searchIn(noisy(range.to * (0.9 + 0.2 * uniform()), 0.03, seed), range)
    expect(trials.filter(({ rate }) => rate < range.from || rate > range.to)).toEqual([])
  }
})

it('a target that fails at random is seldom given a limit', () => {
  const found = Array.from({ length: 2_000 }, (_, seed) => {
    const uniform = seededUniform(seed, 'share')
    return searchIn(failingAtRandom(0.3 + 0.4 * uniform(), seed), settings).outcome.kind
  }).filter(kind => kind === 'found')
  expect(found.length).toBeLessThan(60)
})

it('the same verdicts give the same search, and it can be read again from its trials', () => {
  const run = () => searchIn(noisy(300, 0.02, 5), settings)
  expect(run()).toEqual(run())
})

it('sessions are whole numbers, and neighbours are narrow enough', () => {
  const { outcome, trials } = searchIn(tokenBucket(7.4, 1), { from: 1, to: 100, isWhole: true, mostTrials: 50 })
  expect(trials.every(({ rate }) => Number.isInteger(rate))).toBe(true)
  expect(outcome).toEqual({ kind: 'found', holds: 7, breaks: 8 })
})

it('a rate that nobody can judge is undecided', () => {
  const unclear: SimulatedTarget = { try: () => ({ verdict: 'inconclusive', cause: 'unclear' }), truth: undefined }
  expect(searchIn(unclear, settings).outcome).toEqual({ kind: 'undecided', at: 40 })
})

it('one hitch of the machine changes nothing', () => {
  const quiet = searchIn(tokenBucket(160, 1), settings)
  const hitches = [2, 7, 11]
  let n = 0
  const target = tokenBucket(160, 1)
  const unquiet = searchIn({ ...target, try: rate => (hitches.includes(n++) ? ours : target.try(rate)) }, settings)
  expect(unquiet.outcome).toEqual(quiet.outcome)
  expect(unquiet.trials.length).toBe(quiet.trials.length + hitches.length)
})
