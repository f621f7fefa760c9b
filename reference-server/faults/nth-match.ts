/** Counts matches in this process; true exactly once, at the nth. */
export function nthMatch(nth: number): () => boolean {
  let seen = 0
  return () => ++seen === nth
}

/** Well inside a run's steady phase, and past the joins of a small one. */
export const defaultNth = 700
