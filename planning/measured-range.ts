import type { Capacity } from './capacity.ts'
import { laneLoad } from './lane.ts'
import type { Source } from './measured.ts'
import { steadyRequests } from './steady-columns.ts'

/** What one part is planned to carry against the most that a run has shown. */
export interface RangeRow {
  what: string
  unit: 'sessions' | '1/s' | 'share'
  planned: number
  /** Undefined = no result tells. */
  measured: number | undefined
}

/** Beyond this factor a row is extrapolated, and said to be. */
export const trustedFactor = 2

export function rangeOf(
  sources: readonly Source[],
  { nodes, chatServers, load, laneLoad: planned }: Capacity,
  sessions: number,
  /** Of a POST, where only a search tells it. */
  laneMs?: number,
): RangeRow[] {
  const most = (of: (source: Source) => number | undefined) => {
    const known = sources.map(of).filter(value => value !== undefined)
    return known.length === 0 ? undefined : Math.max(...known)
  }
  const pushesOf = ({ result }: Source) => (result.rates.pushes_received?.achieved ?? 0) / (result.target.gmsNodes || 1)
  return [
    {
      what: 'sessions of one Chat Server',
      unit: 'sessions',
      planned: sessions / chatServers,
      measured: most(({ result }) => (result.counters.sessions_live ?? 0) / (result.target.chatServers || 1)),
    },
    { what: 'pushes of one node', unit: '1/s', planned: load.pushes / nodes, measured: most(pushesOf) },
    {
      what: 'requests of one Chat Server',
      unit: '1/s',
      planned: load.requests / chatServers,
      measured: most(({ result }) => steadyRequests(result) / (result.target.chatServers || 1)),
    },
    {
      what: 'push lane of one node',
      unit: 'share',
      planned,
      measured: most(source => {
        const meanMs = source.moments?.meanMs ?? laneMs
        return meanMs === undefined ? undefined : laneLoad(pushesOf(source), { meanMs, squareMs2: 0 })
      }),
    },
  ]
}

export const isExtrapolated = ({ planned, measured }: RangeRow): boolean =>
  measured === undefined || planned > trustedFactor * measured
