import { expect, test } from 'vitest'
import { emptyCounts } from '../../judging/ledger-counts.ts'
import type { RunContext } from '../run-context.ts'
import { createLiveBooks } from './live-books.ts'

test('what is expected never sinks, also when the end takes off what this target never pushes', () => {
  const counts = emptyCounts()
  const books = createLiveBooks({ ledger: { counts } } as RunContext, {
    sending: { ready: 0, sent: 0 },
    sessionsLive: () => 0,
    pushesMissing: () => 0,
    own: () => {
      throw new Error('not asked for')
    },
  })
  const seen = [5, 9, 7, 10].map(expected => {
    counts.expected = expected
    return books.pushesExpected()
  })
  expect(seen).toEqual([5, 9, 9, 10])
})
