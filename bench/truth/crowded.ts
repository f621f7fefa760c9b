import type { Intervals } from '../../schemas/generated/types.ts'
import type { WatchedRun } from './watched-run.ts'

/** More than this of the cores taken by others is felt, and one second is more than a p99 of our runs leaves out. */
const mostOthers = 0.5

/**
 * Other programs that took the cores in the steady phase, in words. Percentiles that are off say nothing then; those that agree
 * all the same do, and so does whatever was counted.
 */
export function crowdedBecause(run: {
  result: { intervals: Pick<Intervals, 'start' | 'seconds' | 'columns'> }
  steadyMs: WatchedRun['steadyMs']
  drainMs: WatchedRun['drainMs']
}): string | undefined {
  const { start, seconds, columns } = run.result.intervals
  const startMs = Date.parse(start)
  const own = Object.keys(columns).filter(name => name.startsWith('cpu_') && name !== 'cpu_machine')
  const others = (columns.cpu_machine ?? []).flatMap((machine, i) => {
    const fromMs = startMs + i * seconds * 1000
    const isSteady = fromMs + seconds * 1000 > run.steadyMs && fromMs < run.drainMs
    return isSteady && machine !== null ? [machine - own.reduce((sum, name) => sum + (columns[name]?.[i] ?? 0), 0)] : []
  })
  const crowded = others.filter(cores => cores > mostOthers)
  if (crowded.length === 0) return undefined
  const mean = crowded.reduce((sum, cores) => sum + cores, 0) / crowded.length
  return `other programs used ${mean.toFixed(1)} cores in ${crowded.length} of ${others.length} intervals of the steady phase`
}
