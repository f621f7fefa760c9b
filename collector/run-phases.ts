import type { Phase } from '../protocol/instants.ts'
import type { Result } from '../schemas/generated/types.ts'

export interface RunPhases {
  startMs: number
  steadyMs: number
  drainMs: number
}

/** An event belongs to the phase of its planned instant, whenever it arrives. */
export function phaseAt(phases: RunPhases | undefined, plannedMs: number): Phase {
  if (!phases || plannedMs < phases.steadyMs) return 'warm-up'
  return plannedMs < phases.drainMs ? 'steady' : 'drain'
}

/** A run that is stopped drains from then on. */
export function phasesStoppedAt({ startMs, steadyMs, drainMs }: RunPhases, nowMs: number): RunPhases {
  const stoppedMs = Math.max(startMs, nowMs)
  return { startMs, steadyMs: Math.min(steadyMs, stoppedMs), drainMs: Math.min(drainMs, stoppedMs) }
}

/** Phases as far as the run came. */
export function phaseRows({ startMs, steadyMs, drainMs }: RunPhases, endMs: number): Result['phases'] {
  const bounds = [startMs, steadyMs, drainMs, Math.max(endMs, drainMs)].map(ms => Math.min(ms, endMs))
  return (['warm-up', 'steady', 'drain'] as const).flatMap((name, at) => {
    const start = bounds[at]!
    const seconds = (bounds[at + 1]! - start) / 1000
    return at > 0 && seconds <= 0 ? [] : [{ name, start: new Date(start).toISOString(), seconds: Math.max(0, seconds) }]
  })
}

export function steadySeconds({ steadyMs, drainMs }: RunPhases, endMs: number): number {
  return Math.max(0, Math.min(drainMs, endMs) - steadyMs) / 1000
}
