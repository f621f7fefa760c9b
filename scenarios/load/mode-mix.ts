import type { ModeMix } from '../options/kinds.ts'

export type SessionMode = ModeMix[number]['mode']

/**
 * Push mode of each session, from its numbers alone, so that the judging side knows it too. The shares are exact over
 * any stretch of sessions, and the modes alternate, so that no mode comes first in time.
 */
export function createModeOf(mix: ModeMix, shards: number): (shard: number, session: number) => SessionMode {
  const given = mix.map(() => 0)
  /** Indexes into `mix` by number over all shards, as far as they were asked for. */
  const modes: number[] = []

  function addNext() {
    let most = 0
    let mostMissing = Number.NEGATIVE_INFINITY
    for (let i = 0; i < mix.length; i++) {
      const missing = mix[i]!.share * (modes.length + 1) - given[i]!
      // Sums of shares such as 0.1 are not exact.
      if (missing > mostMissing + 1e-9) {
        most = i
        mostMissing = missing
      }
    }
    given[most]!++
    modes.push(most)
  }

  if (mix.length === 1) return () => mix[0]!.mode
  return (shard, session) => {
    const number = session * shards + shard
    while (modes.length <= number) addNext()
    return mix[modes[number]!]!.mode
  }
}
