import type { RunFindings } from '../judging/judge.ts'
import type { Standstill } from '../judging/standstill.ts'
import { clockStepTexts } from './clock-steps.ts'
import { causalityOf } from './histograms.ts'
import type { Sending } from './row-intake.ts'
import type { RunContext } from './run-context.ts'
import { type WallClockJump, wallClockTexts } from './wall-clock-watch.ts'

export interface OwnParts {
  sending: Sending
  scriptErrors: readonly string[]
  wallClockJumps: readonly WallClockJump[]
  standstills: readonly Standstill[]
  startedMs: number
}

/** Whether the run measures the target or ourselves, as far as it came; only the end knows whether the counts agree. */
export function ownFindings(
  { histograms, counting, clocks }: Pick<RunContext, 'histograms' | 'counting' | 'clocks'>,
  { sending, scriptErrors, wallClockJumps, standstills, startedMs }: OwnParts,
): RunFindings['own'] {
  return {
    latency: series => histograms.latency(series, 'steady') ?? histograms.latency(series, 'all'),
    droppedIterations: counting.value('dropped_iterations'),
    ready: sending.ready,
    sent: sending.sent,
    clockBoundMs: clocks.widestMs(),
    uncompared: clocks.uncompared(),
    clockSteps: clockStepTexts(clocks, startedMs),
    wallClockJumps: wallClockTexts(wallClockJumps, startedMs),
    causality: causalityOf(histograms.cells),
    imbalances: [],
    scriptErrors,
    // What stood still before the first planned instant, such as while k6 starts, disturbed nothing.
    standstills: standstills.filter(({ atMs, ms }) => atMs + ms > startedMs),
  }
}
