import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { unlikeLoads } from '../../judging/comparison/likeness.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { readResult } from '../program/read-result.ts'
import { UserError } from '../program/user-error.ts'
import { unlikeText } from './baseline.ts'

export interface Runs {
  /** As it was given. */
  word: string
  /** Where reports about them go. */
  folder: string
  results: readonly Result[]
}

/** A result folder, a result.json, or a folder of result folders: repeats of one run. @throws UserError */
export function readRuns(word: string): Runs {
  const isFolder = statSync(word, { throwIfNoEntry: false })?.isDirectory() ?? false
  const inside = isFolder && !existsSync(join(word, 'result.json')) ? repeatsIn(word) : []
  if (inside.length > 0) return { word, folder: word, results: inside.map(folder => readResult(folder).result) }
  const { path, result } = readResult(word)
  return { word, folder: dirname(path), results: [result] }
}

function repeatsIn(folder: string): string[] {
  return readdirSync(folder)
    .toSorted()
    .map(name => join(folder, name))
    .filter(path => existsSync(join(path, 'result.json')))
}

/** @throws UserError for repeats on one side only, and unless `isUnlikeAllowed` for runs of different loads. */
export function assertAlike(runs: Runs, baselines: Runs, isUnlikeAllowed: boolean): void {
  const [own, before] = [runs.results.length, baselines.results.length]
  if (own > 1 !== before > 1) {
    const [many, one] = own > 1 ? [runs, baselines] : [baselines, runs]
    throw new UserError(
      `${many.word} holds ${many.results.length} results and ${one.word} one: repeats are compared with repeats`,
    )
  }
  if (isUnlikeAllowed) return
  for (const result of [...runs.results, ...baselines.results.slice(1)]) {
    const unlike = unlikeLoads(result, baselines.results[0]!)
    if (unlike.length === 0) continue
    const who = own > 1 ? `run ${result.run}` : 'the result'
    throw new UserError(
      `these are runs of different loads: ${unlikeText(unlike, who)}; --unlike compares them all the same`,
    )
  }
}
