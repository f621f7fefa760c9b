import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameOf, positionIn } from './answer-frame.ts'
import { peek } from './peek.ts'
import type { PlannedSession } from './plan.ts'
import { createSession, setTokens } from './session.ts'

const plan: PlannedSession = { session: 1, slot: 1, plannedMs: 5, mode: 'payload', endsBy: 'drain', endsMs: 9 }
const tokens = { alias: '201', userId: 'U', secureKey: 'k1', chatId: 'C' }
const usual = { statusCode: 0, ...tokens, nextPosition: 2, chatEnded: false, messages: [] as object[] }

function known() {
  const session = createSession(plan, 'abc', 0)
  setTokens(session, 'U', 'k1', '201')
  return session
}

const frame = frameOf(JSON.stringify(usual), known())!

test('reads the position of each answer that begins in the same way', () => {
  const messages = [{ text: '"nextPosition":9,"messages":', userData: { nextPosition: 7, statusCode: 2 } }]
  expect(positionIn(JSON.stringify({ ...usual, nextPosition: 123, messages }), frame)).toBe(123)
})

test.each([
  ['[CV2-032] a new key', { ...usual, secureKey: 'k2' }],
  ['[CV2-032] a new alias', { ...usual, alias: '202' }],
  ['the end of the chat', { ...usual, chatEnded: true }],
  ['a failure', { ...usual, statusCode: 2 }],
  ['a position that is none', { ...usual, nextPosition: 1.5 }],
  ['another order', Object.fromEntries(Object.entries(usual).reverse())],
])('%s is looked at closer', (_name, answer) => {
  expect(positionIn(JSON.stringify(answer), frame)).toBe(-1)
})

test.each(['', '{', '<html>', frame.before, `${frame.before}5`, `${frame.before}5,`])('%s is in no frame', body => {
  expect(positionIn(body, frame)).toBe(-1)
})

test.each([
  ['other tokens', { ...usual, secureKey: 'k2' }],
  ['the end of the chat', { ...usual, chatEnded: true }],
  ['no position', { ...usual, nextPosition: undefined }],
  ['the position behind the events', { statusCode: 0, ...tokens, chatEnded: false, messages: [], nextPosition: 2 }],
  ['a member of its own with the name', { x: { nextPosition: 7, messages: [] }, ...usual }],
  ['the names in user data', { userData: { ...usual }, ...usual }],
])('no frame is learned from an answer with %s', (_name, answer) => {
  expect(frameOf(JSON.stringify(answer), known())).toBeUndefined()
})

test('tells the same as peeking, or nothing', () => {
  const words = fc.constantFrom('"messages":', '"nextPosition":', '"chatEnded":true', '"', '\\', ':', '}', ',', '5')
  const text = fc.array(fc.oneof(words, fc.string()), { maxLength: 8 }).map(parts => parts.join(''))
  const answer = fc.record({
    statusCode: fc.constantFrom(0, 0, 0, 1, 2),
    secureKey: fc.constantFrom('k1', 'k1', 'k2'),
    nextPosition: fc.nat(),
    chatEnded: fc.boolean(),
    messages: fc.array(fc.record({ text, userData: fc.dictionary(text, fc.oneof(text, fc.nat())) }), { maxLength: 3 }),
  })
  fc.assert(
    fc.property(answer, changed => {
      const body = JSON.stringify({ ...usual, ...changed })
      const { statusCode, chatEnded, nextPosition } = peek(body)
      const isUsual = statusCode === 0 && !chatEnded && changed.secureKey === 'k1'
      expect(positionIn(body, frame)).toBe(isUsual ? nextPosition : -1)
    }),
  )
})
