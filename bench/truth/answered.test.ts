import { describe, expect, it } from 'vitest'
import { writeMarker } from '../../protocol/marker.ts'
import { answeredSends } from './answered.ts'

const text = (side: 'a' | 'c', session: number, sequence: number) =>
  `${writeMarker({ run: 'r', side, shard: 0, session, sequence, plannedMs: 900 + sequence, latenessUs: 250 })}hello`
const answer = (clientId: string, atMs: number, ...texts: string[]) => ({ clientId, atMs, texts })

describe('sends over CometD', () => {
  it('are answered by the first answer that shows their text; what others said and the end of the drain are not asked', () => {
    const shown = [
      answer('one', 800),
      answer('one', 910, text('a', 1, 1), text('c', 1, 1)),
      answer('two', 915, text('c', 2, 1)),
      answer('one', 920, text('c', 1, 2)),
      answer('one', 5_000, text('c', 1, 1), text('a', 1, 1), text('c', 1, 2)),
    ]
    expect(answeredSends(shown)).toEqual([
      { plannedMs: 901, sentMs: 901.25, begunMs: 910 },
      { plannedMs: 901, sentMs: 901.25, begunMs: 915 },
      { plannedMs: 902, sentMs: 902.25, begunMs: 920 },
    ])
  })

  it('are not joined where a client was answered with texts of two customers', () => {
    const shown = [answer('one', 910, text('c', 1, 1)), answer('one', 920, text('c', 2, 1))]
    expect(() => answeredSends(shown)).toThrow('client one was answered with a text of customer 0.2, earlier of 0.1')
  })
})
