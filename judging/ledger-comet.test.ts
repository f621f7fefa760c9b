import { expect, test } from 'vitest'
import { createLedger } from './ledger.ts'
import { balanced } from './ledger-counts.ts'
import type { SeenEvent } from './session-ledger.ts'

/** A customer on a CometD connection; what the ledger tells is written down. */
function heardBy() {
  const told: string[] = []
  const rules = { isPushed: () => true, notifiesRequestor: false, isLenient: false, observeMs: 1_000 }
  const ledger = createLedger<string>(rules, {
    delivered: (_, { index }, atMs) => void told.push(`${index} at ${atMs}`),
    wrong: (_, kind, post) => void told.push(`${kind} ${post.event?.index}`),
    missed: (_, { index }, as) => void told.push(`${as} ${index}`),
  })
  const session = ledger.open('s', 'comet')
  const event = (index: number, isOwn = false): SeenEvent => ({ index, type: 'Message', isOwn })
  return {
    ledger,
    told,
    event,
    answers: (from: number, events: SeenEvent[], answeredMs: number, isTriggered = false) =>
      ledger.answered(session, {
        from,
        events,
        answeredMs,
        isTriggered,
        nextPosition: (events.at(-1)?.index ?? from) + 1,
      }),
    hears: (
      index: number,
      receivedMs: number,
      more: { askedMs?: number; isUnordered?: boolean; isOwn?: boolean } = {},
    ) =>
      ledger.posted(session, {
        ...{ mode: 'comet', receivedMs, askedMs: receivedMs, event: event(index, more.isOwn), ...more },
      }),
    counts() {
      const { byType, ...counts } = ledger.counts
      expect(balanced(ledger.counts, [], []).imbalances).toEqual([])
      return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
    },
  }
}

test('each event of somebody else is to be heard once; what the last look alone shows is lost', () => {
  const { answers, hears, event, ledger, counts, told } = heardBy()
  answers(1, [event(1, true)], 10, true)
  hears(2, 20)
  hears(4, 40)
  answers(1, [event(1, true), event(2), event(3, true), event(4), event(5)], 50)
  ledger.close('lost')
  expect(counts()).toEqual({ expected: 3, delivered: 2, lost: 1, posts: 2 })
  expect(told).toEqual(['2 at 20', '4 at 40', 'lost 5'])
})

test('[CV2-131] the answer to a resume is how its events were heard, and a notification of one is a duplicate', () => {
  const { answers, hears, event, counts, told } = heardBy()
  answers(1, [], 10, true)
  hears(1, 20)
  answers(2, [event(2), event(3)], 30, true)
  hears(3, 40)
  hears(4, 50)
  answers(1, [event(1), event(2), event(3), event(4)], 60)
  expect(counts()).toEqual({ expected: 4, delivered: 2, covered: 2, posts: 3, duplicate: 1 })
  expect(told).toEqual(['1 at 20', '2 at 30', '3 at 30', 'duplicate 3', '4 at 50'])
})

test('what was on its way before that answer may repeat it', () => {
  const { answers, hears, event, counts } = heardBy()
  answers(1, [event(1)], 30, true)
  hears(1, 40, { askedMs: 20 })
  expect(counts()).toEqual({ expected: 1, covered: 1, posts: 1, repeated: 1 })
})

test('[CV2-119] [CV2-120] doubles, wrong order and own events are told; what may have overtaken others is in no order', () => {
  const { answers, hears, event, counts, told } = heardBy()
  answers(1, [], 10, true)
  hears(3, 20)
  hears(2, 30)
  hears(3, 40)
  hears(1, 50, { isUnordered: true })
  hears(4, 60, { isOwn: true })
  answers(1, [event(1), event(2), event(3), event(4, true)], 70)
  expect(told).toEqual(['3 at 20', 'out-of-order 2', '2 at 30', 'duplicate 3', '1 at 50', 'foreign 4'])
  expect(counts()).toEqual({ expected: 3, delivered: 3, posts: 5, duplicate: 1, foreign: 1, outOfOrder: 1 })
})
