import { readFileSync } from 'node:fs'
import type { Result } from '../../schemas/generated/types.ts'

/** Results, hand-made for each way a run can end; `comet` is of a run whose customers were pushed and heard, each cut once. */
export const sampleNames = ['pass', 'fail', 'invalid', 'interrupted', 'tiny', 'comet'] as const
export type SampleName = (typeof sampleNames)[number]

/** A fresh copy, so that a test may change it. */
export function readSample(name: SampleName): Result {
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'))
}
