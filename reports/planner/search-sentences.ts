import { numberText } from '../../judging/number-text.ts'
import { measuredPushTime } from '../../planning/measured.ts'
import { type LaneFinding, laneFinding, pushTimeOfSearch, type SearchedRate } from '../../planning/searched-rate.ts'
import { durationText, rateText } from './number-text.ts'

export interface SearchSentence {
  finding: LaneFinding
  /** Without its full stop. */
  text: string
}

const meanings: Record<LaneFinding, string> = {
  agrees: 'both agree within 10 %',
  'carries less':
    'something else gives first there (CPU, the network, sessions that lie unevenly on the nodes), so that limit is planned with',
  'carries more': 'its nodes seem to have more than one lane; one is planned with, which is too careful then',
}

/** The limit that a search found beside the one that follows from the time of a push. */
export function searchSentences(searches: readonly SearchedRate[]): SearchSentence[] {
  return searches.flatMap(search => {
    const byService = measuredPushTime(search.trials)?.pushMs
    const bySearch = pushTimeOfSearch(search)
    if (byService === undefined || bySearch === undefined) return []
    const { name, holds, breaks, nodes } = search
    const finding = laneFinding(byService, bySearch)
    const lanes = `${numberText(nodes!)} ${nodes === 1 ? 'node' : 'nodes'}`
    return {
      finding,
      text:
        `search ${name} found the limit of ${lanes} between ${numberText(holds)} and ${rateText(breaks)}; one push after another at the measured ` +
        `${durationText(byService.value)} makes ${rateText((1_000 * nodes!) / byService.value)}: ${meanings[finding]}`,
    }
  })
}
