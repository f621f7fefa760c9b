import type { Phase } from '../../protocol/instants.ts'
import type { RunOptions } from '../options.ts'

/** When the phases of a run begin, epoch ms. */
export interface PhaseInstants {
  startMs: number
  /** Every session was to be started by then; messages begin. */
  arrivedMs: number
  steadyMs: number
  drainMs: number
}

export function phasesOf(options: RunOptions, startMs: number): PhaseInstants {
  const arrivedMs = startMs + (options.sessions / options.arrival) * 1_000
  const steadyMs = arrivedMs + options['warm-up']
  return { startMs, arrivedMs, steadyMs, drainMs: steadyMs + options.hold }
}

/** An event belongs to the phase of its planned instant, whenever it arrives. */
export function phaseOf(plannedMs: number, phases: PhaseInstants): Phase {
  return plannedMs < phases.steadyMs ? 'warm-up' : plannedMs < phases.drainMs ? 'steady' : 'drain'
}
