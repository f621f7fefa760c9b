import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isSearchResult } from '../../schemas/generated/search-result-validator.js'
import type { SearchResult } from '../../schemas/generated/types.ts'
import { UserError } from '../program/user-error.ts'

/** Result folders of the trials of `run find-capacity` that held: those that confirm the answer, else all that passed. */
export function passingTrials(file: string, { trials, answer }: SearchResult): string[] {
  const passed = trials.filter(({ verdict }) => verdict === 'pass')
  // Above the limit some trials pass by luck.
  const most = answer?.holds ?? Number.POSITIVE_INFINITY
  const confirming = passed.filter(({ purpose, rate }) => purpose === 'confirm' && rate <= most)
  if (passed.length === 0) throw new UserError(`nothing can be planned from ${file}: none of its trials passed`)
  return (confirming.length > 0 ? confirming : passed).map(({ folder }) => join(dirname(file), folder))
}

export function readSearch(file: string): SearchResult {
  let search: unknown
  try {
    search = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`)
  }
  if (isSearchResult(search)) return search
  const [first] = isSearchResult.errors ?? []
  throw new UserError(`${file} is no search: ${first?.instancePath || 'the whole file'} ${first?.message ?? ''}`)
}
