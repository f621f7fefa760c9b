import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CometClient } from './comet-client-for-tests.ts'
import { type CometStage, startCometStage } from './comet-stage-for-tests.ts'

// One server for all: each test has chats of its own.
let stage: CometStage
beforeAll(async () => {
  stage = await startCometStage({
    gmsNodes: 2,
    set: ['chat.locked.refserver.auth-username=ann', 'chat.locked.refserver.auth-password=b:c'],
  })
})
afterAll(() => stage.close())

const client = (node?: number) => stage.client(node)
const names = { firstName: 'Ann', lastName: 'Bee' }
const desk = () => stage.under.server.desks[0]!
async function chat(me: CometClient, data: object = {}) {
  const answer = await me.ask('requestChat', { ...names, ...data })
  return { secureKey: answer.secureKey!, answer, chatId: stage.newest() }
}
const fatal = { messages: [], chatEnded: true, statusCode: 2, errors: [{ code: 249, advice: expect.any(String) }] }
const refused = (code: number) => ({
  messages: [],
  chatEnded: false,
  statusCode: 2,
  errors: [{ code, advice: expect.any(String) }],
})
const token = expect.stringMatching(/^[A-Za-z0-9_-]{40,}$/)
const answered = {
  chatEnded: false,
  statusCode: 0,
  alias: '0',
  userId: 'deprecated',
  chatId: 'deprecated',
  secureKey: token,
}
const ann = { nickname: 'Ann Bee', participantId: 1, type: 'Client' }
const utcTime = expect.any(Number)

test('[CV2-111] [CV2-115] [CV2-125] requestChat answers with the token on the channel of the service', async () => {
  const me = await client()
  await me.ask('requestChat', names)
  expect(me.heard).toEqual([
    {
      channel: '/service/chatV2/customer-support',
      data: { ...answered, nextPosition: 2, messages: [{ from: ann, index: 1, type: 'ParticipantJoined', utcTime }] },
    },
  ])
})

test('[CV2-117] [CV2-120] [CV2-123] [CV2-157] each operation answers with its own event and nothing comes twice', async () => {
  const me = await client()
  const { secureKey } = await chat(me)
  const own = (index: number, type: string, more: object = {}, from = ann) => ({
    ...answered,
    nextPosition: index + 1,
    messages: [{ from, index, type, utcTime, ...more }],
  })
  const none = { ...answered, nextPosition: 8, messages: [] }
  const renamed = { ...ann, nickname: 'Zoe' }
  const script: [string, object, unknown][] = [
    ['sendMessage', { message: 'hi', messageType: 'text' }, own(2, 'Message', { text: 'hi', messageType: 'text' })],
    ['startTyping', { message: 'h' }, own(3, 'TypingStarted', { text: 'h' })],
    ['stopTyping', {}, own(4, 'TypingStopped')],
    ['pushUrl', { pushUrl: 'http://a/b?c' }, own(5, 'PushUrl', { text: 'http://a/b?c' })],
    ['updateNickname', { nickname: 'Zoe' }, own(6, 'NicknameUpdated', { text: 'Zoe' }, renamed)],
    ['customNotice', { message: 'n' }, own(7, 'CustomNotice', { text: 'n' }, renamed)],
    ['updateData', { userData: { a: 1 } }, none],
    ['readReceipt', { transcriptPosition: 2 }, none],
  ]
  for (const [operation, data, answer] of script)
    expect(await me.ask(operation, { secureKey, ...data })).toEqual(answer)
  await me.settled()
  expect(me.unasked()).toEqual([])
  expect(desk().view(stage.newest())).toMatchObject({
    userData: { a: '1' },
    readReceipts: [{ participantId: 1, index: 2 }],
  })
})

test('[CV2-100] [CV2-144] disconnect answers without tokens, and afterwards every operation is fatal', async () => {
  const me = await client()
  const { secureKey } = await chat(me)
  expect(await me.ask('disconnect', { secureKey })).toEqual({
    messages: [],
    chatEnded: true,
    statusCode: 0,
    alias: '0',
    chatId: 'deprecated',
    nextPosition: 3,
  })
  expect(await me.ask('sendMessage', { secureKey, message: 'x' })).toMatchObject(fatal)
  expect(me.unasked()).toEqual([])
})

test('[CV2-116] [CV2-119] [CV2-126] what others do comes unasked, one event each, in order', async () => {
  const me = await client()
  const { chatId } = await chat(me)
  const agent = desk().join(chatId, 'Bob')!
  desk().say(chatId, agent, 'hello')
  desk().say(chatId, agent, 'secret', { agentOnly: true })
  desk().type(chatId, agent, true)
  await me.hears(3)
  const bob = { nickname: 'Bob', participantId: 2, type: 'Agent' }
  const notified = (index: number, type: string, more: object = {}) => ({
    channel: '/service/chatV2/customer-support',
    data: {
      ...answered,
      nextPosition: index + 1,
      monitored: false,
      channel: '/service/chatV2/customer-support',
      messages: [{ from: bob, index, type, utcTime, ...more }],
    },
  })
  expect(me.heard.slice(1)).toEqual([
    notified(2, 'ParticipantJoined'),
    notified(3, 'Message', { text: 'hello' }),
    notified(5, 'TypingStarted'),
  ])
})

test.each([
  ['send without a message', 'sendMessage', {}, 9001],
  ['a position that is none', 'requestNotifications', { transcriptPosition: '-1' }, 9002],
  ['a fractional position', 'requestNotifications', { transcriptPosition: 1.5 }, 9002],
  ['a position that is an object', 'requestNotifications', { transcriptPosition: {} }, 9002],
  ['a receipt for nothing', 'readReceipt', {}, 9001],
  ['user data that is a number', 'updateData', { userData: 7 }, 9001],
  ['user data that is no JSON', 'updateData', { userData: '{' }, 9001],
  ['a message that is an object', 'sendMessage', { message: { text: 'x' } }, 9001],
  ['a message type that is an object', 'sendMessage', { message: 'x', messageType: {} }, 9001],
  ['a typed text that is a list', 'startTyping', { message: ['x'] }, 9001],
  ['a notice that is a list', 'customNotice', { message: ['x'] }, 9001],
  ['an operation that is none', 'danceTango', {}, 9004],
  ['a message that is too long', 'sendMessage', { message: 'x'.repeat(5000) }, 204],
])('[CV2-113] [CV2-154] %s is wrong, and the chat goes on', async (_what, operation, data, code) => {
  const me = await client()
  const { secureKey } = await chat(me)
  expect(await me.ask(operation, { secureKey, ...data })).toEqual(refused(code))
  expect(await me.ask('sendMessage', { secureKey, message: 'x' })).toMatchObject({ statusCode: 0 })
})

test.each([
  [{ nickname: '' }, 161],
  [{ firstName: 'Ann' }, 103],
  [{ ...names, emailAddress: 'nobody' }, 364],
  [{ ...names, userData: [1] }, 9001],
  [{ ...names, subject: { a: 1 } }, 9001],
  [{ nickname: ['Ann'] }, 9001],
])('[CV2-136] [CV2-154] requestChat with %j is refused with %i', async (data, code) => {
  const me = await client()
  expect(await me.ask('requestChat', data)).toEqual(refused(code))
})

test.each([
  ['sendMessage', { message: 'x', userData: 7, transcriptPosition: {}, nickname: {}, more: [1] }],
  ['sendMessage', { message: 7, messageType: null }],
  ['startTyping', { userData: '{', messageType: {} }],
  ['requestNotifications', { message: {}, transcriptPosition: null, userData: null }],
  ['updateData', { userData: { a: 1 }, transcriptPosition: 'x' }],
])('what %s does not take may be anything, and a number is a text: %j', async (operation, data) => {
  const me = await client()
  const { secureKey } = await chat(me)
  expect(await me.ask(operation, { secureKey, ...data })).toMatchObject({ statusCode: 0 })
})

test('[CV2-113] [CV2-114] what is no operation at all, and a service that is none', async () => {
  const me = await client()
  for (const data of [7, null, [], {}, { operation: 7 }]) me.publish({ data })
  await me.settled()
  expect(await me.ask('requestChat', names, '/service/chatV2/nobody')).toEqual(refused(9003))
  expect(me.heard.slice(0, 5).map(({ data }) => data)).toEqual(Array(5).fill(refused(9004)))
})

test('[CV2-135] [CV2-136] user data is taken as object and as text', async () => {
  const me = await client()
  for (const userData of [{ a: 1, b: true, c: { d: 'e' } }, '{"a":1,"b":true,"c":{"d":"e"}}']) {
    const { chatId } = await chat(me, { userData, subject: 'S' })
    expect(desk().view(chatId)!.userData).toMatchObject({ a: '1', b: 'true', c: '{"d":"e"}', Subject: 'S' })
  }
})

test('[CV2-124] [CV2-152] ids beside the token are not looked at, and a raw key is no token', async () => {
  const me = await client()
  const { secureKey } = await chat(me)
  const ids = { chatId: 'deprecated', userId: 'x', alias: '0' }
  expect(await me.ask('sendMessage', { secureKey, message: 'a', ...ids })).toMatchObject({ statusCode: 0 })
  const { tokens } = await stage.under.chat('off')
  expect(await me.ask('sendMessage', { secureKey: tokens.secureKey, message: 'a' })).toMatchObject(fatal)
  expect(await me.ask('sendMessage', { secureKey, message: 'b' })).toMatchObject({ statusCode: 0 })
})

test.each([
  [{ username: 'ann', password: 'b:c' }, true],
  [{ encoded: Buffer.from('ann:b:c').toString('base64') }, true],
  [{ username: 'ann', password: 'wrong' }, false],
  [{ encoded: 'wrong' }, false],
  [undefined, false],
])('[CV2-137] [CV2-138] [CV2-139] [CV2-140] with auth %j the chat is had: %s', async (auth, isHad) => {
  const me = await client()
  const channel = '/service/chatV2/locked'
  const answer = await me.ask('requestChat', { ...names, auth }, channel)
  if (!isHad) return expect(answer).toEqual(refused(9008))
  const { secureKey } = answer
  expect(await me.ask('sendMessage', { secureKey, message: 'a' }, channel)).toMatchObject({ statusCode: 0 })
})

test.each([[undefined], [0], [1], ['1']])(
  '[CV2-118] [CV2-129] [CV2-130] [CV2-159] requestNotifications from %j gives all events',
  async transcriptPosition => {
    const me = await client()
    const { secureKey } = await chat(me)
    await me.ask('sendMessage', { secureKey, message: 'a' })
    const { messages } = await me.ask('requestNotifications', { secureKey, transcriptPosition })
    expect(messages.map(({ index }) => index)).toEqual([1, 2])
  },
)

test('[CV2-131] [CV2-132] [CV2-149] after the loss of everything a resume on another node has each event once', async () => {
  const me = await client()
  const { secureKey, chatId } = await chat(me)
  const agent = desk().join(chatId, 'Bob')!
  await me.hears(1)
  await me.cut()
  desk().say(chatId, agent, 'missed')
  stage.under.clock.advance(45_000)
  const again = await client(1)
  const { messages } = await again.ask('requestNotifications', { secureKey, transcriptPosition: 3 })
  desk().say(chatId, agent, 'heard')
  await again.hears(1)
  expect([messages.map(({ text }) => text), again.unasked()]).toEqual([['missed'], [4]])
})

test('[CV2-127] [CV2-133] the last to ask is notified, and nobody else', async () => {
  const [me, other, stranger] = [await client(), await client(1), await client()]
  await chat(stranger)
  const { secureKey, chatId } = await chat(me)
  await other.ask('requestNotifications', { secureKey, transcriptPosition: '1' })
  desk().join(chatId, 'Bob')
  await other.hears(1)
  // Its own event is in the answer of who asked; the one that is attached hears of it.
  await me.ask('sendMessage', { secureKey, message: 'a' })
  await other.hears(2)
  for (const each of [me, stranger]) await each.settled()
  expect([me.unasked(), other.unasked(), stranger.unasked()]).toEqual([[], [2, 3], []])
})

test('[CV2-134] one session has several chats, told apart by their keys', async () => {
  const me = await client()
  const [first, second] = [await chat(me), await chat(me)]
  desk().join(second.chatId, 'Bob')
  desk().join(first.chatId, 'Eve')
  await me.hears(2)
  const unasked = me.heard.filter(({ data }) => 'monitored' in data)
  expect(unasked.map(({ data }) => [data.secureKey, data.messages[0]!.from.nickname])).toEqual([
    [second.secureKey, 'Bob'],
    [first.secureKey, 'Eve'],
  ])
})

test('[CV2-128] on the channel of another service it fails, and the chat stays as it is', async () => {
  await stage.under.control('PUT', '/options/chat.sales/_chat_endpoint', { value: 'x' })
  const me = await client()
  const { secureKey, chatId } = await chat(me)
  expect(await me.ask('requestNotifications', { secureKey }, '/service/chatV2/sales')).toMatchObject(fatal)
  desk().join(chatId, 'Bob')
  expect((await me.hears(1)).map(({ index }) => index)).toEqual([2])
})

test('[CV2-145] [CV2-108] an end from the other side is the last notification', async () => {
  const me = await client()
  const { chatId, secureKey } = await chat(me)
  desk().close(chatId, desk().join(chatId, 'Bob')!)
  await me.hears(3)
  const ended = me.heard
    .slice(1)
    .map(({ data }) => [data.messages[0]!.type, data.messages[0]!.userData, data.chatEnded])
  expect(ended).toEqual([
    ['ParticipantJoined', undefined, false],
    ['ParticipantLeft', undefined, false],
    ['ParticipantLeft', { 'quit-reason-code': '4' }, true],
  ])
  expect(await me.ask('requestNotifications', { secureKey, transcriptPosition: 4 })).toMatchObject({
    statusCode: 0,
    chatEnded: true,
  })
  expect(await me.ask('requestNotifications', { secureKey })).toMatchObject(fatal)
})

test('[CV2-151] operations of one batch are executed in its order', async () => {
  const me = await client()
  const { secureKey, chatId } = await chat(me)
  me.publish(...['a', 'b', 'c'].map(message => ({ data: { operation: 'sendMessage', secureKey, message } })))
  await me.settled()
  expect(me.heard.slice(1).map(({ data }) => data.messages[0]!.text)).toEqual(['a', 'b', 'c'])
  expect(
    desk()
      .view(chatId)!
      .transcript.slice(1)
      .map(({ text }) => text),
  ).toEqual(['a', 'b', 'c'])
})

test('[CV2-055] a chat over REST and CometD at once shows the same events', async () => {
  const me = await client()
  const { tokens, ask } = await stage.under.chat('payload')
  await ask('send', { message: 'by rest' })
  const agent = desk().join(tokens.chatId, 'Bob')!
  const pushed = (await stage.under.settledPosts()).at(-1)!.body as { message: { secureKey: string } }
  const { secureKey } = pushed.message
  const resumed = await me.ask('requestNotifications', { secureKey })
  desk().say(tokens.chatId, agent, 'to both')
  await me.ask('sendMessage', { secureKey, message: 'by cometd' })
  await ask('send', { message: 'by rest again' })
  await me.hears(2)
  const byComet = [...resumed.messages, ...me.heard.slice(1).flatMap(({ data }) => data.messages)]
  expect(byComet).toEqual((await ask('refresh')).messages)
})

test('[BX-116] [CV2-132] an administrator sees the CometD sessions and ends one, whose chat goes on without it', async () => {
  const me = await client()
  const { secureKey, chatId } = await chat(me)
  const sessions = async () => (await stage.under.control('GET', '/comet-sessions')).body as { chatIds: string[] }[]
  const mine = (await sessions()).filter(({ chatIds }) => chatIds.includes(chatId)) as { clientId?: string }[]
  const { clientId } = mine[0]!
  expect(mine).toEqual([{ node: 'gms-1', clientId: expect.any(String), transport: 'websocket', chatIds: [chatId] }])
  const end = () => stage.under.control('POST', `/comet-sessions/${clientId}/disconnect`)
  expect(await end()).toEqual({ status: 200, body: {} })
  expect(await end()).toEqual({ status: 404, body: { error: `no CometD session ${clientId}` } })
  expect((await sessions()).filter(({ chatIds }) => chatIds.includes(chatId))).toEqual([])
  desk().join(chatId, 'Bob')
  const other = await client()
  expect((await other.ask('requestNotifications', { secureKey })).messages.map(({ index }) => index)).toEqual([1, 2])
  expect(me.unasked()).toEqual([])
})
