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

/** When each customer's connection is cut, by `shard.session` as its markers name it; likewise. */
export function plannedCuts({ options, seed, shards, startMs, drainMs }: PlannedRun): Map<string, number> {
  const cuts = new Map<string, number>()
  for (let shard = 0; shard < shards; shard++) {
    const plan = createPlan(options, { shard, shards, seed, startMs, hasAgent: true })
    for (let next = plan.nextStart(drainMs); next; next = plan.nextStart(drainMs)) {
      const cutMs = plan.cutMs(next)
      if (cutMs !== undefined) cuts.set(`${shard}.${next.session}`, cutMs)
    }
  }
  return cuts
}

export type PlannedRun = Pick<WatchedRun, 'options' | 'seed' | 'shards' | 'startMs' | 'steadyMs' | 'drainMs'>
