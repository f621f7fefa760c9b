import { createPlan } from '../../scenarios/load/plan.ts'
import type { WatchedRun } from './watched-run.ts'

/** Planned instants of all customer messages of the steady phase: of the seed alone, no run is asked. */
export function plannedSends({ options, seed, shards, startMs, steadyMs, drainMs }: PlannedRun): number[] {
  return Array.from({ length: shards }, (_, shard) => {
    const plan = createPlan(options, { shard, shards, seed, startMs, hasAgent: true })
    const instants: number[] = []
    for (let next = plan.nextMessage(drainMs); next; next = plan.nextMessage(drainMs)) instants.push(next.plannedMs)
    return instants.filter(ms => ms >= steadyMs && ms < drainMs)
  }).flat()
}

export type PlannedRun = Pick<WatchedRun, 'options' | 'seed' | 'shards' | 'startMs' | 'steadyMs' | 'drainMs'>
