import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import type { PushMoments } from '../../planning/measured.ts'
import type { Result } from '../../schemas/generated/types.ts'

/** Mean and count are exact in the result, the spread is in its histogram (integer microseconds). */
export function momentsOf(result: Result): PushMoments | undefined {
  const summary = result.metrics.push_service_time?.steady
  if (!summary || summary.mean === null || summary.count === 0) return undefined
  const { count, mean, cell } = summary
  // Without its histogram the time is taken for as spread as an exponential distribution.
  const deviationMs = cell ? decodeFromCompressedBase64(cell.histogram).stdDeviation / 1_000 : mean
  return { count, meanMs: mean, deviationMs }
}
