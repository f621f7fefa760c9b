import { expect, test } from 'vitest'
import type { ChatEvent } from '../../../protocol/chat/event.ts'
import type { ChatOutcome, ChatRequest } from '../../messages.ts'
import { connect, publishTo, startTestBayeux } from '../bayeux/bayeux-for-tests.ts'
import type { ChatServers, Done } from '../chat-servers.ts'
import type { NodeOptions } from '../node-options.ts'
import { addCometChat } from './comet-chat.ts'

const channel = '/service/chatV2/care'
const event = (index: number): ChatEvent => ({
  from: { nickname: 'Bob', participantId: 2, type: 'Agent' },
  index,
  type: 'Message',
  utcTime: 0,
})
const ok = (...indexes: number[]): ChatOutcome => ({
  kind: 'ok',
  alias: '202',
  chatId: 'chat',
  secureKey: 'key',
  nextPosition: indexes.at(-1)! + 1,
  chatEnded: false,
  events: indexes.map(event),
})

/** A chat of one client, whose Chat Servers answer when the test says so. */
function startChat() {
  const { bayeux, clock, socketClient } = startTestBayeux()
  const asked: { request: ChatRequest; done: Done }[] = []
  const chatServers = {
    request: (request, _alias, done) => asked.push({ request, done }),
    tell() {},
  } as Partial<ChatServers>
  const chat = addCometChat({
    bayeux,
    clock,
    chatServers: chatServers as ChatServers,
    options: {
      hasService: () => true,
      includePayload: () => false,
      credentials: () => undefined,
      maxMessageBytes: () => 99,
    } as Partial<NodeOptions> as NodeOptions,
    cluster: '',
    readToken: () => ({ chatId: 'chat', secureKey: 'key', service: 'care' }),
    writeToken: () => 'token',
    refusalOf: () => 0,
    pushesToActive: () => true,
  })
  const me = socketClient()
  me.send(connect)
  me.send(connect)
  const operate = (operation: string, more: object = {}) =>
    me.send(publishTo(channel, { operation, secureKey: 'token', ...more }))
  operate('requestChat', { nickname: 'Ann' })
  asked.shift()!.done(ok(1))
  return {
    clock,
    asked,
    operate,
    /** @returns its request to be attached again. */
    async isLost() {
      chat.lose('202')
      expect(chat.pending()).toBe(1)
      await new Promise(resolve => setImmediate(resolve))
      expect(chat.pending()).toBe(0)
      return asked.at(-1)!
    },
    happens: (index: number) =>
      chat.hear({
        ...{ kind: 'event', attachment: 1, chatId: 'chat', secureKey: 'key' },
        ...{ event: event(index), nextPosition: index + 1, chatEnded: false },
      }),
    indexes: () =>
      me
        .received()
        .filter(each => each.channel === channel && 'data' in each)
        .flatMap(({ data }) => (data as { messages: ChatEvent[] }).messages.map(({ index }) => index)),
  }
}

test('[CV2-187] what a request of the client has brought back already does not come again with the late answer', async () => {
  const { isLost, operate, asked, happens, indexes } = startChat()
  happens(2)
  const again = await isLost()
  expect(again.request).toMatchObject({ operation: 'reattach', chatId: 'chat', comet: { attachment: 1, position: 3 } })
  operate('sendMessage', { message: 'x' })
  for (const index of [3, 4]) happens(index)
  asked.at(-1)!.done(ok(5))
  again.done(ok(3, 4, 5))
  happens(6)
  expect(indexes()).toEqual([1, 2, 3, 4, 5, 6])
})

test('[CV2-187] [CV2-119] what was missed goes before the answer to a request that was made meanwhile', async () => {
  const { isLost, operate, asked, happens, indexes } = startChat()
  const again = await isLost()
  operate('sendMessage', { message: 'x' })
  again.done(ok(2, 3))
  happens(4)
  expect(indexes()).toEqual([1])
  asked.at(-1)!.done(ok(5))
  expect(indexes()).toEqual([1, 2, 3, 4, 5])
})

test('[CV2-131] what an answer shows is not told once more, though the node had heard of it before the answer', () => {
  const { operate, asked, happens, indexes } = startChat()
  operate('requestNotifications', { transcriptPosition: 2 })
  for (const index of [2, 3]) happens(index)
  asked.at(-1)!.done(ok(2, 3))
  happens(4)
  expect(indexes()).toEqual([1, 2, 3, 4])
})

test('[CV2-187] without an answer it is asked for again every five seconds, until somebody has it', async () => {
  const { isLost, asked, clock } = startChat()
  const first = await isLost()
  first.done({ kind: 'unanswered' })
  clock.advance(4_999)
  await new Promise(resolve => setImmediate(resolve))
  expect(asked.length).toBe(1)
  clock.advance(1)
  await new Promise(resolve => setImmediate(resolve))
  expect(asked.length).toBe(2)
  asked[1]!.done(ok(1))
  clock.advance(60_000)
  await new Promise(resolve => setImmediate(resolve))
  expect(asked.length).toBe(2)
})
