/** One measured pass: operations, CPU seconds of the process under test, wall seconds. */
export interface Pass {
  operations: number
  cpuSeconds: number
  wallSeconds: number
}

export interface Comparison {
  /** ours / bare, operations per CPU-second; median of the pairs, with the least and greatest pair. */
  ratio: number
  least: number
  greatest: number
  /** Medians, operations per CPU-second. */
  ours: number
  bare: number
  /** Least share of one core that either process was busy in its passes. */
  busy: number
}

export interface AlternateSettings {
  pairs: number
  /** Pairs before the first that counts: they warm up compilers and connections. Default 1. */
  warmUp?: number
  /** A pair with a pass below this share of one core is made again, at most as often as there are pairs. Default 0. */
  leastBusy?: number
}

/** A/B pairs, alternated so that a noisy neighbour hits both sides alike. */
export async function alternate(
  { pairs, warmUp = 1, leastBusy = 0 }: AlternateSettings,
  ours: () => Promise<Pass>,
  bare: () => Promise<Pass>,
): Promise<Comparison> {
  const rows: Pair[] = []
  const isBusy = (row: Pair) => busyOf(row) >= leastBusy
  for (let i = 0; i < warmUp + 2 * pairs && rows.filter(isBusy).length < pairs; i++) {
    // Every second pair runs the other way round: whoever comes second profits from a warm client.
    const first = i % 2 === 0 ? await ours() : await bare()
    const second = i % 2 === 0 ? await bare() : await ours()
    if (i >= warmUp) rows.push(i % 2 === 0 ? { ours: first, bare: second } : { ours: second, bare: first })
  }
  // Without enough busy pairs all of them are shown, and `busy` says what they are worth.
  return compare(rows.filter(isBusy).length < pairs ? rows : rows.filter(isBusy))
}

interface Pair {
  ours: Pass
  bare: Pass
}

function busyOf({ ours, bare }: Pair): number {
  return Math.min(ours.cpuSeconds / ours.wallSeconds, bare.cpuSeconds / bare.wallSeconds)
}

function compare(rows: readonly Pair[]): Comparison {
  const rate = (pass: Pass) => pass.operations / pass.cpuSeconds
  const ratios = rows.map(row => rate(row.ours) / rate(row.bare))
  return {
    ratio: median(ratios),
    least: Math.min(...ratios),
    greatest: Math.max(...ratios),
    ours: median(rows.map(row => rate(row.ours))),
    bare: median(rows.map(row => rate(row.bare))),
    busy: Math.min(...rows.map(busyOf)),
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
