import { dirname, join } from 'node:path'
import type { SearchResult } from '../../schemas/generated/types.ts'
import { UserError } from '../program/user-error.ts'

interface TrialFolder {
  number: number
  folder: string
}

/** Trials of `run find-capacity` that held: those that confirm the answer, else all that passed. */
export function passingTrials(file: string, { trials, answer }: SearchResult): TrialFolder[] {
  const passed = trials.filter(({ verdict }) => verdict === 'pass')
  // Above the limit some trials pass by luck.
  const most = answer?.holds ?? Number.POSITIVE_INFINITY
  const confirming = passed.filter(({ purpose, rate }) => purpose === 'confirm' && rate <= most)
  if (passed.length === 0) throw new UserError(`nothing can be planned from ${file}: none of its trials passed`)
  return (confirming.length > 0 ? confirming : passed).map(({ number, folder }) => ({
    number,
    folder: join(dirname(file), folder),
  }))
}
