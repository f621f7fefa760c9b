import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { resultsOf, shardStories } from '../../collector/merging/fake-parts.ts'
import { isResult } from '../../schemas/generated/result-validator.js'
import type { Result } from '../../schemas/generated/types.ts'
import { readArguments } from '../program/read-arguments.ts'
import { merge } from './merge.ts'

let folder: string
let printed: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatgauge-merge-'))
  printed = []
  vi.spyOn(console, 'log').mockImplementation(line => void printed.push(String(line)))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const violationAt = (at: string, rule = 'CS-072') => `${JSON.stringify({ rule, at, session: '0.0', what: 'twice' })}\n`

async function writeParts(): Promise<string[]> {
  const results = await resultsOf(shardStories(), 2)
  return results.map((result, part) => {
    const path = join(folder, `part-${part + 1}`)
    mkdirSync(path)
    writeFileSync(join(path, 'result.json'), JSON.stringify(result))
    const lines = Array.from({ length: 80 }, (_, at) =>
      violationAt(`2026-11-20T00:00:${String(at % 60).padStart(2, '0')}Z`),
    )
    writeFileSync(join(path, 'violations.ndjson'), lines.join('') + violationAt('2026-11-19T00:00:00Z', 'CS-064'))
    return path
  })
}

const call = (...args: string[]) => merge.run(readArguments(merge, args))

test('parts make one folder, as a run does', async () => {
  const [first, second] = await writeParts()
  const out = join(folder, 'merged')
  const exit = await call(second!, join(first!, 'result.json'), '--out', out, '--junit', join(folder, 'j.xml'))
  const result: unknown = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))
  expect(isResult(result)).toBe(true)
  const { verdict, options, metrics, phases } = result as Result
  expect([exit, printed.join('\n').split('  ')[0]]).toEqual([verdict.exit, 'FAIL'])
  expect(options).not.toHaveProperty('part')
  expect(readdirSync(out).sort()).toEqual([
    ...['histograms.hlog', 'junit.xml', 'report.html', 'result.json', 'summary.md', 'violations.ndjson'],
  ])
  expect(readFileSync(join(folder, 'j.xml'), 'utf8')).toContain('<testsuite')

  const steady = /^Tag=push_latency;steady,([\d.]+),([\d.]+),[\d.]+,(\S+)$/m.exec(
    readFileSync(join(out, 'histograms.hlog'), 'utf8'),
  )!
  expect(decodeFromCompressedBase64(steady[3]!).totalCount).toBe(metrics.push_latency!.steady!.count)
  expect([Number(steady[1]), Number(steady[2])]).toEqual([phases[0]!.seconds, phases[1]!.seconds])

  const kept = readFileSync(join(out, 'violations.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(kept.filter(({ rule }) => rule === 'CS-064')).toHaveLength(2)
  expect(kept.filter(({ rule }) => rule === 'CS-072')).toHaveLength(100)
  expect(kept.map(({ at }) => at)).toEqual(kept.map(({ at }) => at).sort())
})

test('what does not belong together is refused and nothing is written', async () => {
  const [first] = await writeParts()
  await expect(call(first!, '--out', join(folder, 'merged'))).rejects.toThrow('part 2 of 2 is missing')
  await expect(call()).rejects.toThrow(/merge needs the results of all parts/)
  expect(readdirSync(folder).sort()).toEqual(['part-1', 'part-2'])
})
