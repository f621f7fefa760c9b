import { numberText } from '../judging/number-text.ts'
import type { Result } from '../schemas/generated/types.ts'
import type { Figure } from './figure.ts'
import { mixOfText } from './push-mix.ts'
import { resendDelayOf } from './run-options.ts'
import { secondsOf } from './steady-columns.ts'

/** Moments of `push_service_time` over the steady phase, from its histogram. */
export interface PushMoments {
  count: number
  meanMs: number
  deviationMs: number
}

/** A result with the name that the user knows it by. */
export interface Source {
  name: string
  result: Result
  /** Undefined = the target streams no trace. */
  moments: PushMoments | undefined
}

/** So much one run differs from the next even when its own samples agree. */
const betweenRuns = 0.05
const z95 = 1.96
/** Resident memory of a process moves by so much without any session: what its collector has not given back yet. */
const memoryNoiseBytes = 64 * 1_024 ** 2
/** A slope over fewer sessions says more about that than about sessions. */
const leastMoreSessions = 10_000

/** Of several runs the mean, from the lowest low to the highest high. */
export function joined(figures: readonly Figure[]): Figure | undefined {
  const [first, ...others] = figures
  if (first === undefined || others.length === 0) return first
  return {
    value: figures.reduce((sum, { value }) => sum + value, 0) / figures.length,
    low: Math.min(...figures.map(({ low }) => low)),
    high: Math.max(...figures.map(({ high }) => high)),
    origin: 'measured',
    from: `${first.from}, and ${others.length} more`,
  }
}

const measured = (value: number, halfWidth: number, from: string): Figure => ({
  ...{ value, low: Math.max(0, value - halfWidth), high: value + halfWidth, origin: 'measured', from },
})

export function measuredPushTime(sources: readonly Source[]): { pushMs: Figure; pushVariation: Figure } | undefined {
  const known = sources.flatMap(({ name, moments }) => (moments && moments.count > 0 ? [{ name, moments }] : []))
  if (known.length === 0) return undefined
  const times = known.map(({ name, moments: { count, meanMs, deviationMs } }) =>
    measured(
      meanMs,
      Math.max(betweenRuns * meanMs, (z95 * deviationMs) / Math.sqrt(count)),
      `mean push_service_time of ${name}, ${numberText(count)} pushes`,
    ),
  )
  const variations = known.map(({ name, moments: { meanMs, deviationMs } }): Figure => {
    const value = (deviationMs / meanMs) ** 2
    return { value, low: value, high: value, origin: 'measured', from: `push_service_time of ${name}` }
  })
  return { pushMs: joined(times)!, pushVariation: joined(variations)! }
}

/** POSTs that no refresh followed in time, from the repetitions of reliable sessions (interval after Wilson). */
export function measuredUnconfirmed(sources: readonly Source[]): Figure | undefined {
  const shares = sources.flatMap(({ name, result: { ledger, options } }): Figure[] => {
    const share = mixOfText(String(options.push))?.reliable ?? 0
    if (share === 0) return []
    const posts = Math.round(ledger.delivered * share) + ledger.repeated
    if (posts === 0) return []
    const value = ledger.repeated / posts
    const weight = 1 + z95 ** 2 / posts
    const middle = (value + z95 ** 2 / (2 * posts)) / weight
    const half = (z95 * Math.sqrt((value * (1 - value)) / posts + z95 ** 2 / (4 * posts ** 2))) / weight
    const from = `${numberText(ledger.repeated)} repetitions in ${numberText(posts)} reliable pushes of ${name}, ${resendDelayOf(options) / 1_000} s after each`
    return [{ value, low: Math.max(0, middle - half), high: middle + half, origin: 'measured', from }]
  })
  return joined(shares)
}

/** CPU of the reference server by its requests and pushes; what it does when idle is in it. */
export function measuredCpu(sources: readonly Source[]): Figure | undefined {
  const rates = sources.flatMap(({ name, result }) => {
    const seconds = secondsOf(result, 'cpu_reference_server').filter(({ operations }) => operations > 0)
    const operations = seconds.reduce((sum, each) => sum + each.operations, 0)
    if (seconds.length < 3) return []
    const coresPerOperation = seconds.reduce((sum, each) => sum + each.value, 0) / operations
    const residuals = seconds.map(each => each.value - coresPerOperation * each.operations)
    const spread = Math.sqrt(residuals.reduce((sum, each) => sum + each ** 2, 0) / (seconds.length - 1))
    const error = (spread / Math.sqrt(seconds.length)) * (seconds.length / operations)
    const half = Math.max(betweenRuns * coresPerOperation, z95 * error)
    return [measured(coresPerOperation * 1_000, half * 1_000, `the reference server in ${name}`)]
  })
  return joined(rates)
}

/** Slope of the reference server's memory over sessions, from runs that differ in them. */
export function measuredMemory(sources: readonly Source[]): Figure | undefined {
  const points = sources.flatMap(({ name, result }) => {
    const bytes = result.processes.find(each => each.name === 'reference server')?.rssMaxBytes
    const sessions = result.counters.sessions_live ?? 0
    return bytes && sessions > 0 ? [{ name, bytes, sessions }] : []
  })
  points.sort((a, b) => a.sessions - b.sessions)
  const [few, many] = [points[0], points.at(-1)]
  if (!few || !many || many.sessions - few.sessions < leastMoreSessions) return undefined
  const more = many.sessions - few.sessions
  const value = Math.max(0, many.bytes - few.bytes) / more
  const half = Math.max(betweenRuns * value, memoryNoiseBytes / more)
  return measured(
    value,
    half,
    `the reference server from ${numberText(few.sessions)} to ${numberText(many.sessions)} sessions`,
  )
}
