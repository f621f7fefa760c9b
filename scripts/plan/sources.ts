import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import type { PushMoments, Source } from '../../planning/measured.ts'
import { whyUnusable } from '../../planning/usable-result.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { readResult } from '../commands/report.ts'
import { UserError } from '../program/user-error.ts'
import { passingTrials } from './search-trials.ts'

/** @throws UserError for the first result that nothing may be planned from. */
export function readSources(words: readonly string[]): Source[] {
  return words.flatMap(trialsOf).map(word => {
    const { path, result } = readResult(word)
    const why = whyUnusable(result)
    if (why !== undefined) throw new UserError(`nothing can be planned from ${word}: ${why}`)
    return { name: nameOf(path), result, moments: momentsOf(result) }
  })
}

/** A search for the limit stands for its trials. */
function trialsOf(word: string): string[] {
  const search = basename(word) === 'search.json' ? word : join(word, 'search.json')
  return existsSync(search) ? passingTrials(search) : [word]
}

function nameOf(path: string): string {
  return basename(path) === 'result.json' ? basename(dirname(path)) || path : basename(path)
}

/** Mean and count are exact in the result, the spread is in its histogram (integer microseconds). */
export function momentsOf(result: Result): PushMoments | undefined {
  const summary = result.metrics.push_service_time?.steady
  if (!summary || summary.mean === null || summary.count === 0) return undefined
  const { count, mean, cell } = summary
  // Without its histogram the time is taken for as spread as an exponential distribution.
  const deviationMs = cell ? decodeFromCompressedBase64(cell.histogram).stdDeviation / 1_000 : mean
  return { count, meanMs: mean, deviationMs }
}
