import type { ObservedPush } from '../protocol/stream/observation.ts'
import type { Process } from '../schemas/generated/types.ts'
import type { LoadLog } from './load-log.ts'
import { createProcessMeter, readingOf } from './process-meter.ts'
import { connectReceiver, type ReceiverLink } from './receiver-link.ts'
import { type RunContext, recordLatency } from './run-context.ts'

/** The receiver as this run sees it. */
export interface FollowedReceiver extends ReceiverLink {
  /** Its observations ended in mid-run: what it read from then on nobody knows. */
  isLost(): boolean
  process(): Process
}

export interface ReceiverWatch {
  load: LoadLog
  onPush(push: ObservedPush): void
  /** How long its loop stood at most since it last told. */
  onLoopDelay(maxMs: number): void
  onLost(): void
}

/** More than a second has; a list of any length is no argument list. */
const mostProbes = 10_000

export async function followReceiver(
  context: RunContext,
  url: string,
  { load, onPush, onLoopDelay, onLost }: ReceiverWatch,
): Promise<FollowedReceiver> {
  const meter = createProcessMeter('receiver', load, context.nowMs())
  let isLost = false
  const link = await connectReceiver({
    url,
    run: context.settings.run,
    now: context.nowMs,
    onRound: round => context.clocks.round('collector', 'receiver', round),
    onPush,
    onFigures({ figures, intakeMs }) {
      const nowMs = context.nowMs()
      const reading = figures && readingOf(figures)
      if (reading) {
        meter.add(reading, nowMs)
        onLoopDelay(reading.loopDelayMaxMs ?? 0)
      }
      if (!Array.isArray(intakeMs) || intakeMs.length === 0) return
      for (const ms of intakeMs) recordLatency(context, 'intake_delay', nowMs, ms)
      load.add('intake_delay_max', nowMs - 1_000, nowMs, Math.max(...intakeMs.slice(-mostProbes)))
    },
    onLost() {
      isLost = true
      onLost()
    },
  })
  return { ...link, isLost: () => isLost, process: meter.figures }
}
