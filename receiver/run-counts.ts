/** A count for the collectors of several runs: what belongs to a known run is that run's alone, all else is everybody's. */
export interface RunCounts {
  count(): void
  /** One of those that were counted turned out to belong to this run. */
  assign(run: string): void
  /** As a collector of that run sees it; undefined = of no run, it sees everything. */
  seenBy(run: string | undefined): number
}

export function createRunCounts(): RunCounts {
  const byRun = new Map<string, number>()
  let all = 0
  let assigned = 0
  return {
    count() {
      all++
    },
    assign(run) {
      assigned++
      byRun.set(run, (byRun.get(run) ?? 0) + 1)
    },
    // Never the sum of what it can see: a POST of which nothing but its arrival is known stays in everybody's count.
    seenBy: run => (run === undefined ? all : all - assigned + (byRun.get(run) ?? 0)),
  }
}
