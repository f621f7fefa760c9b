import { readFileSync } from 'node:fs'
import type { Result } from '../../schemas/generated/types.ts'

/** Hand-made results, one for each way a run can end. */
export const sampleNames = ['pass', 'fail', 'invalid', 'interrupted', 'tiny'] as const
export type SampleName = (typeof sampleNames)[number]

/** A fresh copy, so that a test may change it. */
export function readSample(name: SampleName): Result {
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'))
}
