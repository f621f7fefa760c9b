// The REST face of the second server, over real sockets.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SecondServer, startSecondServer } from './start.ts'
import { openChat, post, until } from './test-kit.ts'

let server: SecondServer
beforeAll(async () => {
  server = await startSecondServer({ agentDelay: 30 })
})
afterAll(() => server.close())

test('request chat answers with the customer having joined', async () => {
  const { opened } = await openChat(server.url)
  expect(opened).toMatchObject({ statusCode: 0, chatEnded: false, nextPosition: 2 })
  expect(opened.messages).toEqual([
    {
      from: { nickname: 'Joan', participantId: 1, type: 'Client' },
      index: 1,
      type: 'ParticipantJoined',
      utcTime: expect.any(Number),
    },
  ])
  expect(opened.messages[0]!.utcTime % 1000).toBe(0)
  for (const token of [opened.chatId, opened.userId, opened.secureKey, opened.alias]) expect(token).toMatch(/^\w+$/)
})

test('first and last name make a nickname; multipart is understood too', async () => {
  const named = await openChat(server.url, { nickname: '', firstName: 'Joan', lastName: 'Smith' })
  expect(named.opened.messages[0]!.from.nickname).toBe('Joan Smith')
  const body = '--b\r\nContent-Disposition: form-data; name="nickname"\r\n\r\nJüan\r\n--b--\r\n'
  const { answer } = await post(`${server.url}/genesys/2/chat/any`, body, 'multipart/form-data; boundary=b')
  expect(answer.messages[0]!.from.nickname).toBe('Jüan')
})

test('positions choose the events of refresh and send', async () => {
  const { call } = await openChat(server.url)
  const indices = async (operation: string, more: Record<string, string>) =>
    (await call(operation, more)).messages.map(event => event.index)
  expect(await indices('send', { message: 'no position' })).toEqual([])
  expect(await indices('send', { message: 'zero', transcriptPosition: '0' })).toEqual([])
  expect(await indices('send', { message: 'three on', transcriptPosition: '3' })).toEqual([3, 4])
  expect(await indices('refresh', {})).toEqual([1, 2, 3, 4])
  expect(await indices('refresh', { transcriptPosition: '1' })).toEqual([1, 2, 3, 4])
  expect(await indices('refresh', { transcriptPosition: '0' })).toEqual([])
  expect(await indices('refresh', { transcriptPosition: '4' })).toEqual([4])
  expect(await indices('refresh', { transcriptPosition: '5' })).toEqual([])
  expect((await call('startTyping', { message: 'he' })).nextPosition).toBe(6)
  const stopped = await call('stopTyping', { message: 'hello', transcriptPosition: '5' })
  expect(stopped.messages.map(({ type, text }) => [type, text])).toEqual([
    ['TypingStarted', 'he'],
    ['TypingStopped', 'hello'],
  ])
})

test('a request that cannot be executed leaves the chat alive', async () => {
  const { call } = await openChat(server.url)
  for (const broken of [{}, { message: 'x', transcriptPosition: 'many' }]) {
    expect(await call('send', broken)).toMatchObject({ statusCode: 1, chatEnded: false, nextPosition: 2 })
  }
})

test('disconnect ends the chat, and its tokens with it', async () => {
  const { opened, call } = await openChat(server.url)
  const bye = await call('disconnect')
  expect(bye).toMatchObject({ statusCode: 0, chatEnded: true, messages: [], chatId: opened.chatId })
  for (const gone of ['userId', 'secureKey']) expect(bye).not.toHaveProperty(gone)
  for (const operation of ['send', 'refresh', 'startTyping', 'stopTyping', 'disconnect']) {
    const answer = await call(operation, { message: 'anyone?' })
    expect(answer).toMatchObject({ statusCode: 2, chatEnded: true, messages: [], errors: [{ code: 249 }] })
    expect(answer.errors![0]!.advice).toMatch(/^Media server was not able to execute request\. referenceId\[\d+\]$/)
    for (const gone of ['userId', 'secureKey', 'nextPosition']) expect(answer).not.toHaveProperty(gone)
  }
})

test('foreign tokens, paths and bodies are refused', async () => {
  const { opened, call } = await openChat(server.url)
  expect(await call('refresh', { secureKey: 'wrong' })).toMatchObject({ statusCode: 2 })
  expect(await call('refresh', { alias: '0' })).toMatchObject({ statusCode: 2 })
  expect(await call('refresh')).toMatchObject({ statusCode: 0 })
  const chat = `${server.url}/genesys/2/chat/customer-support/${opened.chatId}`
  expect((await post(`${chat}/dance`, '')).status).toBe(404)
  expect((await post(`${server.url}/genesys/1/chat`, '')).status).toBe(404)
  expect((await post(`${chat}/send`, '{}', 'application/json')).status).toBe(415)
  expect((await fetch(`${chat}/refresh`)).status).toBe(405)
})

test('2,000 live chats and 200 requests a second are easy', async () => {
  const begin = performance.now()
  const chats: Awaited<ReturnType<typeof openChat>>[] = []
  const lane = async (from: number) => {
    for (let at = from; at < 2_000; at += 50) {
      const chat = await openChat(server.url)
      expect((await chat.call('send', { message: `cg/${at}` })).nextPosition).toBe(3)
      chats.push(chat)
    }
  }
  await Promise.all(Array.from({ length: 50 }, (_, from) => lane(from)))
  await until(() => chats.length === 2_000, 'all chats open')
  expect((await chats[0]!.call('refresh')).messages).toHaveLength(2)
  expect(4_000 / ((performance.now() - begin) / 1000)).toBeGreaterThan(200)
})

test('a wrong flag is an error before anything starts', async () => {
  await expect(startSecondServer({ drop: 0.9, double: 0.2 })).rejects.toThrow('did not start')
  await expect(startSecondServer({ pushUrl: 'nowhere' })).rejects.toThrow('did not start')
})

test('no file of this server comes from elsewhere in the tree', () => {
  const folder = new URL('.', import.meta.url)
  for (const name of readdirSync(fileURLToPath(folder)).filter(file => file.endsWith('.ts'))) {
    const text = readFileSync(new URL(name, folder), 'utf8')
    for (const [, from] of text.matchAll(/^(?:import|export)[^'\n]* from '([^']+)'$/gm)) {
      expect(from, name).toMatch(/^(?:node:|\.\/|vitest$)/)
    }
  }
})
