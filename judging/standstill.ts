/** A time in which the collector did nothing at all, and which others of our processes stood still with it. */
export interface Standstill {
  atMs: number
  ms: number
  with: readonly ('k6' | 'receiver')[]
}

/**
 * Half of the 2 s without a POST after which the drain takes a missing push for lost: a collector that sleeps longer could
 * take what waits at its door for something that never came, and whoever else slept measured nothing in that time.
 */
export const longestStandstillMs = 1_000

export function longestOf(standstills: readonly Standstill[]): Standstill | undefined {
  return standstills.reduce<Standstill | undefined>(
    (most, each) => (each.ms > (most?.ms ?? 0) ? each : most),
    undefined,
  )
}

export function whoStood({ with: others }: Standstill): string {
  if (others.length === 0) return 'the collector'
  return others.length === 2 ? 'everything' : `the collector and ${others[0] === 'k6' ? 'k6' : 'the receiver'}`
}
