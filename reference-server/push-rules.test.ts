import { afterEach, expect, test } from 'vitest'
import { type ReceivedPost, startSink, until } from './push-sender/sender-for-tests.ts'
import { startTestServer, type TestServer } from './server-for-tests.ts'

let under: TestServer
afterEach(() => under?.close())

const contents = (posts: readonly ReceivedPost[]) => posts.map(post => Object.keys(post.body as object).sort())
const agentJoins = async (chatId: string) => {
  await under.control('POST', `/sessions/${chatId}/join`, { nickname: 'Bob' })
  return under.settledPosts()
}

test.each([
  ['[PUSH-002] a word that is no push type', 'comet,foo,customhttp', 1],
  ['[PUSH-001] a list without customhttp', 'comet,fcm', 0],
  ['[PUSH-003] an empty value', '', 0],
])('%s in pushEnabled leaves the other types in force', async (_name, value, pushes) => {
  under = await startTestServer({ set: [`push.pushEnabled=${value}`] })
  const { tokens } = await under.chat('payload')
  expect(await agentJoins(tokens.chatId)).toHaveLength(pushes)
})

test('[PUSH-106] [PUSH-004] another customhttp.url is used from the restart of the node on', async () => {
  under = await startTestServer()
  const { tokens } = await under.chat('payload')
  const changed = await under.control('PUT', '/options/push/customhttp.url', { value: `${under.sink.url}/changed` })
  expect(changed.body).toEqual({ kind: 'pending', until: ['gms-1'] })
  await agentJoins(tokens.chatId)
  await under.control('POST', '/gms-nodes/gms-1/stop')
  await under.control('POST', '/gms-nodes/gms-1/start')
  const posts = await agentJoins(tokens.chatId)
  expect(posts.map(post => post.path)).toEqual(['/push/gms-1', '/changed/gms-1'])
  const options = (await under.control('GET', '/options')).body as { section: string; option: string }[]
  const shown = options.find(each => each.section === 'push' && each.option === 'customhttp.url')
  expect(shown).toMatchObject({ value: `${under.sink.url}/changed` })
  expect(shown).not.toHaveProperty('pending')
})

test('[OPT-082] [PUSH-028] the payload option counts at once for every chat of the service, the pair for its own', async () => {
  under = await startTestServer()
  const set = (value: string) =>
    under.control('PUT', '/options/chat.customer-support/push_notification_include_payload', { value })
  const before = await under.chat('device-id')
  await set('true')
  const meanwhile = await under.chat('device-id')
  const paired = await under.chat('payload')
  const all = [before, meanwhile, paired]
  for (const { tokens } of all) await agentJoins(tokens.chatId)
  await set('false')
  for (const { tokens } of all) await agentJoins(tokens.chatId)
  const [bare, payload] = [['deviceId'], ['deviceId', 'message']]
  expect(contents(await under.settledPosts())).toEqual([payload, payload, payload, bare, bare, payload])
})

test('[PUSH-052] [PUSH-053] a reliable push tells nothing of what happened and comes from nobody', async () => {
  under = await startTestServer()
  const { tokens } = await under.chat('reliable')
  await agentJoins(tokens.chatId)
  await under.control('POST', `/sessions/${tokens.chatId}/say`, { participantId: 2, text: 'a secret' })
  const posts = await under.settledPosts()
  expect(posts).toHaveLength(2)
  expect(JSON.stringify(posts.map(post => post.body))).not.toMatch(/a secret|Bob|Agent|Joined|"participantId":[^0]/)
})

test('[PUSH-056] with the whole flex-push-content the push alone is enough for a refresh', async () => {
  const all = 'app-dbid,secure-key,session-id,user-id'
  under = await startTestServer({ chatServers: 2, gmsNodes: 2, set: [`settings.flex-push-content=${all}`] })
  const { tokens } = await under.chat('reliable')
  const [push] = await agentJoins(tokens.chatId)
  const { message } = push!.body as { message: { messages: { userData: Record<string, string> }[] } }
  const told = message.messages[0]!.userData
  const response = await fetch(
    `${under.server.urls[1]}/genesys/2/chat/customer-support/${told['session-id']}/refresh`,
    {
      method: 'POST',
      body: new URLSearchParams({
        userId: told['user-id']!,
        secureKey: told['secure-key']!,
        alias: told['app-dbid']!,
        transcriptPosition: told['notify-position']!,
      }),
    },
  )
  expect(await response.json()).toMatchObject({ statusCode: 0, messages: [{ index: 2, type: 'ParticipantJoined' }] })
})

test('[PUSH-040] [PUSH-041] a notification is a POST of application/json, unless the option says otherwise', async () => {
  under = await startTestServer()
  const { tokens } = await under.chat('payload')
  await agentJoins(tokens.chatId)
  await under.control('PUT', '/options/refserver/customhttp-content-type', { value: 'text/plain' })
  const posts = await agentJoins(tokens.chatId)
  expect(posts.map(post => post.contentType)).toEqual(['application/json;charset=UTF-8', 'text/plain'])
})

test('[PUSH-077] [PUSH-076] repetitions wait behind first notices in the queue of the node', async () => {
  const sink = await startSink()
  under = await startTestServer({ sink, set: ['refserver.customhttp-timeout-ms=100000'] })
  const { tokens } = await under.chat('reliable')
  await under.control('POST', `/sessions/${tokens.chatId}/join`, { nickname: 'Bob' })
  await under.chat('payload', { GCTI_GMS_NotifyRequestor: 'true' })
  await until(() => sink.posts.length === 1)
  under.clock.advance(15_000)
  const { body } = await under.control('GET', '/gauges')
  expect(body).toMatchObject({ gmsNodes: { 'gms-1': { inFlight: 1, queued: 2 } } })
  for (let posts = 2; posts <= 3; posts++) {
    sink.release()
    await until(() => sink.posts.length === posts)
  }
  sink.release()
  expect(
    (await under.settledPosts()).map(post => JSON.stringify(post.body).match(/"notify-attempt":"(\d)"/)?.[1]),
  ).toEqual(['0', undefined, '1'])
})
