import type { ModeMix } from '../options/kinds.ts'

/**
 * Push mode of each session, by its number over all shards: shares are exact over any stretch of sessions, and the
 * modes alternate, so that no mode comes first in time.
 */
export function modesOf(mix: ModeMix, sessions: number): ModeMix[number]['mode'][] {
  const given = mix.map(() => 0)
  return Array.from({ length: sessions }, (_, number) => {
    let most = 0
    let mostMissing = Number.NEGATIVE_INFINITY
    for (let i = 0; i < mix.length; i++) {
      const missing = mix[i]!.share * (number + 1) - given[i]!
      if (missing > mostMissing + 1e-9) {
        most = i
        mostMissing = missing
      }
    }
    given[most]!++
    return mix[most]!.mode
  })
}
