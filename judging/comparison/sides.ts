import type { Result } from '../../schemas/generated/types.ts'

/** What is held against each other: one run a side, or several repeats on both. */
export interface Sides {
  results: readonly Result[]
  baselines: readonly Result[]
  /** Chance is then what differs between runs of a side, not what their samples say. */
  isRepeated: boolean
}

/** The same of each run, side by side. */
export function ofBoth<Value>({ results, baselines }: Sides, of: (run: Result) => Value): [Value[], Value[]] {
  return [results.map(of), baselines.map(of)]
}
