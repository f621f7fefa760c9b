import { expect, test } from 'vitest'
import type { BenchCase } from './case.ts'
import { chooseCases } from './choose-cases.ts'

const benchCase = (name: string, parts?: string[]) => ({ name, ...(parts && { parts }) }) as unknown as BenchCase
const start = benchCase('start')
const truth = benchCase('truth', ['nothing planted', 'CometD, nothing planted', 'CometD, const(50ms)'])

test('cases are chosen by name, or those parts of one that have something in theirs', () => {
  const choose = (...names: string[]) => chooseCases([start, truth], names)
  expect(choose()).toEqual([start, truth].map(each => ({ benchCase: each, parts: undefined })))
  expect(choose('truth')).toEqual([{ benchCase: truth, parts: undefined }])
  expect(choose('truth:cometd', 'start')).toEqual([
    { benchCase: truth, parts: ['CometD, nothing planted', 'CometD, const(50ms)'] },
    { benchCase: start, parts: undefined },
  ])
})

test('what is not there is named beside what is', () => {
  const wrong = (name: string) => (chooseCases([start, truth], [name]) as { wrong: string }).wrong
  expect(wrong('stop')).toBe('no case stop; there are start, truth')
  expect(wrong('start:cometd')).toBe('nothing of start has cometd in its name; there is one part')
  expect(wrong('truth:rest')).toContain('nothing of truth has rest in its name; there is nothing planted; CometD,')
})
