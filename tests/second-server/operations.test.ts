// The operations beyond sending and refreshing, and what they refuse, over real sockets.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SecondServer, startSecondServer } from './start.ts'
import { openChat, post } from './test-kit.ts'

let server: SecondServer
beforeAll(async () => {
  server = await startSecondServer()
})
afterAll(() => server.close())

test('each operation that speaks adds one event of its type', async () => {
  const { call } = await openChat(server.url)
  const said = async (operation: string, more: Record<string, string>) => {
    const { nextPosition } = await call('refresh', { transcriptPosition: '0' })
    const { messages } = await call(operation, { transcriptPosition: `${nextPosition}`, ...more })
    return messages.map(({ type, text, from }) => [type, text, from.nickname])
  }
  expect(await said('send', { message: 'hello' })).toEqual([['Message', 'hello', 'Joan']])
  expect(await said('pushUrl', { pushUrl: 'http://example.org/?a=b' })).toEqual([
    ['PushUrl', 'http://example.org/?a=b', 'Joan'],
  ])
  expect(await said('customNotice', { message: 'ORDER UPDATE' })).toEqual([['CustomNotice', 'ORDER UPDATE', 'Joan']])
  expect(await said('customNotice', {})).toEqual([['CustomNotice', undefined, 'Joan']])
  expect(await said('updateNickname', { nickname: 'Jo' })).toEqual([['NicknameUpdated', 'Jo', 'Jo']])
  expect(await said('startTyping', {})).toEqual([['TypingStarted', undefined, 'Jo']])
  expect((await call('refresh')).messages.map(({ from }) => from.nickname).join()).toBe(
    'Joan,Joan,Joan,Joan,Joan,Jo,Jo',
  )
})

test('receipts and user data are answered without an event', async () => {
  const { opened, call } = await openChat(server.url, { userData: '{"key1":"value1"}' })
  const quiet = { messages: [], chatEnded: false, statusCode: 0, secureKey: opened.secureKey, nextPosition: 2 }
  expect(await call('readReceipt', { transcriptPosition: '1' })).toMatchObject(quiet)
  expect(await call('updateData', { 'userData[key3]': 'value3' })).toMatchObject(quiet)
  expect(await call('updateData', { userData: '{"key4":4}' })).toMatchObject(quiet)
  expect(await call('updateData')).toMatchObject(quiet)
  const url = `${server.url}/genesys/2/chat/customer-support/${opened.chatId}`
  const keyOnly = `secureKey=${opened.secureKey}&transcriptPosition=1`
  expect((await post(`${url}/readReceipt`, keyOnly)).answer).toMatchObject(quiet)
  expect((await post(`${url}/refresh`, keyOnly)).answer).toMatchObject({ statusCode: 2, chatEnded: true })
})

test.each([
  ['send', {}],
  ['pushUrl', { pushUrl: '' }],
  ['updateNickname', {}],
  ['updateNickname', { nickname: 'Jo', transcriptPosition: '-1' }],
  ['readReceipt', {}],
  ['readReceipt', { transcriptPosition: '0' }],
  ['readReceipt', { transcriptPosition: '2' }],
  ['readReceipt', { transcriptPosition: '1e0' }],
  ['refresh', { transcriptPosition: '1.5' }],
  ['updateData', { userData: '[1]' }],
  ['updateData', { userData: 'key=value' }],
])('%s with %j is not executed and changes nothing', async (operation, fields) => {
  const { call } = await openChat(server.url)
  const answer = await call(operation, fields)
  expect(answer).toMatchObject({
    messages: [],
    chatEnded: false,
    statusCode: 1,
    nextPosition: 2,
    errors: [{ code: 249 }],
  })
  expect((await call('refresh')).messages.map(({ from, type }) => [from.nickname, type])).toEqual([
    ['Joan', 'ParticipantJoined'],
  ])
})

test('a chat with unreadable user data is not opened', async () => {
  const { answer, status } = await post(`${server.url}/genesys/2/chat/any`, 'nickname=Joan&userData={')
  expect(status).toBe(200)
  expect(answer).toMatchObject({ messages: [], chatEnded: true, statusCode: 2, errors: [{ code: 249 }] })
  expect(answer).not.toHaveProperty('chatId')
})

test('a path that cannot be decoded is no path', async () => {
  expect((await post(`${server.url}/genesys/2/chat/%E0%A4%A`, '')).status).toBe(404)
})
