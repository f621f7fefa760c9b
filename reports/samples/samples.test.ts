import { expect, test } from 'vitest'
import { isResult } from '../../schemas/generated/result-validator.js'
import { readSample, sampleNames } from './read-sample.ts'

test.each(sampleNames)('sample %s is a valid result', name => {
  isResult(readSample(name))
  expect(isResult.errors ?? []).toEqual([])
})
