import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Guard, isResult } from '../../schemas/generated/result-validator.js'
import { isSearchResult } from '../../schemas/generated/search-result-validator.js'
import type { Result, SearchResult } from '../../schemas/generated/types.ts'
import { UserError } from './user-error.ts'

/** A stored result and the file that it is in. */
export interface Stored<Kind> {
  path: string
  result: Kind
}

/** What find-capacity leaves has no result.json of its own. */
export function isSearch(word: string): boolean {
  return basename(word) === 'search.json' || existsSync(join(word, 'search.json'))
}

/** @throws UserError when there is no search, or a file that is none. */
export function readSearch(word: string): Stored<SearchResult> {
  return readChecked(basename(word) === 'search.json' ? word : join(word, 'search.json'), isSearchResult)
}

/** @throws UserError when there is no result, or a file that is none. */
export function readResult(word: string): Stored<Result> {
  return readChecked(
    statSync(word, { throwIfNoEntry: false })?.isDirectory() ? join(word, 'result.json') : word,
    isResult,
  )
}

function readChecked<Kind>(path: string, isValid: Guard<Kind>): Stored<Kind> {
  let result: unknown
  try {
    result = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new UserError(isMissing ? `there is no ${path}` : `${path} cannot be read: ${(error as Error).message}`)
  }
  if (isValid(result)) return { path, result }
  const [first] = isValid.errors ?? []
  throw new UserError(
    `${path} is no chatgauge result: ${first?.instancePath || 'the whole file'} ${first?.message ?? ''}`,
  )
}
