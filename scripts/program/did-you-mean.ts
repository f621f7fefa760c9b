import { nearest } from '../../protocol/nearest.ts'

/** How a refusal ends: ` (did you mean …?)`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const guess = nearest(word, known)
  return guess === undefined ? '' : ` (did you mean ${guess}?)`
}
