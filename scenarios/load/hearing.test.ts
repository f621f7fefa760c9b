import { expect, test } from 'vitest'
import type { ShardRow } from '../../protocol/stream/shard-stream.ts'
import { rowOf } from './answer.ts'
import { createHearing } from './hearing.ts'

const event = (index: number, participantId = 2) => ({ index, type: 'Message', from: { participantId } })
const answer = (...indexes: number[]) =>
  JSON.stringify({ statusCode: 0, messages: indexes.map(index => event(index, index === 1 ? 1 : 2)) })
const row = (operation: ShardRow['operation'], more: Partial<ShardRow> = {}): ShardRow => ({
  ...rowOf(7, operation, 1_000, 1_000),
  ...{ status: 200, ...more },
})

function customer() {
  const hearing = createHearing()
  return {
    ...hearing,
    hears: (index: number, sequence = 1) =>
      hearing.notified(row('notification', { sequence }), JSON.stringify({ data: JSON.parse(answer(index)) })),
    asks: (operation: ShardRow['operation'], ...indexes: number[]) =>
      hearing.answered(row(operation), answer(...indexes)),
  }
}

test('an event of another side that only the whole transcript shows was lost; own ones are in answers', () => {
  const { asks, hears, lost } = customer()
  asks('requestChat', 1)
  expect([hears(2), hears(4)]).toEqual([undefined, undefined])
  asks('finalRefresh', 1, 2, 3, 4)
  expect(lost()).toBe(1)
})

test('what a customer that is pushed as well did not know of when it asked may be in the answer alone', () => {
  const hearing = createHearing()
  hearing.answered(row('refresh', { sequence: 2 * 2 }), answer(2, 3))
  hearing.answered(row('finalRefresh', { sequence: 2 * 4 }), answer(1, 2, 3, 4, 5))
  // 2 and 4 were known of, 3 and 5 were not.
  expect(hearing.lost()).toBe(2)
})

test('the answer to a resume brings what was missed, and a notification behind the whole transcript still counts', () => {
  const { asks, hears, lost } = customer()
  asks('resume', 2, 3)
  asks('finalRefresh', 1, 2, 3, 4)
  expect(hears(4)).toBeUndefined()
  expect(lost()).toBe(0)
})

test('[CV2-119] twice is a double, and lower than before is out of order', () => {
  const { hears } = customer()
  expect([hears(3), hears(3), hears(2)]).toEqual([undefined, 'duplicate', 'out-of-order'])
})

test('[CV2-131] what a resume has shown is doubled, but for one that was on the other connection of long polling, once', () => {
  const { asks, hears } = customer()
  asks('resume', 2, 3)
  expect([hears(2), hears(3, 0), hears(3, 0)]).toEqual(['duplicate', undefined, 'duplicate'])
})

test('what is no answer, and no JSON, says nothing', () => {
  const { answered, notified, lost } = createHearing()
  answered(row('finalRefresh', { status: 0 }), '')
  answered(row('finalRefresh'), '<html>')
  expect(notified(row('notification'), 'null')).toBeUndefined()
  expect(lost()).toBe(0)
})
