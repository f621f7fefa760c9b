import type { TruthCheck } from './rows.ts'
import type { Standstill, WatchedRun } from './watched-run.ts'

/** The stall lies within the steady phase, or its truth would be another one. */
export function stood({ stop, steadyMs, drainMs }: WatchedRun, { ms }: Standstill): TruthCheck {
  if (!stop) return { text: 'nobody was stopped', holds: false }
  const seconds = ((stop.toMs - stop.fromMs) / 1000).toFixed(3)
  const at = ((stop.fromMs - steadyMs) / 1000).toFixed(1)
  return {
    text: `stopped for ${seconds} s, ${at} s into the steady phase`,
    holds: stop.fromMs > steadyMs && stop.toMs < drainMs && stop.toMs - stop.fromMs >= ms - 1,
  }
}

/** A generator that stood still says so itself, by each of these limits, and that nothing of this run is the target's. */
export function saysThatItStood({ result }: WatchedRun, names: readonly string[]): TruthCheck[] {
  const { verdict, counters, metrics, validity } = result
  return [
    {
      text: `the run is invalid: exit ${verdict.exit}, ${counters.dropped_iterations} actions dropped`,
      holds: verdict.exit === 3,
    },
    ...names.map(name => {
      const { value = null } = metrics[name]?.steady?.p99 ?? {}
      const limit = validity.find(each => each.name === name)?.limit
      return {
        text: `${name} p99 ${value?.toFixed(0)} ms (limit ${limit} ms)`,
        holds: value !== null && limit !== undefined && value > limit,
      }
    }),
  ]
}
