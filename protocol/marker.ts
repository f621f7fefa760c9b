/**
 * The marker that starts every text written by a shard or by the scripted agent (docs/reference/metrics.md):
 * `cg/<run>/<party>/<sequence>/<plannedMs>+<latenessUs> `, for example `cg/7f3a2c/c2.17/5/1795220172230.125+350 hello`.
 * It makes each event joinable without state: who said it, which one it was, when it was planned and when it left.
 */
export interface Marker {
  run: string
  /** `c` = the customer wrote it, `a` = the agent in that customer's chat. */
  side: 'c' | 'a'
  shard: number
  /** Number of the session within its shard, from 0. */
  session: number
  /** Counts the texts of this party from 1. */
  sequence: number
  /** Planned instant, epoch milliseconds, at most three decimals. */
  plannedMs: number
  /** Sent − planned in whole microseconds; never negative. */
  latenessUs: number
}

const pattern = /^cg\/([0-9a-z]+)\/([ca])(\d+)\.(\d+)\/(\d+)\/(\d+(?:\.\d{1,3})?)\+(\d+)(?: |$)/

export function writeMarker(marker: Marker): string {
  const planned = Math.round(marker.plannedMs * 1000) / 1000
  return `cg/${marker.run}/${marker.side}${marker.shard}.${marker.session}/${marker.sequence}/${planned}+${Math.max(0, Math.round(marker.latenessUs))} `
}

/** @returns undefined when the text does not start with a marker (an event that is not ours). */
export function readMarker(text: string | undefined): Marker | undefined {
  const parts = text === undefined ? null : pattern.exec(text)
  if (!parts) return undefined
  return {
    run: parts[1]!,
    side: parts[2] as 'c' | 'a',
    shard: Number(parts[3]),
    session: Number(parts[4]),
    sequence: Number(parts[5]),
    plannedMs: Number(parts[6]),
    latenessUs: Number(parts[7]),
  }
}
