import { afterEach, expect, test } from 'vitest'
import type { CometClient } from './comet-client-for-tests.ts'
import { type CometStage, startCometStage } from './comet-stage-for-tests.ts'

let stage: CometStage

async function start(...set: string[]) {
  stage = await startCometStage({ set, gmsNodes: 2, chatServers: 2 })
}
afterEach(() => stage.close())
const client = (node?: number) => stage.client(node)
const names = { firstName: 'Ann', lastName: 'Bee' }
async function chat(me: CometClient, data: object = {}) {
  const { secureKey } = await me.ask('requestChat', { ...names, ...data })
  return { secureKey: secureKey!, chatId: stage.newest() }
}
const alias = (server: number) => String(201 + server)
const order = (path: string) => stage.under.control('POST', path)
const settle = () => order('/settle')
const desk = (server: number) => stage.under.server.desks[server]!
const ownerOf = (chatId: string) =>
  stage.under.server.desks.findIndex(each => each.view(chatId) !== undefined && !each.view(chatId)!.over)
/** @returns the server that has it then. */
async function failOver(chatId: string): Promise<number> {
  const owner = ownerOf(chatId)
  await order(`/chat-servers/${alias(owner)}/kill`)
  await settle()
  return 1 - owner
}
const heard = (me: CometClient) =>
  me.heard.slice(1).flatMap(({ data }) => data.messages.map(({ index, type, text }) => [index, text ?? type]))
const device = { push_notification_deviceid: 'phone-1', push_notification_type: 'customhttp' }

test('[CV2-187] [CS-086] a silent client hears what happens after its Chat Server is gone, once, and its key is still good', async () => {
  await start()
  const me = await client()
  const { secureKey, chatId } = await chat(me)
  desk(ownerOf(chatId)).join(chatId, 'Bob')
  await me.hears(1)
  const other = await failOver(chatId)
  const agent = desk(other).join(chatId, 'Eve')!
  desk(other).say(chatId, agent, 'here again')
  await me.hears(4)
  expect(heard(me)).toEqual([
    [2, 'ParticipantJoined'],
    [3, 'ParticipantLeft'],
    [4, 'ParticipantJoined'],
    [5, 'here again'],
  ])
  stage.under.clock.advance(40_000)
  const returned = await client()
  expect(await returned.ask('sendMessage', { secureKey, message: 'x' })).toMatchObject({ statusCode: 0 })
})

test('[CV2-187] [CS-093] while none is left the chat waits, and the first instance that runs goes on with it', async () => {
  await start()
  const me = await client()
  const { chatId } = await chat(me)
  const owner = ownerOf(chatId)
  for (const each of [1 - owner, owner]) await order(`/chat-servers/${alias(each)}/kill`)
  expect((await settle()).body).toEqual({ settled: true })
  await order(`/chat-servers/${alias(1 - owner)}/start`)
  await settle()
  desk(1 - owner).join(chatId, 'Eve')
  await me.hears(1)
  expect(me.unasked()).toEqual([2])
})

test.each(['simple', 'none'])(
  '[CV2-187] what happened while a link was lost comes when it is back, an end too, with restoration %s',
  async mode => {
    await start(`settings.session-restoration-mode=${mode}`)
    const me = await client()
    const { chatId } = await chat(me)
    const owner = ownerOf(chatId)
    const link = `/links/gms-1/${alias(owner)}`
    await order(`${link}/cut`)
    const agent = desk(owner).join(chatId, 'Bob')!
    desk(owner).say(chatId, agent, 'between us', { agentOnly: true })
    await settle()
    await order(`${link}/restore`)
    desk(owner).say(chatId, agent, 'hello')
    await me.hears(2)
    expect(me.unasked()).toEqual([2, 4])
    await order(`${link}/cut`)
    desk(owner).close(chatId, agent)
    await settle()
    await order(`${link}/restore`)
    await me.hears(4)
    expect(me.unasked()).toEqual([2, 4, 5, 6])
    expect(me.heard.map(({ data }) => data.chatEnded)).toEqual([false, false, false, false, true])
  },
)

test('[CV2-187] what an instance said while nobody could hear it is heard, though the instance is gone', async () => {
  await start()
  const me = await client()
  const { chatId } = await chat(me)
  const owner = ownerOf(chatId)
  await order(`/links/gms-1/${alias(owner)}/cut`)
  desk(owner).say(chatId, desk(owner).join(chatId, 'Bob')!, 'hello')
  await failOver(chatId)
  // Nobody tells the node that an instance is gone to which it had no connection.
  stage.under.clock.advance(5_000)
  await me.hears(3)
  expect(heard(me)).toEqual([
    [2, 'ParticipantJoined'],
    [3, 'hello'],
    [4, 'ParticipantLeft'],
  ])
})

test('[CV2-187] [CV2-133] who was taken over meanwhile hears nothing', async () => {
  await start()
  const me = await client()
  const { secureKey, chatId } = await chat(me)
  const owner = ownerOf(chatId)
  const link = `/links/gms-1/${alias(owner)}`
  await order(`${link}/cut`)
  const second = await client(1)
  await second.ask('requestNotifications', { secureKey })
  await order(`${link}/restore`)
  await settle()
  desk(owner).join(chatId, 'Bob')
  await second.hears(1)
  await me.settled()
  expect([me.unasked(), second.unasked()]).toEqual([[], [2]])
})

test('[CV2-187] [CS-089] a chat that could not be restored at once is attached when an agent brings it back', async () => {
  await start('settings.session-restore-extend-by=agent')
  const me = await client()
  const { chatId } = await chat(me)
  await order('/transcript-store/fail')
  const other = await failOver(chatId)
  expect(ownerOf(chatId)).toBe(-1)
  await order('/transcript-store/repair')
  const agent = desk(other).join(chatId, 'Eve')!
  await me.hears(1)
  desk(other).say(chatId, agent, 'hello')
  await me.hears(2)
  expect(me.unasked()).toEqual([2, 3])
})

test('[CV2-187] a store that is repaired is asked again', async () => {
  await start()
  const me = await client()
  const { chatId } = await chat(me)
  await order('/transcript-store/fail')
  const other = await failOver(chatId)
  await order('/transcript-store/repair')
  stage.under.clock.advance(5_000)
  await settle()
  desk(other).join(chatId, 'Eve')
  await me.hears(1)
})

test('[CV2-187] [PUSH-111] [PUSH-113] a restoration for a connected client pushes nothing, at once or later', async () => {
  await start('chat.push_notification_to_active_client=false')
  const me = await client()
  const reliable = { ...device, GCTI_GMS_PushIncludePayload: 'true', GCTI_GMS_PushResend: 'true' }
  const { chatId } = await chat(me, { userData: reliable })
  desk(ownerOf(chatId)).join(chatId, 'Bob')
  await me.hears(1)
  const other = await failOver(chatId)
  await me.hears(2)
  expect(await stage.under.settledPosts()).toEqual([])
  await me.disconnect()
  desk(other).join(chatId, 'Eve')
  const posts = await stage.under.settledPosts()
  expect(posts.map(({ body }) => body)).toMatchObject([
    { message: { messages: [{ userData: { 'notify-position': '4' } }] } },
  ])
})

test('[CS-081] [CS-084] who was away comes back by an operation, with a new key, and is notified again', async () => {
  await start()
  const me = await client()
  const { secureKey, chatId } = await chat(me)
  await me.disconnect()
  const other = await failOver(chatId)
  expect(ownerOf(chatId)).toBe(-1)
  const again = await client()
  const answer = await again.ask('requestNotifications', { secureKey })
  expect(answer.secureKey).not.toBe(secureKey)
  desk(other).join(chatId, 'Bob')
  await again.hears(1)
  expect([answer.messages.map(({ index }) => index), again.unasked()]).toEqual([[1], [2]])
})

test('[CV2-187] hundreds of chats of one session go over, and each is heard', async () => {
  await start()
  const me = await client()
  const chats = new Set<string>()
  for (let n = 0; n < 250; n++) chats.add((await chat(me)).chatId)
  await order(`/chat-servers/${alias(0)}/kill`)
  await settle()
  for (const chatId of chats) desk(1).join(chatId, 'Bob')
  await me.hears(250)
  expect(me.unasked()).toEqual(Array.from({ length: 250 }, () => 2))
})

test('[CV2-187] [CV2-119] [CV2-120] whenever instances fail, what is said meanwhile stands in the chat and is heard once', async () => {
  await start()
  const me = await client()
  const { secureKey, chatId } = await chat(me)
  for (let round = 0; round < 6; round++) {
    const owner = ownerOf(chatId)
    const agent = desk(owner).join(chatId, 'Bob')!
    me.publish(...[1, 2, 3].map(n => ({ data: { operation: 'sendMessage', secureKey, message: `${round}.${n}` } })))
    desk(owner).say(chatId, agent, `${round}`)
    await failOver(chatId)
    await order(`/chat-servers/${alias(owner)}/start`)
  }
  await me.settled()
  const shown = desk(ownerOf(chatId))
    .view(chatId)!
    .transcript.map(({ index }) => index)
  expect(heard(me).map(([index]) => index)).toEqual(shown.slice(1))
})
