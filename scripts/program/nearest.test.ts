import { expect, it } from 'vitest'
import { didYouMean, nearest } from './nearest.ts'

const known = ['sessions', 'session-length', 'seed', 'serve', 'receive', 'run']

it.each([
  ['sesions', 'sessions'],
  ['sessoins', 'sessions'],
  ['recieve', 'receive'],
  ['rnu', 'run'],
  ['session-', 'sessions'],
  ['completely-different', undefined],
])('%s most likely means %s', (word, expected) => {
  expect(nearest(word, known)).toBe(expected)
})

it('asks only when something is near', () => {
  expect([didYouMean('sede', known), didYouMean('xyzzy', known)]).toEqual([' (did you mean seed?)', ''])
})
