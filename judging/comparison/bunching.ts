import type { Result } from '../../schemas/generated/types.ts'
import { isWithin, steadySpan } from '../steady-span.ts'

/** Fewer blocks with samples say nothing about how samples bunch; the result then took them for independent. */
const leastBlocks = 10

/** @returns how many blocks of the steady phase told how samples bunch; 0 = too few, or none were kept. */
export function blocksOf(result: Result, series: string): number {
  const span = steadySpan(result)
  const { blocks, seconds } = result.intervals
  const histograms = blocks?.histograms[series]
  if (!span || !blocks || !histograms) return 0
  const filled = histograms.filter((block, at) => block !== null && isWithin(span, at, seconds * blocks.every)).length
  return filled >= leastBlocks ? filled : 0
}

/** Some series are short of samples, and of some no blocks are kept; in a short run nobody knows anything of the kind. */
export function knowsBunching(result: Result): boolean {
  return Object.keys(result.intervals.blocks?.histograms ?? {}).some(series => blocksOf(result, series) > 0)
}
