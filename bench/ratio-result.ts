import type { Comparison } from './alternate.ts'
import { type BenchResult, leastBusy } from './case.ts'

/** Judges a throughput ratio (operations per CPU-second, ours / bare) against its least allowed value. */
export function ratioResult(comparison: Comparison, least: number, unit: string): BenchResult {
  const busy = `least busy pass ${Math.round(comparison.busy * 100)} % of a core`
  return {
    figure: `${comparison.ratio.toFixed(2)} (${comparison.least.toFixed(2)} to ${comparison.greatest.toFixed(2)})`,
    absolute: `${thousands(comparison.ours)} against ${thousands(comparison.bare)} ${unit} per CPU-second`,
    verdict: comparison.busy < leastBusy ? 'client-limited' : comparison.ratio >= least ? 'holds' : 'broken',
    note: busy,
  }
}

export function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** Judges a cost (CPU per operation, ours / bare) against its greatest allowed value; `ratio` is ours over bare already. */
export function costResult(comparison: Comparison, most: number, operation: string): BenchResult {
  const microseconds = (perCpuSecond: number) => `${(1e6 / perCpuSecond).toFixed(0)} µs`
  return {
    figure: `${comparison.ratio.toFixed(2)} (${comparison.least.toFixed(2)} to ${comparison.greatest.toFixed(2)})`,
    // The sides are swapped: the comparison's `ours` is the bare one here.
    absolute: `${microseconds(comparison.bare)} against ${microseconds(comparison.ours)} of CPU per ${operation}`,
    verdict: comparison.ratio <= most ? 'holds' : 'broken',
  }
}
