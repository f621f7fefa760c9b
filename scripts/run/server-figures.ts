import type { Gauges } from '../../reference-server/control-api/gauges.ts'
import type { Process } from '../../schemas/generated/types.ts'

const answerLimitMs = 2_000

/** What only the reference server knows of itself, over its whole life. @returns nothing of one that does not answer. */
export async function ownFigures(controlUrl: string): Promise<Partial<Process>> {
  try {
    const answer = await fetch(`${controlUrl}/gauges`, { signal: AbortSignal.timeout(answerLimitMs) })
    const { heapBytes, loopDelayP99Ms, gcCount, gcTotalMs, gcLongestMs } = ((await answer.json()) as Gauges).process
    return { heapMaxBytes: heapBytes, loopDelayP99Ms, gcCount, gcTotalMs, gcLongestMs }
  } catch {
    return {}
  }
}
