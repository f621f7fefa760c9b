import type { Figure } from './figure.ts'
import { joined, measuredPushTime, type Source } from './measured.ts'

/** Pushes per second that a search for the limit proved: `holds` does, `breaks` does not. */
export interface SearchedRate {
  /** As the user knows the search by. */
  name: string
  holds: number
  breaks: number
  /** Undefined = the target does not tell. */
  nodes: number | undefined
  /** Those of its trials that are planned from. */
  trials: readonly Source[]
}

/** A lane that is full posts one push after another, so its limit tells how long each took. */
export function pushTimeOfSearch({ name, holds, breaks, nodes }: Omit<SearchedRate, 'trials'>): Figure | undefined {
  if (nodes === undefined) return undefined
  const [lowMs, highMs] = [(1_000 * nodes) / breaks, (1_000 * nodes) / holds]
  return {
    ...{ value: (lowMs + highMs) / 2, low: lowMs, high: highMs, origin: 'measured' },
    from: `nodes / limit of search ${name}`,
  }
}

/** Further apart than that, a lane and its limit are not explained by each other. */
const trustedDifference = 0.1

export type LaneFinding = 'agrees' | 'carries less' | 'carries more'

/** What the limit says of a model in which a node has one lane and nothing else. */
export function laneFinding(byService: Figure, bySearch: Figure): LaneFinding {
  if (bySearch.low > byService.value * (1 + trustedDifference)) return 'carries less'
  if (bySearch.high < byService.value * (1 - trustedDifference)) return 'carries more'
  return 'agrees'
}

/**
 * The time that a POST holds its lane, from service times and the limit of the same trials. Where nodes carry less than their
 * service times allow, something else is in the way and the limit counts; where they carry more, the service times, which are
 * the more careful of both.
 */
export function laneTime(byService: Figure | undefined, bySearch: Figure | undefined): Figure | undefined {
  if (byService === undefined || bySearch === undefined) return byService ?? bySearch
  const finding = laneFinding(byService, bySearch)
  if (finding === 'carries less') return bySearch
  if (finding === 'carries more') return byService
  return {
    ...byService,
    low: Math.min(byService.low, bySearch.low),
    high: Math.max(byService.high, bySearch.high),
    from: `${byService.from}; its interval with ${bySearch.from}`,
  }
}

/** Of several searches and single runs; a limit is held against the service times of its own trials, not of another receiver's. */
export function pushTimeOfAll(sources: readonly Source[], searches: readonly SearchedRate[]): Figure | undefined {
  const alone = sources.filter(source => !searches.some(({ trials }) => trials.includes(source)))
  const times = [
    ...searches.map(search => laneTime(measuredPushTime(search.trials)?.pushMs, pushTimeOfSearch(search))),
    measuredPushTime(alone)?.pushMs,
  ]
  return joined(times.filter(time => time !== undefined))
}
