import { atMost, type Finding, finding } from './finding.ts'

export interface Lateness {
  p50Ms: number
  p99Ms: number
  maxMs: number
  ticks: number
}

const tickMs = 5
/** 20 % of the tightest latency limit (100 ms by default): a run with a p99 above it is judged invalid. */
const invalidAboveMs = 20

/** How late an empty tick loop is that keeps its grid: what every shard does, without any work in it. */
export async function measureTickLateness(forMs: number): Promise<Lateness> {
  const lateness: number[] = []
  const start = performance.now()
  for (let tick = 1; tick * tickMs <= forMs; tick++) {
    const planned = start + tick * tickMs
    // Timers count whole milliseconds and would fire early by the fraction.
    await new Promise(resolve => setTimeout(resolve, Math.ceil(planned - performance.now())))
    lateness.push(Math.max(0, performance.now() - planned))
  }
  return summarise(lateness)
}

export function summarise(lateness: readonly number[]): Lateness {
  const sorted = lateness.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: sorted.at(-1) ?? 0, ticks: sorted.length }
}

export function tickFinding({ p50Ms, p99Ms, maxMs, ticks }: Lateness): Finding {
  const found = `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, max ${maxMs.toFixed(1)} ms late (${ticks} ticks)`
  const advice = `idle already late; a run whose schedule is more than ${invalidAboveMs} ms late at p99 is invalid: end other work`
  return finding('tick loop', atMost(p99Ms, invalidAboveMs / 4, invalidAboveMs), found, advice)
}
