import { afterEach, expect, test } from 'vitest'
import { type CometStage, startCometStage } from './comet-stage-for-tests.ts'

let stage: CometStage

async function start(...set: string[]) {
  await startWith(1, set)
}
async function startWith(chatServers: number, set: string[] = []) {
  stage = await startCometStage({ set, gmsNodes: 2, chatServers })
}
afterEach(() => stage.close())
const client = (node?: number) => stage.client(node)
const device = { push_notification_deviceid: 'phone-1', push_notification_type: 'customhttp' }
const names = { firstName: 'Ann', lastName: 'Bee' }
const desk = () => stage.under.server.desks[0]!
const indexOf = (body: unknown) => (body as { message: { messages: { index: number }[] } }).message.messages[0]!.index
const pushed = async () => (await stage.under.settledPosts()).map(({ body }) => indexOf(body))
const withPayload = { ...device, GCTI_GMS_PushIncludePayload: 'true' }

test('[PUSH-006] [PUSH-020] [PUSH-110] [PUSH-043] what a connected client hears is pushed too, and is the same', async () => {
  await start()
  const me = await client()
  await me.ask('requestChat', { ...names, userData: withPayload })
  desk().join(stage.newest(), 'Bob')
  await me.hears(1)
  const [post] = await stage.under.settledPosts()
  const { channel, ...data } = me.heard[1]!.data
  expect(post!.body).toEqual({ deviceId: 'phone-1', message: data })
})

test.each([
  ['push_notification_deviceid', { push_notification_type: 'customhttp' }],
  ['push_notification_type', { push_notification_deviceid: 'phone-1' }],
  [
    'both, with what REST takes',
    { GCTI_Chat_PushSubscribe: 'true', GCTI_GMS_PushDeviceId: 'd', GCTI_GMS_PushDeviceType: 'customhttp' },
  ],
])('[PUSH-020] without %s nothing is pushed', async (_what, userData) => {
  await start()
  const me = await client()
  await me.ask('requestChat', { ...names, userData })
  desk().join(stage.newest(), 'Bob')
  await me.hears(1)
  expect(await stage.under.settledPosts()).toEqual([])
})

test('[CV2-147] [CV2-148] the parameters of the latest requestNotifications count; without any they stay', async () => {
  await start()
  const me = await client()
  const { secureKey } = await me.ask('requestChat', { ...names, userData: withPayload })
  const devices: unknown[] = []
  const agent = desk().join(stage.newest(), 'Bob')!
  for (const userData of [{}, undefined, { ...withPayload, push_notification_deviceid: 'phone-2' }]) {
    await me.ask('requestNotifications', { secureKey, transcriptPosition: 1, userData })
    desk().say(stage.newest(), agent, 'x')
    devices.push(((await stage.under.settledPosts()).at(-1)!.body as { deviceId: string }).deviceId)
  }
  expect(devices).toEqual(['phone-1', 'phone-1', 'phone-2'])
})

test('[PUSH-111] [PUSH-112] [PUSH-113] with push_notification_to_active_client=false only who is away is pushed to', async () => {
  await start('chat.push_notification_to_active_client=false')
  const me = await client()
  await me.ask('requestChat', { ...names, userData: withPayload })
  const agent = desk().join(stage.newest(), 'Bob')!
  await me.hears(1)
  expect(await pushed()).toEqual([])
  await me.disconnect()
  desk().say(stage.newest(), agent, 'away')
  expect(await pushed()).toEqual([3])
})

test('[PUSH-112] [BX-113] a session that has expired is no connection, one whose socket is gone still is', async () => {
  await start('chat.push_notification_to_active_client=false')
  const me = await client()
  await me.ask('requestChat', { ...names, userData: withPayload })
  const agent = desk().join(stage.newest(), 'Bob')!
  await me.hears(1)
  await me.cut()
  stage.under.clock.advance(39_000)
  desk().type(stage.newest(), agent, true)
  expect(await pushed()).toEqual([])
  stage.under.clock.advance(11_000)
  desk().say(stage.newest(), agent, 'away')
  expect(await pushed()).toEqual([4])
})

test('[PUSH-113] reliable pushes of a client that was here begin with what it has not heard', async () => {
  await start('chat.push_notification_to_active_client=false')
  const me = await client()
  await me.ask('requestChat', { ...names, userData: { ...withPayload, GCTI_GMS_PushResend: 'true' } })
  const agent = desk().join(stage.newest(), 'Bob')!
  await me.hears(1)
  await me.disconnect()
  desk().say(stage.newest(), agent, 'away')
  const [post] = await stage.under.settledPosts()
  expect(post!.body).toMatchObject({ message: { messages: [{ userData: { 'notify-position': '3' } }] } })
})

test('[CS-004] [CS-008] [CS-045] a silent client that is connected stays, without CometD it is removed', async () => {
  await start('settings.flex-push-timeout=300')
  const [me, gone] = [await client(), await client()]
  await me.ask('requestChat', names)
  const here = stage.newest()
  await gone.ask('requestChat', names)
  const there = stage.newest()
  await gone.disconnect()
  const state = (chatId: string) => desk().view(chatId)?.parties[0]?.state
  // Its CometD session lives on, and nothing is asked of the chat.
  for (let n = 0; n < 70; n++) {
    stage.under.clock.advance(9000)
    await me.settled()
  }
  expect([state(here), state(there)]).toEqual(['ACTIVE', 'DISCONNECTING'])
  stage.under.clock.advance(16_000)
  expect([state(here), state(there)]).toEqual(['ACTIVE', 'REMOVED'])
})

test('[CS-047] [CS-040] with flex-push-enabled=false a chat has answers only, and one that was notified goes on', async () => {
  await start()
  const [before, me] = [await client(), await client()]
  const first = await before.ask('requestChat', names)
  const old = stage.newest()
  await stage.under.control('PUT', '/options/settings/flex-push-enabled', { value: 'false' })
  const { secureKey } = await me.ask('requestChat', { ...names, userData: withPayload })
  const agent = desk().join(stage.newest(), 'Bob')!
  desk().join(old, 'Bob')
  await before.hears(1)
  await before.ask('requestNotifications', { secureKey: first.secureKey, transcriptPosition: 3 })
  desk().join(old, 'Eve')
  await before.hears(2)
  desk().say(stage.newest(), agent, 'x')
  const { messages } = await me.ask('requestNotifications', { secureKey, transcriptPosition: 2 })
  expect([messages.map(({ index }) => index), me.unasked(), await stage.under.settledPosts()]).toEqual([[2, 3], [], []])
})

test('[PUSH-005] without comet in pushEnabled the publish is taken and nothing answers', async () => {
  await start('push.pushEnabled=customhttp')
  const me = await client()
  me.publish({ data: { operation: 'requestChat', ...names } })
  await me.settled()
  expect([me.heard, stage.newest()]).toEqual([[], ''])
})

test('[CV2-110] without notification mode every operation is refused, and nobody gets a chat', async () => {
  await start('chat.enable_notification_mode=false', 'push.pushEnabled=customhttp')
  const me = await client()
  const refused = {
    messages: [],
    chatEnded: false,
    statusCode: 2,
    errors: [{ code: 9003, advice: 'no chat over CometD: [chat] enable_notification_mode is false' }],
  }
  expect(await me.ask('requestChat', names)).toEqual(refused)
  expect(await me.ask('sendMessage', { secureKey: 'k', message: 'a' })).toEqual(refused)
  expect(await me.ask('dance', {}, '/service/chatV2/nobody')).toEqual(refused)
  expect(stage.newest()).toBe('')
})

test('[CV2-121] [CV2-122] with keys that rotate the latest is good, be it from an answer or unasked', async () => {
  await start('refserver.rotate-secure-key=every-response', 'refserver.secure-key-grace=0')
  const me = await client()
  const first = await me.ask('requestChat', names)
  const agent = desk().join(stage.newest(), 'Bob')!
  const second = await me.ask('sendMessage', { secureKey: first.secureKey, message: 'a' })
  desk().say(stage.newest(), agent, 'b')
  await me.hears(2)
  const unasked = me.heard.at(-1)!.data
  expect(second.secureKey).not.toBe(first.secureKey)
  expect(unasked.secureKey).toBe(second.secureKey)
  expect(await me.ask('sendMessage', { secureKey: unasked.secureKey, message: 'c' })).toMatchObject({ statusCode: 0 })
})

test('[CV2-103] [CV2-150] an old key is fatal, and ends the chat', async () => {
  await start('refserver.rotate-secure-key=every-response', 'refserver.secure-key-grace=0')
  const [me, thief] = [await client(), await client()]
  const { secureKey } = await me.ask('requestChat', names)
  await me.ask('sendMessage', { secureKey, message: 'a' })
  stage.under.clock.advance(1000)
  expect(await thief.ask('sendMessage', { secureKey, message: 'b' })).toMatchObject({
    statusCode: 2,
    chatEnded: true,
    errors: [{ code: 249 }],
  })
  await me.hears(1)
  expect(me.heard.at(-1)!.data).toMatchObject({ chatEnded: true, messages: [{ type: 'ParticipantLeft' }] })
})

test('[CV2-148] [CS-045] [CS-091] parameters and registration outlive the Chat Server', async () => {
  await startWith(2, ['settings.session-restore-extend-by=agent', 'settings.session-restore-push-send=true'])
  const me = await client()
  const { secureKey } = await me.ask('requestChat', { ...names, userData: withPayload })
  const userData = { ...withPayload, push_notification_deviceid: 'phone-2' }
  await me.ask('requestNotifications', { secureKey, userData })
  await me.disconnect()
  const owner = stage.under.server.desks.findIndex(each => each.view(stage.newest()) !== undefined)
  await stage.under.control('POST', `/chat-servers/${201 + owner}/kill`)
  const desk = stage.under.server.desks[1 - owner]!
  desk.join(stage.newest(), 'Bob')
  expect(desk.view(stage.newest())!.parties[0]).toMatchObject({ state: 'ACTIVE' })
  expect((await stage.under.settledPosts()).at(-1)!.body).toMatchObject({ deviceId: 'phone-2' })
})

test('[CV2-119] [CV2-131] [CS-086] what a restoration or a lost link kept back comes first, in order', async () => {
  await startWith(2)
  const me = await client()
  const { secureKey } = await me.ask('requestChat', names)
  const owner = stage.under.server.desks.findIndex(each => each.view(stage.newest()) !== undefined)
  stage.under.server.desks[owner]!.join(stage.newest(), 'Bob')
  await me.hears(1)
  await stage.under.control('POST', `/chat-servers/${201 + owner}/kill`)
  const answer = await me.ask('sendMessage', { secureKey, message: 'a' })
  await me.settled()
  const order = () => me.heard.slice(1).flatMap(({ data }) => data.messages.map(({ index, type }) => [index, type]))
  expect(order()).toEqual([
    [2, 'ParticipantJoined'],
    [3, 'ParticipantLeft'],
    [4, 'Message'],
  ])

  const alias = String(202 - owner)
  const desk = stage.under.server.desks[1 - owner]!
  await stage.under.control('POST', `/links/gms-1/${alias}/cut`)
  const agent = desk.join(stage.newest(), 'Eve')!
  await stage.under.control('POST', `/links/gms-1/${alias}/restore`)
  desk.say(stage.newest(), agent, 'x')
  await me.ask('updateData', { secureKey: answer.secureKey, userData: {} })
  desk.say(stage.newest(), agent, 'y')
  await me.hears(5)
  expect(me.unasked()).toEqual([2, 3, 5, 6, 7])
})
