import type { ObservedPush } from '../protocol/stream/observation.ts'
import type { Process } from '../schemas/generated/types.ts'
import { createProcessMeter } from './process-meter.ts'
import { connectReceiver, type ReceiverLink } from './receiver-link.ts'
import { phaseOf, type RunContext } from './run-context.ts'

/** The receiver as this run sees it. */
export interface FollowedReceiver extends ReceiverLink {
  /** Its observations ended in mid-run: what it read from then on nobody knows. */
  isLost(): boolean
  process(): Process
}

export async function followReceiver(
  context: RunContext,
  url: string,
  { onPush, onLost }: { onPush(push: ObservedPush): void; onLost(): void },
): Promise<FollowedReceiver> {
  const meter = createProcessMeter('receiver')
  let isLost = false
  const link = await connectReceiver({
    url,
    onPush,
    onFigures({ cpu, loopDelayP99Ms, heapBytes, intakeMs }) {
      meter.add({ cpu, loopDelayP99Ms, heapBytes })
      const phase = phaseOf(context, context.nowMs())
      if (Array.isArray(intakeMs)) for (const ms of intakeMs) context.histograms.record('intake_delay', phase, ms)
    },
    onLost() {
      isLost = true
      onLost()
    },
  })
  return { ...link, isLost: () => isLost, process: meter.figures }
}
