import type { ModeMix } from '../options/kinds.ts'

export type SessionMode = ModeMix[number]['mode']

/**
 * Push modes by number over all shards: the shares are exact over any stretch, and the modes alternate, so that none
 * comes first in time. The mode of a session follows from its numbers alone (`modeNumber`), so the judge knows it too.
 */
export function modesOf(mix: ModeMix, sessions: number): SessionMode[] {
  const given = mix.map(() => 0)
  return Array.from({ length: sessions }, (_, number) => {
    let most = 0
    let mostMissing = Number.NEGATIVE_INFINITY
    for (let i = 0; i < mix.length; i++) {
      const missing = mix[i]!.share * (number + 1) - given[i]!
      // Sums of shares such as 0.1 are not exact.
      if (missing > mostMissing + 1e-9) {
        most = i
        mostMissing = missing
      }
    }
    given[most]!++
    return mix[most]!.mode
  })
}

/** Index into `modesOf`, also of the successors of sessions that ended. */
export function modeNumber(shard: number, shards: number, session: number, sessions: number): number {
  return (session * shards + shard) % sessions
}
