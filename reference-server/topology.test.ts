import { afterEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from './server-for-tests.ts'

let under: TestServer
afterEach(() => under?.close())

const call = (path: string) => under.control('POST', path)
const health = async (n: number) =>
  (await fetch(`${under.server.health[n]}/health`)).json() as Promise<Record<string, number>>

test('[CS-110] [CS-111] [CS-112] [CS-113] health tells alias and process, changes at a restart and is gone while down', async () => {
  under = await startTestServer({ chatServers: 2 })
  const customer = await under.chat('off')
  const before = await health(0)
  expect(String(before.app_dbid)).toBe(customer.tokens.alias)
  expect(before.process_os_pid).not.toBe((await health(1)).process_os_pid)
  await call('/chat-servers/201/kill')
  await expect(health(0)).rejects.toThrow('fetch failed')
  await call('/chat-servers/201/start')
  const after = await health(0)
  expect(after.app_dbid).toBe(201)
  expect(after.process_os_pid).not.toBe(before.process_os_pid)
})

test('[CS-093] [CV2-022] without a running Chat Server a request may be repeated, and succeeds when one is back', async () => {
  under = await startTestServer()
  const names = { firstName: 'Ann', lastName: 'Bee' }
  await call('/chat-servers/201/stop')
  expect(await under.request(names)).toMatchObject({ statusCode: 1, chatEnded: false, errors: [{ code: 9009 }] })
  await call('/chat-servers/201/start')
  expect(await under.request(names)).toMatchObject({ statusCode: 0 })
})

test('[CV2-022] a cut link is retryable, the same request succeeds when it is back', async () => {
  under = await startTestServer()
  const customer = await under.chat('off')
  await call('/links/gms-1/201/cut')
  expect(await customer.ask('send', { message: 'a' })).toMatchObject({ statusCode: 1, chatEnded: false })
  await call('/links/gms-1/201/restore')
  expect(await customer.ask('send', { message: 'a' })).toMatchObject({ statusCode: 0, nextPosition: 3 })
})

test('[OPT-013] a Chat Server whose links are cut gets no new chats until they are back', async () => {
  under = await startTestServer({ chatServers: 2 })
  const aliases = async () => [(await under.chat('off')).tokens.alias, (await under.chat('off')).tokens.alias].sort()
  await call('/links/gms-1/201/cut')
  expect(await aliases()).toEqual(['202', '202'])
  await call('/links/gms-1/201/restore')
  expect(await aliases()).toEqual(['201', '202'])
})

test('[CS-050] [CS-053] a session returns to no former node: it keeps the one that it found when its own was restarted', async () => {
  under = await startTestServer({ gmsNodes: 2 })
  const { tokens } = await under.chat('reliable')
  const say = (text: string) => under.control('POST', `/sessions/${tokens.chatId}/say`, { participantId: 2, text })
  await under.control('POST', `/sessions/${tokens.chatId}/join`, { nickname: 'Bob' })
  const [first] = await under.settledPosts()
  const owner = first!.path.slice('/push/'.length)
  await call(`/gms-nodes/${owner}/kill`)
  // The repetition is what finds the other node.
  under.clock.advance(15_000)
  await under.settledPosts()
  await call(`/gms-nodes/${owner}/start`)
  await say('still the other')
  const other = owner === 'gms-1' ? 'gms-2' : 'gms-1'
  expect((await under.settledPosts()).map(post => post.path)).toEqual(
    [owner, other, other].map(name => `/push/${name}`),
  )
})

test('[CS-052] [CS-053] [CS-054] pushes need a running node, and move to another one when theirs stops', async () => {
  under = await startTestServer({ gmsNodes: 2 })
  const { tokens } = await under.chat('payload', {}, 1)
  const say = (text: string) => under.control('POST', `/sessions/${tokens.chatId}/say`, { participantId: 2, text })
  await under.control('POST', `/sessions/${tokens.chatId}/join`, { nickname: 'Bob' })
  const [first] = await under.settledPosts()
  const owner = first!.path.slice('/push/'.length)
  const other = owner === 'gms-1' ? 'gms-2' : 'gms-1'
  await call(`/gms-nodes/${owner}/stop`)
  await say('over the other')
  expect((await under.settledPosts()).at(-1)!.path).toBe(`/push/${other}`)
  await call(`/gms-nodes/${other}/kill`)
  await say('lost')
  expect(await under.settledPosts()).toHaveLength(2)
  expect(under.lines.join('\n')).toContain('push-flex: could not send notification - no gms node found in group=')
})

test('a stopped node comes back on its own port', async () => {
  under = await startTestServer()
  const customer = await under.chat('off')
  await call('/gms-nodes/gms-1/kill')
  await expect(customer.ask('refresh')).rejects.toThrow('fetch failed')
  expect(await call('/gms-nodes/gms-1/start')).toMatchObject({
    status: 200,
    body: [{ node: 'gms-1', url: under.server.urls[0], running: true }],
  })
  expect(await customer.ask('refresh')).toMatchObject({ statusCode: 0 })
})

test('[CS-106] [CS-100] a Chat Server that stops sends its advice to subscribed sessions, a killed one nothing', async () => {
  under = await startTestServer({ chatServers: 2, set: ['settings.shutdown-notify-flex-push=1'] })
  await under.chat('reliable')
  await under.chat('reliable')
  await call('/chat-servers/202/kill')
  expect(await under.settledPosts()).toHaveLength(0)
  await call('/chat-servers/201/stop')
  expect((await under.settledPosts()).map(post => post.body)).toMatchObject([
    {
      deviceId: 'dev-0001',
      message: {
        chatEnded: false,
        messages: [
          {
            type: 'ParticipantLeft',
            from: { participantId: 1 },
            userData: { 'quit-reason-advice': 'reconnect', 'app-dbid': '201' },
          },
        ],
      },
    },
  ])
})

test('an unknown actor is a 404 that names the known ones', async () => {
  under = await startTestServer({ chatServers: 2 })
  expect(await call('/gms-nodes/gms-9/stop')).toEqual({
    status: 404,
    body: { error: 'no GMS node gms-9, there are gms-1' },
  })
  expect(await call('/chat-servers/9/kill')).toMatchObject({ body: { error: 'no Chat Server 9, there are 201, 202' } })
})

test('a port in use is told, and nothing stays open', async () => {
  under = await startTestServer()
  const port = Number(new URL(under.server.urls[0]!).port)
  await expect(startTestServer({ port, sink: under.sink })).rejects.toThrow('EADDRINUSE')
})
