import { readFileSync } from 'node:fs'
import { parse } from 'junit2json'
import { describe, expect, it } from 'vitest'
import { renderConformanceJunit } from '../../reports/conformance/junit.ts'
import { sampleResult } from '../../reports/conformance/sample.ts'
import { ciReadersText, type ReadSuites } from './ci-readers.ts'
import { wrongInJunit } from './surefire-report.ts'

// JUnit XML as others read it: a schema, a parser that is not ours, and what the CI systems keep of it.

const golden = new URL('../../reports/golden/', import.meta.url)
const text = renderConformanceJunit(sampleResult)

describe('the Surefire report schema', () => {
  it.each(['conformance/junit.xml', 'pass.xml', 'fail.xml', 'invalid.xml', 'interrupted.xml', 'tiny.xml'])(
    'takes %s',
    async name => {
      expect(await wrongInJunit(readFileSync(new URL(name, golden), 'utf8'))).toEqual([])
    },
  )

  it.each([
    ['a suite without its name', (xml: string) => xml.replace('<testsuite name="', '<testsuite title="')],
    ['a time with a comma', (xml: string) => xml.replace('time="0.012"', 'time="0,012"')],
    ['a failure without a type', (xml: string) => xml.replace(' type="CV2-085"', '')],
    ['two cases of one name', (xml: string) => xml.replace('PUSH-071/x', 'PUSH-070/x')],
    ['a character that XML does not know', (xml: string) => xml.replace('nextPosition', '\u0007')],
  ])('refuses %s', async (_what, spoil) => {
    expect(spoil(text)).not.toBe(text)
    expect(await wrongInJunit(spoil(text))).not.toEqual([])
  })
})

it('a parser that is not ours finds each case with its outcome', async () => {
  const { testsuite } = (await parse(text)) as ReadSuites
  const found = testsuite.flatMap(suite =>
    suite.testcase.map(each => {
      const [outcome] = (['failure', 'error', 'skipped'] as const).filter(kind => each[kind] !== undefined)
      return `${each.name!.split(' ')[0]} ${outcome ?? 'passed'}`
    }),
  )
  expect(found).toEqual([
    'CV2-087/after-send passed',
    'CV2-085/middle failure',
    'CV2-086/x error',
    'CV2-088/x passed',
    'PUSH-070/x passed',
    'PUSH-071/x skipped',
    'PUSH-075/x skipped',
    'known failure',
  ])
  expect(testsuite[0]!.testcase[1]!.failure![0]!.inner).toContain('expected  "<b>three</b>" & ]]>')
})

it('what the CI systems keep still says area, section, case and rule (vitest -u writes it)', async () => {
  const read = ciReadersText((await parse(text)) as ReadSuites)
  await expect(read).toMatchFileSnapshot('../../reports/golden/conformance/ci-readers.txt')
  for (const line of read.split('\n').filter(each => each.startsWith('  ')))
    expect(line).toMatch(/(CV2|PUSH)-\d+\/|known failing list/)
})
