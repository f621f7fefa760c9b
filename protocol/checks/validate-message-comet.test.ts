import { expect, it } from 'vitest'
import { validateMessage } from './validate-message.ts'

const channel = '/service/chatV2/care'
const from = { nickname: 'Bob', participantId: 2, type: 'Agent' }
const said = { from, index: 7, type: 'Message', text: 'hi', utcTime: 1_600_000_001_000 }
const tokens = { alias: '0', secureKey: 'token', userId: 'deprecated', chatId: 'deprecated' }
const answer = { messages: [said], chatEnded: false, statusCode: 0, ...tokens, nextPosition: 8 }
const notification = { ...answer, monitored: false, channel }

function broken(message: object) {
  const { violations, warnings } = validateMessage(undefined, message)
  const all = [
    ...violations.map(({ rule, at }) => `${rule} ${at}`),
    ...warnings.map(({ rule, at }) => `! ${rule} ${at}`),
  ]
  return [...new Set(all)]
}
const heard = (data: unknown) => broken({ channel, data })
const sent = (data: unknown) => broken({ channel, id: '7', clientId: 'c1', data })

it.each([
  ['a notification', notification],
  ['an answer without an event', { ...answer, messages: [] }],
  ['the answer to disconnect', { messages: [], chatEnded: true, statusCode: 0, alias: '0', chatId: 'deprecated' }],
  ['the end', { ...notification, chatEnded: true }],
  ['a refusal', { messages: [], chatEnded: false, statusCode: 2, errors: [{ code: 9004, advice: 'x' }] }],
  ['a retryable answer', { statusCode: 1, errors: [{ code: 1, advice: 'x' }] }],
])('%s in a Bayeux message is valid', (_what, data) => {
  expect(heard(data)).toEqual([])
})

it.each([
  ['no object', 7, 'CV2-020 /data'],
  ['no statusCode', { messages: [] }, 'CV2-020 /data/statusCode'],
  ['a statusCode as text', { ...answer, statusCode: '0' }, 'CV2-020 /data/statusCode'],
  ['chatEnded as text', { ...answer, chatEnded: 'no' }, 'CV2-021 /data/chatEnded'],
  ['an unknown event', { ...answer, messages: [{ ...said, type: 'Foo' }] }, 'CV2-050 /data/messages/0/type'],
  ['no key', { ...answer, secureKey: undefined }, 'CV2-021 /data'],
  ['events out of order', { ...answer, messages: [said, said] }, 'CV2-054 /data/messages/1/index'],
  ['nextPosition too low', { ...answer, nextPosition: 7 }, 'CV2-087 /data/nextPosition'],
  ['an empty notification', { ...notification, messages: [] }, 'CV2-116 /data/messages'],
  ['real ids', { ...answer, chatId: '0001Abc123DEF001' }, '! CV2-125 /data/chatId'],
  ['another channel inside', { ...notification, channel: '/service/chatV2/x' }, '! CV2-126 /data/channel'],
  ['half a second', { ...answer, messages: [{ ...said, utcTime: 5 }] }, '! CV2-057 /data/messages/0/utcTime'],
])('what is wrong with the content is found: %s', (_what, data, expected) => {
  expect(heard(data)).toEqual([expected])
})

const key = { secureKey: 'token' }
it.each([
  { operation: 'requestChat', nickname: 'Ann', userData: { a: 1 }, auth: { username: 'u', password: 'p' } },
  { operation: 'requestChat', firstName: 'Ann', lastName: 'Bee', auth: { encoded: 'dTpw' } },
  { operation: 'requestNotifications', ...key, transcriptPosition: 3, userData: '{"a":"b"}' },
  { operation: 'requestNotifications', ...key, ...tokens, transcriptPosition: '3' },
  { operation: 'sendMessage', ...key, message: 'hi', messageType: 'text' },
  { operation: 'readReceipt', ...key, transcriptPosition: 0 },
  { operation: 'startTyping', ...key },
  { operation: 'stopTyping', ...key, message: 'hi' },
  { operation: 'pushUrl', ...key, pushUrl: 'https://a.example' },
  { operation: 'updateNickname', ...key, nickname: 'Annie' },
  { operation: 'customNotice', ...key },
  { operation: 'updateData', ...key, userData: { a: 'b' } },
  { operation: 'disconnect', ...key },
])('an operation is valid: %j', data => {
  expect(sent(data)).toEqual([])
})

it.each([
  ['hello', 'CV2-113 /data'],
  [{ ...key }, 'CV2-113 /data/operation'],
  [{ operation: 'dance', ...key }, 'CV2-113 /data/operation'],
  [{ operation: 'sendMessage', message: 'hi' }, 'CV2-123 /data'],
  [{ operation: 'sendMessage', secureKey: '', message: 'hi' }, 'CV2-123 /data/secureKey'],
  [{ operation: 'sendMessage', ...key }, 'CV2-095 /data'],
  [{ operation: 'sendMessage', ...key, message: { a: 1 } }, 'CV2-095 /data/message'],
  [{ operation: 'sendMessage', ...key, message: 'hi', messageType: 1 }, 'CV2-058 /data/messageType'],
  [{ operation: 'requestNotifications', ...key, transcriptPosition: -1 }, 'CV2-130 /data/transcriptPosition'],
  [{ operation: 'requestNotifications', ...key, transcriptPosition: 1.5 }, 'CV2-130 /data/transcriptPosition'],
  [{ operation: 'readReceipt', ...key }, 'CV2-141 /data'],
  [{ operation: 'updateData', ...key, userData: 'a=b' }, 'CV2-136 /data/userData'],
  [{ operation: 'updateData', ...key, userData: [1] }, 'CV2-136 /data/userData'],
  [{ operation: 'requestChat', nickname: 'A', auth: 'u:p' }, 'CV2-137 /data/auth'],
])('what is wrong with an operation is found: %j', (data, expected) => {
  expect(sent(data)).toEqual([expected])
})

it('messages on other channels carry what they like', () => {
  expect(broken({ channel: '/service/other', data: { statusCode: 'x' } })).toEqual([])
})

it('texts name the place in the whole message', () => {
  const { violations } = validateMessage(undefined, { channel, data: { ...answer, statusCode: '0' } })
  expect(violations[0]!.what).toBe('The data of a chat message have no usable statusCode')
  const [wrong] = validateMessage(undefined, { channel, data: { ...answer, chatEnded: 'no' } }).violations
  expect(wrong!.what).toBe('/data/chatEnded must be boolean')
})
