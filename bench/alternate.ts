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

/** A/B pairs, alternated so that a noisy neighbour hits both sides alike; the first pair warms up and is not counted. */
export async function alternate(
  pairs: number,
  ours: () => Promise<Pass>,
  bare: () => Promise<Pass>,
): Promise<Comparison> {
  const rows: { ours: Pass; bare: Pass }[] = []
  for (let i = 0; i <= pairs; i++) {
    // Every second pair runs the other way round: whoever comes second profits from a warm client.
    const first = i % 2 === 0 ? await ours() : await bare()
    const second = i % 2 === 0 ? await bare() : await ours()
    if (i > 0) rows.push(i % 2 === 0 ? { ours: first, bare: second } : { ours: second, bare: first })
  }
  const rate = (pass: Pass) => pass.operations / pass.cpuSeconds
  const ratios = rows.map(row => rate(row.ours) / rate(row.bare))
  return {
    ratio: median(ratios),
    least: Math.min(...ratios),
    greatest: Math.max(...ratios),
    ours: median(rows.map(row => rate(row.ours))),
    bare: median(rows.map(row => rate(row.bare))),
    busy: Math.min(...rows.flatMap(row => [row.ours, row.bare]).map(pass => pass.cpuSeconds / pass.wallSeconds)),
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
