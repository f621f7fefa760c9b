import { basename, dirname, resolve } from 'node:path'
import type { Source } from '../../planning/measured.ts'
import type { SearchedRate } from '../../planning/searched-rate.ts'
import { whyUnusable } from '../../planning/usable-result.ts'
import { momentsOf } from '../../reports/planner/push-moments.ts'
import type { SearchResult } from '../../schemas/generated/types.ts'
import { isSearch, readResult, readSearch } from '../program/read-result.ts'
import { UserError } from '../program/user-error.ts'
import { passingTrials } from './search-trials.ts'

export interface PlanSources {
  sources: Source[]
  searches: SearchedRate[]
  /** What a planner must know of them, plain sentences without their full stop. */
  findings: string[]
}

/**
 * @param targetNodes GMS nodes that were run against, where the target does not tell.
 * @throws UserError for the first result that nothing may be planned from.
 */
export function readSources(words: readonly string[], targetNodes: number | undefined): PlanSources {
  const searches: SearchedRate[] = []
  const findings: string[] = []
  const sources = words.flatMap(word => {
    if (!isSearch(word)) return [readSource(word, targetNodes)]
    const { path, result: search } = readSearch(word)
    const name = `search ${nameOf(path)}`
    const trials = passingTrials(path, search).map(({ folder, number }) =>
      readSource(folder, targetNodes, `trial ${number} of ${name}`),
    )
    if (search.answer === undefined)
      findings.push(`${name} found no limit (${search.verdict.sentence}); its trials that passed were taken`)
    searches.push(...searchedRate(search, nameOf(path), targetNodes, trials))
    return trials
  })
  return { sources, searches, findings }
}

function readSource(word: string, targetNodes: number | undefined, name?: string): Source {
  const { path, result } = readResult(word)
  const why = whyUnusable(result)
  if (why !== undefined) throw new UserError(`nothing can be planned from ${word}: ${why}`)
  if (targetNodes !== undefined) result.target.gmsNodes ??= targetNodes
  return { name: name ?? nameOf(path), result, moments: momentsOf(result) }
}

/** Only a search for pushes tells what a lane carries. */
function searchedRate(
  { vary, answer, target }: SearchResult,
  name: string,
  targetNodes: number | undefined,
  trials: readonly Source[],
): SearchedRate[] {
  if (vary !== 'pushes' || answer === undefined) return []
  return [{ name, holds: answer.holds, breaks: answer.breaks, nodes: target.gmsNodes ?? targetNodes, trials }]
}

/** The folder's name, or that of a file with a name of its own. */
function nameOf(path: string): string {
  const own = basename(path)
  return own === 'result.json' || own === 'search.json' ? basename(dirname(resolve(path))) : own
}
