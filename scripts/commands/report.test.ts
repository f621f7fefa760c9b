import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { renderSearchHtml } from '../../reports/search/html.ts'
import { sampleSearch } from '../../reports/search/sample.ts'
import { main } from '../program/main.ts'
import { report } from './report.ts'

const folder = mkdtempSync(join(tmpdir(), 'chatgauge-report-'))
const output = vi.spyOn(console, 'log').mockReturnValue()
const errors = vi.spyOn(console, 'error').mockReturnValue()
afterEach(() => vi.clearAllMocks())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const call = (...words: string[]) => main(['report', ...words], { report: async () => report })
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const stored = join(folder, 'result.json')
copyFileSync(fileURLToPath(new URL('../../reports/samples/fail.json', import.meta.url)), stored)

test('renders a result folder or its file, byte for byte the same', async () => {
  expect(await call(folder)).toBe(0)
  const first = ['report.html', 'summary.md', 'junit.xml'].map(read)
  expect(await call(stored, folder)).toBe(0)
  expect(['report.html', 'summary.md', 'junit.xml'].map(read)).toEqual(first)
  const elsewhere = mkdtempSync(join(folder, 'moved-'))
  copyFileSync(stored, join(elsewhere, 'result.json'))
  expect(await call(elsewhere)).toBe(0)
  expect(readFileSync(join(elsewhere, 'report.html'), 'utf8')).toBe(first[0])
  expect(output.mock.lastCall?.[0]).toMatch(/^FAIL {2}async-chat: .*\n {6}.*report\.html$/)
})

test('renders the folder of a search, byte for byte the same', async () => {
  const search = mkdtempSync(join(folder, 'search-'))
  writeFileSync(join(search, 'search.json'), JSON.stringify(sampleSearch))
  expect(await call(search)).toBe(0)
  expect(readFileSync(join(search, 'report.html'), 'utf8')).toBe(renderSearchHtml(sampleSearch))
  expect(output.mock.lastCall?.[0]).toMatch(/^ANSWER {2}find-capacity: .*\n {6}.*report\.html$/)
})

test('says what is wrong with what it was given', async () => {
  const broken = join(folder, 'broken.json')
  const other = join(folder, 'other.json')
  writeFileSync(broken, '{')
  writeFileSync(other, JSON.stringify({ ...JSON.parse(readFileSync(stored, 'utf8')), seed: 'x' }))
  expect([await call(), await call(join(folder, 'nothing')), await call(broken), await call(other)]).toEqual([
    2, 2, 2, 2,
  ])
  expect(errors.mock.calls.map(([line]) => String(line).replaceAll(`${folder}/`, ''))).toEqual([
    'chatgauge: report needs a result: a result folder or a result.json; see chatgauge report --help',
    'chatgauge: there is no nothing',
    expect.stringMatching(/^chatgauge: broken\.json cannot be read: /),
    'chatgauge: other.json is no chatgauge result: /seed must be integer',
  ])
})
