import { seededUniform } from '../../protocol/seeded.ts'
import { fallsBehind } from './backlog.ts'
import { nextStep, type Outcome } from './next-step.ts'
import type { SearchSettings, Trial } from './trial.ts'

/** A target in virtual time: what a trial of some seconds at a rate says of it. Its state outlives a trial. */
export interface SimulatedTarget {
  try(rate: number): Pick<Trial, 'verdict' | 'cause'>
  /** The highest rate that holds; undefined = there is none to find. */
  truth: number | undefined
}

const trialSeconds = 10
const limitMs = 500

const pass = { verdict: 'pass' } as const
const fail = { verdict: 'fail' } as const
export const ours = { verdict: 'inconclusive', cause: 'ours' } as const

/** The whole search in virtual time. */
export function searchIn(target: SimulatedTarget, settings: SearchSettings): { outcome: Outcome; trials: Trial[] } {
  const trials: Trial[] = []
  for (;;) {
    const step = nextStep(settings, trials)
    if (step.kind === 'end') return { outcome: step.outcome, trials }
    trials.push({ rate: step.rate, purpose: step.purpose, ...target.try(step.rate) })
  }
}

/** Refuses what its bucket has no token for. */
export function tokenBucket(perSecond: number, burst: number): SimulatedTarget {
  return {
    try(rate) {
      let tokens = burst
      for (let n = 0; n < rate * trialSeconds; n += 1) {
        tokens = Math.min(burst, tokens + perSecond / rate) - 1
        if (tokens < 0) return fail
      }
      return pass
    },
    truth: perSecond + burst / trialSeconds,
  }
}

/** First come, first served, by so many lanes; the latency limit and the growth of the queue decide, as in a real trial. */
export function lanes(count: number, serviceMs: () => number, meanMs: number): SimulatedTarget {
  return {
    try(rate) {
      const free = new Array<number>(count).fill(0)
      const waits: { atMs: number; ms: number }[] = []
      for (let n = 0; n < rate * trialSeconds; n += 1) {
        const atMs = (n * 1000) / rate
        const lane = free.indexOf(Math.min(...free))
        free[lane] = Math.max(atMs, free[lane]!) + serviceMs()
        waits.push({ atMs, ms: free[lane]! - atMs })
      }
      return verdictOf(waits)
    },
    truth: (count * 1000) / meanMs,
  }
}

/** Processor sharing: latency rises as 1 / (1 − use), and above full use nothing is served in time. */
export function cpuBound(perSecond: number, serviceMs: number): SimulatedTarget {
  return {
    try: rate => (rate < perSecond && serviceMs / (1 - rate / perSecond) < limitMs ? pass : fail),
    truth: perSecond * (1 - serviceMs / limitMs),
  }
}

/** Each message takes memory until the trial is over; with less of it the target is slower, down to nothing. */
export function memoryBound(perSecond: number, messages: number): SimulatedTarget {
  const holds = (rate: number) => {
    let backlog = 0
    for (let second = 0; second < trialSeconds; second += 1) {
      const speed = perSecond * Math.max(0, 1 - (rate * second) / messages)
      backlog = Math.max(0, backlog + rate - speed)
      if (backlog > speed * (limitMs / 1000)) return false
    }
    return true
  }
  let [low, high] = [0, perSecond * 2]
  while (high - low > perSecond * 1e-6)
    [low, high] = holds((low + high) / 2) ? [(low + high) / 2, high] : [low, (low + high) / 2]
  return { try: rate => (holds(rate) ? pass : fail), truth: low }
}

/** Slower after each trial by a share of its speed: what it leaks is never given back. */
export function leaking(perSecond: number, shareLost: number): SimulatedTarget & { now(): number } {
  let speed = perSecond
  return {
    try(rate) {
      const verdict = rate <= speed ? pass : fail
      speed *= 1 - shareLost
      return verdict
    },
    truth: undefined,
    now: () => speed,
  }
}

/** Once overloaded it stays so until the rate is below `recoversAt`. */
export function bistable(breaksAt: number, recoversAt: number): SimulatedTarget {
  let isOverloaded = false
  return {
    try(rate) {
      isOverloaded = rate > (isOverloaded ? recoversAt : breaksAt)
      return isOverloaded ? fail : pass
    },
    truth: undefined,
  }
}

/** The nearer to the limit, the more its verdicts are chance; `spread` is a share of the limit. */
export function noisy(limit: number, spread: number, seed: number): SimulatedTarget {
  const uniform = seededUniform(seed, 'noise')
  return {
    try: rate => (uniform() < 1 / (1 + Math.exp((limit - rate) / (spread * limit))) ? fail : pass),
    truth: limit,
  }
}

/** Fails now and then, whatever the rate. */
export function failingAtRandom(share: number, seed: number): SimulatedTarget {
  const uniform = seededUniform(seed, 'random')
  return { try: () => (uniform() < share ? fail : pass), truth: undefined }
}

/** We cannot go above `ceiling`. */
export function behindGenerator(target: SimulatedTarget, ceiling: number): SimulatedTarget {
  return { ...target, try: rate => (rate > ceiling ? ours : target.try(rate)) }
}

/** A machine that spoils a share of the trials. */
export function onUnquietMachine(target: SimulatedTarget, share: number, seed: number): SimulatedTarget {
  const uniform = seededUniform(seed, 'machine')
  return { ...target, try: rate => (uniform() < share ? ours : target.try(rate)) }
}

function verdictOf(waits: readonly { atMs: number; ms: number }[]): Pick<Trial, 'verdict'> {
  const sorted = waits.map(({ ms }) => ms).sort((a, b) => a - b)
  if (sorted[Math.ceil(sorted.length * 0.99) - 1]! >= limitMs) return fail
  const points = Array.from({ length: trialSeconds }, (_, second) => {
    const within = waits.filter(({ atMs }) => Math.floor(atMs / 1000) === second).map(({ ms }) => ms)
    return { atSeconds: second, ms: within.sort((a, b) => a - b)[within.length >> 1] ?? 0 }
  })
  return fallsBehind(points) === undefined ? pass : fail
}
