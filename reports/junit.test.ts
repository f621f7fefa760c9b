import { expect, test } from 'vitest'
import type { Result } from '../schemas/generated/types.ts'
import { renderJunit } from './junit.ts'
import { readSample, sampleNames } from './samples/read-sample.ts'

interface ReadCase {
  name: string
  classname: string
  outcomes: string[]
}

function casesOf(junit: string): ReadCase[] {
  return [
    ...junit.matchAll(/<testcase name="([^"]*)" classname="([^"]*)" time="0"(?:\/>|>([\s\S]*?)<\/testcase>)/g),
  ].map(([, name, classname, inside]) => ({
    name: name as string,
    classname: classname as string,
    outcomes: [...(inside ?? '').matchAll(/<(failure|error|skipped)[ >]/g)].map(([, outcome]) => outcome as string),
  }))
}

const bad = (junit: string) => casesOf(junit).filter(({ outcomes }) => outcomes.some(outcome => outcome !== 'skipped'))

test.each(sampleNames)('JUnit of sample %s', async name => {
  await expect(renderJunit(readSample(name))).toMatchFileSnapshot(`./golden/${name}.xml`)
})

test.each(sampleNames)('cases of sample %s have unique names, one outcome, and agree with the totals', name => {
  const result = readSample(name)
  const junit = renderJunit(result)
  const cases = casesOf(junit)
  const keys = cases.map(({ name: of, classname }) => `${classname} ${of}`)
  expect(keys).toEqual([...new Set(keys)])
  expect(cases.filter(({ outcomes }) => outcomes.length > 1)).toEqual([])
  const count = (outcome: string) => cases.filter(({ outcomes }) => outcomes.includes(outcome)).length
  expect(junit).toContain(`tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" time=`)
  expect(bad(junit).length > 0).toBe(result.verdict.exit !== 0)
})

test.each([
  ['could-not-run', 2],
  ['interrupted', 130],
  ['arrived-wrong', 1],
  ['validity', 3],
  ['threshold', 1],
  ['regression', 1],
  ['inconclusive', 3],
] as const)('a reason of kind %s that nothing else shows is a bad case', (kind, exit) => {
  const result: Result = readSample('pass')
  result.verdict.reasons = [{ exit, kind, text: 'because of something' }]
  const [only, ...others] = bad(renderJunit(result))
  expect(only?.outcomes).toEqual([exit === 1 ? 'failure' : 'error'])
  expect(others).toEqual([])
})

test('nothing that XML 1.0 forbids gets in', () => {
  const result = readSample('fail')
  const text = 'a\u0000b\u001b[31m\ufffe\ud800<x a="1">]]>&\r\n'
  result.violations.byRule = [
    { rule: text, count: 1, what: text, judged: true, example: { expected: text, found: text } },
  ]
  const junit = renderJunit(result)
  expect(junit).not.toMatch(/(?![\t\n\r])\p{Cc}|[\ud800-\udfff\ufffe]/u)
  expect(junit).toContain('name="a�b�[31m��&#60;x a=&#34;1&#34;&#62;]]&#62;&#38;&#13;&#10;"')
})
