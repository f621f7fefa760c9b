import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Source } from '../../planning/measured.ts'
import type { SearchedRate } from '../../planning/searched-rate.ts'
import { whyUnusable } from '../../planning/usable-result.ts'
import { momentsOf } from '../../reports/planner/push-moments.ts'
import type { SearchResult } from '../../schemas/generated/types.ts'
import { readResult } from '../commands/report.ts'
import { UserError } from '../program/user-error.ts'
import { passingTrials, readSearch } from './search-trials.ts'

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
  const results = words.flatMap(word => {
    const file = basename(word) === 'search.json' ? word : join(word, 'search.json')
    if (!existsSync(file)) return [word]
    const search = readSearch(file)
    searches.push(...searchedRate(search, nameOf(file), targetNodes))
    if (search.answer === undefined)
      findings.push(
        `search ${nameOf(file)} found no limit (${search.verdict.sentence}); its trials that passed were taken`,
      )
    return passingTrials(file, search)
  })
  const sources = results.map(word => {
    const { path, result } = readResult(word)
    const why = whyUnusable(result)
    if (why !== undefined) throw new UserError(`nothing can be planned from ${word}: ${why}`)
    if (targetNodes !== undefined) result.target.gmsNodes ??= targetNodes
    return { name: nameOf(path), result, moments: momentsOf(result) }
  })
  return { sources, searches, findings }
}

/** Only a search for pushes tells what a lane carries. */
function searchedRate(
  { vary, answer, target }: SearchResult,
  name: string,
  targetNodes: number | undefined,
): SearchedRate[] {
  if (vary !== 'pushes' || answer === undefined) return []
  return [{ name, holds: answer.holds, breaks: answer.breaks, nodes: target.gmsNodes ?? targetNodes }]
}

/** The folder's name, or that of a file with a name of its own. */
function nameOf(path: string): string {
  const own = basename(path)
  return own === 'result.json' || own === 'search.json' ? basename(dirname(resolve(path))) : own
}
