import { describe, expect, it } from 'vitest'
import { writeMarker } from '../../protocol/marker.ts'
import { notifiedMessages } from './notified.ts'

const written = (clientId: string, session: number, index: number) => ({
  clientId,
  index,
  atMs: 1_000 + index,
  text: `${writeMarker({ run: 'r', side: 'a', shard: 0, session, sequence: 1, plannedMs: 900, latenessUs: 250 })}hello`,
})

describe('what was written to CometD sessions', () => {
  it('is planned and sent by its marker; what has none is left out', () => {
    const joined = { clientId: 'one', index: 2, atMs: 5, text: '' }
    expect(notifiedMessages([joined, written('one', 1, 3), written('two', 2, 3)])).toEqual([
      { plannedMs: 900, sentMs: 900.25, begunMs: 1_003 },
      { plannedMs: 900, sentMs: 900.25, begunMs: 1_003 },
    ])
  })

  it.each([
    ['another chat', written('one', 2, 4), 'client one was notified of chat 0.2, earlier of 0.1'],
    ['an index again', written('one', 1, 3), 'client one was notified of index 3 behind 3'],
  ])('refuses %s', (_what, second, why) => {
    expect(() => notifiedMessages([written('one', 1, 3), second])).toThrow(why)
  })
})
