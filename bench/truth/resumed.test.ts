import { describe, expect, it } from 'vitest'
import { writeMarker } from '../../protocol/marker.ts'
import { parseOptions } from '../../scenarios/options.ts'
import { plannedCuts } from './planned-sends.ts'
import { stampedResumes } from './resumed.ts'

const by = (side: 'a' | 'c', session: number) =>
  `${writeMarker({ run: 'r', side, shard: 0, session, sequence: 1, plannedMs: 900, latenessUs: 0 })}hello`
const answer = (clientId: string, atMs: number, ...texts: string[]) => ({ clientId, atMs, texts })
const cuts = new Map([
  ['0.1', 1_000],
  ['0.2', 1_100],
])

describe('customers that come back', () => {
  it('are back with the first answer behind their cut, as the old client or a new one', () => {
    const shown = [
      answer('one', 500, by('c', 1)),
      answer('two', 510),
      answer('one', 2_000),
      answer('new', 2_150),
      answer('one', 2_300, by('c', 1)),
      answer('nobody', 2_400),
    ]
    const notified = [
      { clientId: 'two', index: 3, atMs: 600, text: by('a', 2) },
      { clientId: 'new', index: 4, atMs: 2_500, text: by('a', 2) },
    ]
    expect(stampedResumes({ notified, shown }, cuts)).toEqual([
      { cutMs: 1_000, answeredMs: 2_000 },
      { cutMs: 1_100, answeredMs: 2_150 },
    ])
  })

  it('are not joined where a client was sent texts of two chats', () => {
    const shown = [answer('one', 500, by('c', 1)), answer('one', 600, by('a', 2))]
    expect(() => stampedResumes({ notified: [], shown }, cuts)).toThrow(
      'client one was sent texts of chat 0.2, earlier of 0.1',
    )
  })

  it('were cut when the seed says', () => {
    const texts = { sessions: '4', arrival: '4/s', 'warm-up': '1s', hold: '10s', cut: '50%..90%' }
    const { options } = parseOptions(Object.entries({ ...texts, 'session-length': 'const(1h)' }), 'cometd-chat')
    const run = { options: options!, seed: 1, shards: 2, startMs: 0, steadyMs: 2_000, drainMs: 12_000 }
    expect([...plannedCuts(run)]).toEqual([
      ['0.0', 7_000],
      ['0.1', 9_000],
      ['1.0', 8_000],
      ['1.1', 10_000],
    ])
  })
})
