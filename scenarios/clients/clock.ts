import exec from 'k6/execution'

/**
 * Epoch milliseconds with a step below a microsecond. k6 has no `performance`; its test clock reads the same wall clock
 * as `Date.now()`, so the edges of whole milliseconds give the offset between both to about 1 µs.
 */
export function calibratedClock(edges = 5): () => number {
  // Each access to `exec.instance` builds a new object: 10 times the cost of the clock itself.
  const instance = exec.instance
  let low = Number.NEGATIVE_INFINITY
  let high = Number.POSITIVE_INFINITY
  for (let edge = 0; edge < edges; edge++) {
    let before: number
    // The first reading must precede the first Date.now(), else the upper bound is wrong.
    let reading = instance.currentTestRunDuration
    let date: number
    const start = Date.now()
    do {
      before = reading
      reading = instance.currentTestRunDuration
      date = Date.now()
    } while (date === start)
    low = Math.max(low, date - instance.currentTestRunDuration)
    high = Math.min(high, start + 1 - before)
  }
  const epochMs = (low + high) / 2
  return () => epochMs + instance.currentTestRunDuration
}
