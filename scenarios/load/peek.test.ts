import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasTokens, peek } from './peek.ts'

const nasty = '"nextPosition":7,"statusCode":2,"chatEnded":true \\"nextPosition":8} \\\\"statusCode":1'

test('reads what steers a session', () => {
  const answer = { messages: [], chatEnded: false, statusCode: 0, nextPosition: 12 }
  expect(peek(JSON.stringify(answer))).toEqual({ statusCode: 0, chatEnded: false, nextPosition: 12 })
  expect(peek('{"statusCode":0,"chatEnded":true,"nextPosition":3}')).toMatchObject({ chatEnded: true })
})

test.each([
  ['a text with the same words', { messages: [{ text: nasty }], statusCode: 0, chatEnded: false, nextPosition: 5 }],
  [
    'user data with the same names',
    {
      messages: [{ userData: { nextPosition: '9', statusCode: '2', chatEnded: 'true' } }],
      statusCode: 0,
      chatEnded: false,
      nextPosition: 5,
    },
  ],
  [
    'user data with numbers',
    {
      messages: [{ userData: { nextPosition: 9, chatEnded: true } }],
      statusCode: 0,
      chatEnded: false,
      nextPosition: 5,
    },
  ],
  [
    'a name that ends with the words',
    { messages: [{ userData: { 'x"nextPosition': 9 } }], statusCode: 0, chatEnded: false, nextPosition: 5 },
  ],
  [
    'user data whose number has another end',
    { nextPosition: 5, statusCode: 0, chatEnded: false, userData: { ' chatEnded': true } },
  ],
])('is not misled by %s', (_name, answer) => {
  const read = { statusCode: 0, chatEnded: false, nextPosition: 5 }
  expect(peek(JSON.stringify(answer))).toEqual(read)
  expect(peek(JSON.stringify(answer, null, 2))).toEqual(read)
})

test.each([
  ['{"statusCode":2,"chatEnded":true,"messages":[],"errors":[]}', { statusCode: 2, chatEnded: true, nextPosition: -1 }],
  ['{"errors":[]}', { statusCode: undefined, chatEnded: false, nextPosition: -1 }],
  ['{"statusCode":0,"chatEnded":false,"nextPosition":1.5}', { statusCode: 0, chatEnded: false, nextPosition: -1 }],
  ['{"statusCode":0,"chatEnded":false,"nextPosition":1e3}', { statusCode: 0, chatEnded: false, nextPosition: 1_000 }],
  ['null', { statusCode: undefined, chatEnded: false, nextPosition: -1 }],
  ['<html>', { statusCode: undefined, chatEnded: false, nextPosition: -1 }],
  ['', { statusCode: undefined, chatEnded: false, nextPosition: -1 }],
])('%s falls to the parser', (body, read) => {
  expect(peek(body)).toEqual(read)
})

test('reads the same as the parser, whatever texts and user data an answer has', () => {
  const words = fc.constantFrom(
    '"nextPosition":',
    'nextPosition',
    '"',
    '\\',
    ':',
    '"statusCode":0',
    'chatEnded',
    '}',
    ',',
    '5',
  )
  const text = fc.array(fc.oneof(words, fc.string()), { maxLength: 8 }).map(parts => parts.join(''))
  const message = fc.record({ text, userData: fc.dictionary(text, fc.oneof(text, fc.nat())) })
  const answer = fc.record({
    messages: fc.array(message, { maxLength: 3 }),
    statusCode: fc.nat({ max: 2 }),
    chatEnded: fc.boolean(),
    nextPosition: fc.nat(),
  })
  fc.assert(
    fc.property(answer, ({ messages, ...steering }) => {
      expect(peek(JSON.stringify({ messages, ...steering }))).toEqual(steering)
      expect(peek(JSON.stringify({ ...steering, messages }))).toEqual(steering)
    }),
  )
})

test('[CV2-032] sees whether the tokens changed', () => {
  const body = '{"secureKey":"abc","alias":"201","text":"\\"alias\\":\\"202\\""}'
  expect([hasTokens(body, 'abc', '201'), hasTokens(body, 'ab', '201'), hasTokens(body, 'abc', '202')]).toEqual([
    true,
    false,
    false,
  ])
})
