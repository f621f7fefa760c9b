import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { sampleComparison } from '../../reports/comparison/sample.ts'
import { readSample } from '../../reports/samples/read-sample.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { readBaseline } from '../compare/baseline.ts'
import { main } from '../program/main.ts'
import { compare } from './compare.ts'

const folder = mkdtempSync(join(tmpdir(), 'chatgauge-compare-'))
const output = vi.spyOn(console, 'log').mockReturnValue()
const errors = vi.spyOn(console, 'error').mockReturnValue()
afterEach(() => vi.clearAllMocks())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const call = (...words: string[]) => main(['compare', ...words], { compare: async () => compare })
const printed = () => output.mock.calls.flat().join('\n')

function store(name: string, result: Result): string {
  const path = join(folder, name)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'result.json'), JSON.stringify(result))
  return path
}
const before = sampleComparison('worse').baselines[0]!
const slower = sampleComparison('worse').results[0]!
const pass = store('pass', before)
const worse = store('worse', slower)

test('a result that is worse: table, verdict as the last lines, page and Markdown beside it, exit 1', async () => {
  expect(await call(worse, join(pass, 'result.json'))).toBe(1)
  expect(printed()).toMatch(/^differs: --receiver-delay /)
  expect(printed()).toContain('note: they ran on different machines (cpus)')
  expect(printed()).toMatch(/\npush_latency p99 +1\d\d ms +[\d.]+ ms +\+\d+ % +\+\d+ to \+\d+ % +worse\n/)
  expect(printed()).toMatch(/\nWORSE {2}async-chat: push_latency p50 .*; and \d+ more\n {7}.*comparison\.html$/)
  expect(['comparison.html', 'comparison.md'].map(file => existsSync(join(worse, file)))).toEqual([true, true])
})

test('the other way round it is better, and no failure; the page stands where it was asked', async () => {
  const html = join(folder, 'page.html')
  expect(await call(pass, worse, '--html', html)).toBe(0)
  expect(printed()).toMatch(/\nBETTER {2}async-chat: /)
  expect([existsSync(html), existsSync(join(folder, 'page.md')), existsSync(join(pass, 'comparison.html'))]).toEqual([
    ...[true, true, false],
  ])
})

test('a run beside itself shows no difference', async () => {
  expect(await call(pass, pass)).toBe(0)
  expect(printed()).toMatch(/note: both are the same run[\s\S]*\nNO DIFFERENCE SHOWN {2}async-chat: \d+ statistics; /)
})

test.each([
  ['push_latency p(99) 10%', 1, 'REGRESSION'],
  ['push_latency p(99) 200%', 0, 'NO REGRESSION'],
  ['refresh_latency p(99) 20%', 0, 'NO REGRESSION'],
  ['request_chat_latency p(99) 1%', 3, 'INCONCLUSIVE'],
])('held to %s: exit %d, %s', async (bound, exit, word) => {
  expect(await call(worse, pass, '--max-regression', bound)).toBe(exit)
  expect(printed()).toContain(`\n${word}  async-chat: `)
})

test('--json is the whole comparison on stdout, all else on stderr', async () => {
  await call(worse, pass, '--json')
  expect(output).toHaveBeenCalledTimes(1)
  expect(JSON.parse(printed())).toMatchObject({ word: 'worse', exit: 1, rows: expect.any(Array) })
  expect(errors.mock.calls.flat().join('\n')).toContain('push_latency p99')
})

test('an invalid result is compared with nothing: exit 3, and why', async () => {
  expect(await call(store('invalid', readSample('invalid')), pass, '--unlike')).toBe(3)
  expect(printed()).toContain('NOT COMPARABLE  async-chat: the result cannot be compared: it is invalid')
})

test('folders of result folders are repeats: the spread between runs decides, and one run is not compared with them', async () => {
  for (const number of [1, 2, 3]) {
    store(`new/${number}`, slower)
    store(`old/${number}`, { ...before, run: `old${number}` })
  }
  const many = join(folder, 'new')
  expect(await call(many, join(folder, 'old'))).toBe(1)
  expect(printed()).toContain('by the spread of 3 and 3 runs.')
  expect(printed()).toContain('note: 3 and 3 repeats show large differences only; take 5 or more of each')
  expect(existsSync(join(many, 'comparison.html'))).toBe(true)
  expect(await call(many, pass)).toBe(2)
  expect(String(errors.mock.lastCall?.[0]).replaceAll(`${folder}/`, '')).toBe(
    'chatgauge: new holds 3 results and pass one: repeats are compared with repeats',
  )
})

test('bad input ends with 2 and one line', async () => {
  const other = structuredClone(before)
  other.options = { ...other.options, sessions: 500 }
  const unlike = store('unlike', other)
  copyFileSync(fileURLToPath(import.meta.url), join(folder, 'broken.json'))
  const exits = [
    ...[await call(pass), await call(pass, worse, pass), await call(pass, join(folder, 'nothing'))],
    ...[await call(pass, join(folder, 'broken.json')), await call(unlike, pass)],
    await call(pass, pass, '--max-regression', 'push_latncy p(99) 10%'),
  ]
  expect(exits).toEqual([2, 2, 2, 2, 2, 2])
  expect(errors.mock.calls.map(([line]) => String(line).replaceAll(`${folder}/`, ''))).toEqual([
    'chatgauge: compare needs two results, the new one and its baseline; see chatgauge compare --help',
    'chatgauge: compare needs two results, the new one and its baseline; see chatgauge compare --help',
    'chatgauge: there is no nothing',
    expect.stringMatching(/^chatgauge: broken\.json cannot be read: /),
    'chatgauge: these are runs of different loads: --sessions 500 in the result, 2000 in the baseline; --unlike compares them all the same',
    "chatgauge: --max-regression 'push_latncy p(99) 10%': there is no metric push_latncy; did you mean push_latency?",
  ])
  expect(await call(unlike, pass, '--unlike')).toBe(0)
  expect(printed()).toContain('note: the loads differ (--sessions): a difference may be theirs')
})

test('the baseline of a run is refused before the start when they could not be compared', () => {
  const { scenario, options } = before
  const bounds = ['push_latency p(99) 10%']
  expect(readBaseline(pass, bounds, { scenario, options })).toMatchObject({
    path: pass,
    bounds: [{ metric: 'push_latency', statistic: 'p99', allowed: { share: 0.1 } }],
  })
  const refused = (path: string, more: Result['options'] = {}) =>
    expect(() => readBaseline(path, bounds, { scenario, options: { ...options, ...more } }))
  refused(join(folder, 'nothing')).toThrow('there is no')
  refused(store('stopped', readSample('interrupted'))).toThrow('cannot be compared with: it was interrupted')
  refused(pass, { sessions: 7 }).toThrow('is of another load: --sessions 7 in this run, 2000 in the baseline')
  expect(readFileSync(join(pass, 'result.json'), 'utf8')).toBe(JSON.stringify(before))
})
