import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSample } from '../../reports/samples/read-sample.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { keepResult } from './keep-result.ts'
import { openLogFile } from './log-file.ts'

const folderOf = () => mkdtempSync(join(tmpdir(), 'chatgauge-keep-'))
const settings = (folder: string) => ({ folder, junit: undefined, summary: undefined })

/** Stands for judging: what could not be written is the sentence of the verdict. */
function resultOf(unwritten: readonly string[]): Result {
  const result = readSample('pass')
  if (unwritten.length > 0)
    result.verdict = { ...result.verdict, exit: 3, word: 'invalid', sentence: unwritten.join('; ') }
  return result
}

const read = (folder: string) => JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as Result

test('everything is written: the verdict is as it was judged', async () => {
  const folder = folderOf()
  const kept = await keepResult(settings(folder), [], resultOf)
  expect([kept.result.verdict.exit, kept.report]).toEqual([0, join(folder, 'report.html')])
  expect(read(folder)).toEqual(kept.result)
})

test('the report cannot be written: the verdict and the result that is kept say so', async () => {
  const folder = folderOf()
  mkdirSync(join(folder, 'report.html'))
  const kept = await keepResult(settings(folder), [], resultOf)
  expect(kept.result.verdict).toMatchObject({
    exit: 3,
    sentence: expect.stringMatching(/^the reports could not be written: E/),
  })
  expect([kept.report, read(folder)]).toEqual([folder, kept.result])
})

test.skipIf(!existsSync('/dev/full'))('result.json on a full disk: the verdict and the report say so', async () => {
  const folder = folderOf()
  symlinkSync('/dev/full', join(folder, 'result.json.part'))
  const kept = await keepResult(settings(folder), ['violations.ndjson could not be written: ENOSPC'], resultOf)
  const sentence = /^violations.ndjson could not be written: ENOSPC; result.json could not be written: ENOSPC/
  expect(kept.result.verdict).toMatchObject({ exit: 3, sentence: expect.stringMatching(sentence) })
  expect(readFileSync(kept.report, 'utf8')).toContain('result.json could not be written: ENOSPC')
})

test.skipIf(!existsSync('/dev/full'))('a log on a full disk is a sentence, no crash', async () => {
  const folder = folderOf()
  symlinkSync('/dev/full', join(folder, 'k6.log'))
  const log = openLogFile(join(folder, 'k6.log'))
  log.stream.write('something\n')
  await expect.poll(log.problem).toMatch(/^k6.log could not be written: ENOSPC/)
})
