import { expect, test } from 'vitest'
import type { AnsweredEvent, ChatAnswer } from '../../chat/answer.ts'
import { writeMarker } from '../../marker.ts'
import { createSessionWatch } from '../session-watch.ts'

const mark = (session: number, sequence: number) =>
  writeMarker({ run: 'r', side: 'a', shard: 0, session, sequence, plannedMs: 1_000, latenessUs: 0 })

function said(index: number, { session = 0, participantId = 2 } = {}): AnsweredEvent {
  const from = { nickname: 'n', participantId, type: participantId === 1 ? ('Client' as const) : ('Agent' as const) }
  return { from, index, type: 'Message', text: `${mark(session, index)}hi`, utcTime: 1_000 }
}

function notified(messages: AnsweredEvent[], more: Partial<ChatAnswer> = {}): ChatAnswer {
  return { statusCode: 0, chatEnded: false, messages, nextPosition: (messages.at(-1)?.index ?? 0) + 1, ...more }
}

function watched() {
  const watch = createSessionWatch({
    ...{ mode: 'off', notifyRequestor: false, isComet: true, run: 'r', shard: 0, session: 0 },
  })
  return {
    hears: (notification: ChatAnswer) => watch.notification({ notification, receivedMs: 50 }).map(({ rule }) => rule),
    answers: (operation: string, answer: ChatAnswer, position = -1) =>
      watch.answer({ operation, position, sentMs: 2_000, answeredMs: 2_010, answer }).map(({ rule }) => rule),
  }
}

test('one event after the other is silent, and so is the answer that shows them all', () => {
  const { hears, answers } = watched()
  expect([hears(notified([said(1)])), hears(notified([said(2)]))]).toEqual([[], []])
  expect(answers('finalRefresh', notified([said(1), said(2)]), 1)).toEqual([])
})

test('[CV2-116] a notification has exactly one event', () => {
  const { hears } = watched()
  expect(hears(notified([]))).toEqual(['CV2-116'])
  expect(hears(notified([said(1), said(2)]))).toEqual(['CV2-116'])
})

test('[CV2-127] the event of another chat is not for this client', () => {
  expect(watched().hears(notified([said(1, { session: 9 })]))).toEqual(['CV2-127'])
})

test('[CV2-145] nothing follows the notification that the chat has ended', () => {
  const { hears } = watched()
  expect(hears(notified([said(1)], { chatEnded: true }))).toEqual([])
  expect(hears(notified([said(2)]))).toEqual(['CV2-145'])
})

test('[CV2-117] the answer to an operation shows its own event and no other', () => {
  const { answers } = watched()
  const sent = { ...said(2, { participantId: 1 }), text: undefined } as unknown as AnsweredEvent
  expect(answers('startTyping', notified([{ ...sent, type: 'TypingStarted' }]))).toEqual([])
  expect(answers('startTyping', notified([said(3)]))).toEqual(['CV2-117'])
})

test('[CV2-129] the answer from a position has every event that was heard from there on', () => {
  const { hears, answers } = watched()
  hears(notified([said(1)]))
  hears(notified([said(2)]))
  expect(answers('resume', notified([said(3)]), 2)).toEqual(['CV2-129'])
})
