import type { Result } from '../../schemas/generated/types.ts'

/** Fewer blocks with samples say nothing about how samples bunch; the result then took them for independent. */
const leastBlocks = 10

/** @returns how many blocks of the steady phase told how samples bunch; 0 = too few, or none were kept. */
export function blocksOf({ intervals, phases }: Result, series: string): number {
  const steady = phases.find(({ name }) => name === 'steady')
  const { blocks, seconds, start } = intervals
  const histograms = blocks?.histograms[series]
  if (!steady || !blocks || !histograms) return 0
  const from = (Date.parse(steady.start) - Date.parse(start)) / 1000
  const length = seconds * blocks.every
  const isWithin = (at: number) => at * length >= from && (at + 1) * length <= from + steady.seconds
  const filled = histograms.filter((block, at) => block !== null && isWithin(at)).length
  return filled >= leastBlocks ? filled : 0
}

/** Some series are short of samples, and of some no blocks are kept; in a short run nobody knows anything of the kind. */
export function knowsBunching(result: Result): boolean {
  return Object.keys(result.intervals.blocks?.histograms ?? {}).some(series => blocksOf(result, series) > 0)
}
