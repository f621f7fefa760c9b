import { hostNow } from '../process/host-clock.ts'
import { watchOwnFigures } from '../process/own-figures.ts'
import type { Process } from '../schemas/generated/types.ts'
import type { Drain } from './drain.ts'
import { finishWatch } from './finish-watch.ts'
import type { LoadLog } from './load-log.ts'
import { createProcessMeter, readingOf } from './process-meter.ts'
import { createProgress, type Progress } from './progress.ts'
import type { RunContext } from './run-context.ts'
import type { StandstillWatch } from './standstill-watch.ts'
import type { TraceIntake } from './trace-intake.ts'
import { createWallClockWatch, type WallClockWatch } from './wall-clock-watch.ts'

/** What the collector does whether anything comes or not. */
export interface Clockwork {
  progress(): Progress
  wallClock: WallClockWatch
  /** The collector's own process, so far. */
  process(): Process
  stop(): void
}

export interface ClockworkParts {
  startedMs: number
  load: LoadLog
  standstills: StandstillWatch
  drain: Drain
  trace: TraceIntake
  sessionsLive(): number
  /** The wall clock, which goes on while the machine sleeps. */
  wallNow(): number
  onProgress?(progress: Progress): void
}

const tickMs = 25

export function startClockwork(context: RunContext, parts: ClockworkParts): Clockwork {
  const { startedMs, load, standstills, drain, trace, sessionsLive } = parts
  const own = watchOwnFigures()
  const wallClock = createWallClockWatch({ wall: parts.wallNow, host: hostNow })
  const meter = createProcessMeter('collector', load, startedMs)
  const progress = createProgress(context, { startedMs, sessionsLive })
  const timers = [setInterval(tick, tickMs), setInterval(eachSecond, 1_000)]

  function tick(): void {
    const nowMs = hostNow()
    standstills.tick(nowMs)
    drain.tick(nowMs)
  }

  function eachSecond(): void {
    const nowMs = hostNow()
    context.histograms.writeInterval(nowMs)
    context.columns?.tick(nowMs, sessionsLive())
    wallClock.tick()
    trace.forget(nowMs)
    context.sessions.forget(nowMs, session => {
      finishWatch(context, session)
      context.leaks.forget(session.name)
    })
    meter.add(readingOf(own.read()), nowMs)
    progress.read(nowMs)
    parts.onProgress?.(progress.last())
  }

  return {
    progress: progress.last,
    wallClock,
    process: meter.figures,
    stop() {
      for (const timer of timers) clearInterval(timer)
      own.stop()
    },
  }
}
