import { expect, test } from 'vitest'
import type { ChatOperation, ChatRequest } from '../messages.ts'
import { createManualClock } from '../time/manual-clock.ts'
import { createTranscriptStore } from '../transcript-store.ts'
import { type Answer, asyncData, pushData, reliableData, startTestServer } from './test-server.ts'

/** Instances 201 and 202 beside one store; chats begin on 201. */
function startTwo(ini = '') {
  const clock = createManualClock()
  const store = createTranscriptStore()
  const first = startTestServer({ ini, clock, store })
  const second = startTestServer({ ini, clock, store, dbid: 202 })

  function startChat(userData: Record<string, string> = {}) {
    const chat = first.startChat(userData)
    const { chatId, userId, secureKey } = chat
    /** As GMS asks when no running instance knows the session. */
    const restore = (operation: ChatOperation = 'refresh', fields: Partial<ChatRequest> = {}, at = second) =>
      at.node.request({ operation, service: 'customer-support', chatId, userId, secureKey, ...fields }, true)
    const restored = (operation: ChatOperation = 'refresh', fields: Partial<ChatRequest> = {}): Answer => {
      const outcome = restore(operation, fields)
      if (outcome.kind !== 'ok') throw new Error(`not restored: ${outcome.reason}`)
      return outcome
    }
    return { ...chat, restore, restored, viewAtSecond: () => second.desk.view(chatId)! }
  }
  const setBoth = (option: string, value: string) => {
    first.set(option, value)
    second.set(option, value)
  }
  return { first, second, clock, store, startChat, setBoth, seconds: first.seconds }
}

const typesOf = ({ events }: Answer) => events.map(({ type }) => type)

test('[CS-080] [CS-081] [CS-082] [CS-083] [CS-085] [CS-088] a request with the old tokens restores the whole transcript elsewhere', () => {
  const { first, second, startChat } = startTwo()
  const chat = startChat()
  const { events: before } = chat.ok('send', { message: 'hello', transcriptPosition: 1 })
  first.server.kill()
  expect(second.server.chatIds()).toEqual([])
  const answer = chat.restored()
  expect(answer).toMatchObject({ alias: '202', chatId: chat.chatId, userId: chat.userId, chatEnded: false })
  expect(answer.events).toEqual(before)
  expect(chat.restored('send', { message: 'on', transcriptPosition: 3, secureKey: answer.secureKey! }).events).toEqual([
    expect.objectContaining({ index: 3, text: 'on' }),
  ])
  expect(second.server.health()).toMatchObject({ sessions: 1, flexUsers: 1, sessionsCreated: 0, sessionsRestored: 1 })
})

test('[CS-094] a session in which nobody wrote has its join in the store', () => {
  const { first, startChat } = startTwo()
  const chat = startChat()
  first.server.kill()
  expect(typesOf(chat.restored())).toEqual(['ParticipantJoined'])
})

test('[CS-084] the restoring answer has a new key, the old one works for 30 s more', () => {
  const { first, second, startChat, seconds } = startTwo('flex-disconnect-timeout = 100\n')
  const chat = startChat()
  first.server.kill()
  const { secureKey } = chat.restored()
  expect(secureKey).not.toBe(chat.secureKey)
  seconds(30)
  expect(chat.restored().secureKey).toBe(secureKey)
  seconds(1)
  expect(chat.restored('refresh', { secureKey: secureKey! }).secureKey).toBe(secureKey)
  expect(chat.restore()).toMatchObject({ kind: 'refused', reason: 'wrong-key' })
  expect(second.server.chatIds()).toEqual([])
})

test('[CS-086] [CS-087] agents and bots are removed with reason 8 and join again under new ids', () => {
  const { first, second, startChat } = startTwo()
  const chat = startChat()
  chat.agent()
  first.desk.rename(chat.chatId, 2, 'Rob')
  first.desk.join(chat.chatId, 'bot', 'External')
  first.desk.leave(chat.chatId, first.desk.join(chat.chatId, 'Eve')!)
  first.server.kill()
  const left = chat.restored().events.slice(-2)
  expect(left.map(({ index, type, from, userData }) => ({ index, type, who: from.nickname, userData }))).toEqual([
    { index: 7, type: 'ParticipantLeft', who: 'Rob', userData: { 'quit-reason-code': '8' } },
    { index: 8, type: 'ParticipantLeft', who: 'bot', userData: { 'quit-reason-code': '8' } },
  ])
  expect(second.desk.join(chat.chatId, 'Rob')).toBe(5)
})

test('[CS-095] an instance that comes back gets the session neither by asking nor by waiting', () => {
  const { first, startChat } = startTwo()
  const chat = startChat()
  first.server.kill()
  chat.restored()
  first.server.start()
  const back = first.connectNode('node-1')
  const { chatId, userId, secureKey } = chat
  const request = { operation: 'refresh', service: 'customer-support', chatId, userId, secureKey } as const
  expect(back.request(request)).toMatchObject({ reason: 'not-here' })
  expect(back.request(request, true)).toMatchObject({ reason: 'unavailable' })
})

test('[CS-112] the instance itself may restore what it had before its restart', () => {
  const { first, startChat } = startTwo()
  const chat = startChat()
  first.server.kill()
  first.server.start()
  const node = first.connectNode('node-1')
  const { chatId, userId, secureKey } = chat
  expect(node.request({ operation: 'refresh', service: 'x', chatId, userId, secureKey }, true)).toMatchObject({
    kind: 'ok',
    alias: '201',
  })
})

test('[CV2-104] [CV2-105] a foreign user id restores nothing; an ended session is not in the store', () => {
  const { first, second, store, startChat } = startTwo()
  const [chat, ended, closed] = [startChat(), startChat(), startChat()]
  ended.ok('disconnect')
  first.desk.close(closed.chatId, closed.agent())
  expect(store.size()).toBe(1)
  first.server.kill()
  expect(chat.restore('refresh', { userId: 'ABC' })).toMatchObject({ reason: 'unknown-user' })
  expect(second.server.chatIds()).toEqual([])
  expect(ended.restore()).toMatchObject({ reason: 'not-here' })
  expect(closed.restore()).toMatchObject({ reason: 'not-here' })
  expect(chat.restored().alias).toBe('202')
})

test.each([
  ['session-restoration-mode', 'none'],
  ['transcript-auto-save', '0'],
])('[OPT-042] with %s=%s there is no restoration', (option, value) => {
  const { first, store, startChat, setBoth } = startTwo()
  setBoth(option, value)
  const chat = startChat()
  chat.ok('send', { message: 'lost' })
  expect(store.size()).toBe(0)
  first.server.kill()
  expect(chat.restore()).toMatchObject({ reason: 'not-here' })
})

test.each([
  ['none', false, false],
  ['agent', true, false],
  ['esp', false, true],
  ['both', true, true],
])('[CS-089] [OPT-040] session-restore-extend-by=%s: agent %s, workflow %s', (word, byAgent, byWorkflow) => {
  const { first, second, startChat, setBoth } = startTwo()
  setBoth('session-restore-extend-by', word)
  const [one, other] = [startChat(), startChat()]
  first.server.kill()
  expect(second.desk.join(one.chatId, 'Bob') !== undefined).toBe(byAgent)
  expect(second.desk.join(other.chatId, 'bot', 'External') !== undefined).toBe(byWorkflow)
})

test('[CS-090] [CS-084] an agent that restores leaves the customer its key, 45 s and no pushes', () => {
  const { first, second, startChat, setBoth, seconds } = startTwo()
  setBoth('session-restore-extend-by', 'agent')
  const chat = startChat(pushData)
  first.server.kill()
  second.desk.say(chat.chatId, second.desk.join(chat.chatId, 'Bob')!, 'hello')
  expect(second.node.notices).toEqual([])
  seconds(44)
  expect(chat.restored().secureKey).toBe(chat.secureKey)
  seconds(44)
  expect(chat.viewAtSecond().parties[0]).toMatchObject({ present: true })
  seconds(1)
  expect(chat.viewAtSecond().parties[0]).toMatchObject({ present: false })
})

test('[CS-090] [OPT-041] with session-restore-push-send the pushes go on after a restoration by an agent', () => {
  const { first, second, startChat, setBoth, seconds } = startTwo()
  setBoth('session-restore-extend-by', 'both')
  setBoth('session-restore-push-send', 'true')
  const chat = startChat(pushData)
  first.server.kill()
  second.desk.join(chat.chatId, 'Bob')
  expect(second.node.notices.map(({ index, deviceId }) => ({ index, deviceId }))).toEqual([
    { index: 2, deviceId: 'cg-run-0-0' },
  ])
  seconds(299)
  expect(chat.viewAtSecond().parties[0]).toMatchObject({ state: 'ACTIVE' })
})

test('[CS-091] [CS-053] the subscription comes back as it was; what was announced and not retrieved is announced again', () => {
  const { first, second, startChat } = startTwo()
  const chat = startChat(reliableData)
  first.desk.say(chat.chatId, chat.agent(), 'hello')
  first.server.kill()
  chat.restored('updateData', { userData: { a: 'b' } })
  expect(second.node.notices.map(({ form, attempt, notifyPosition }) => ({ form, attempt, notifyPosition }))).toEqual([
    { form: 'trigger', attempt: 0, notifyPosition: 2 },
  ])
})

test('[CS-061] [CS-065] what was retrieved before the failure is not announced again', () => {
  const { first, second, startChat } = startTwo()
  const chat = startChat(reliableData)
  first.desk.leave(chat.chatId, chat.agent())
  chat.ok('refresh', { transcriptPosition: 2 })
  first.server.kill()
  chat.restored('startTyping')
  expect(second.node.notices).toEqual([])
  second.desk.join(chat.chatId, 'Bob')
  expect(second.node.notices).toMatchObject([{ attempt: 0, notifyPosition: 4 }])
})

test('[CS-092] the client has its whole timeout again, the idle alert comes when it would have come', () => {
  const { first, startChat, seconds } = startTwo('flex-disconnect-timeout = 60000\n')
  const chat = startChat(asyncData)
  chat.agent()
  seconds(43_200)
  first.server.kill()
  const { secureKey } = chat.restored()
  seconds(43_199)
  expect(chat.viewAtSecond().transcript.map(({ type }) => type)).not.toContain('IdleAlert')
  seconds(1)
  expect(chat.viewAtSecond()).toMatchObject({ userData: { GCTI_Chat_AsyncStatus: '3' } })
  expect(typesOf(chat.restored('refresh', { transcriptPosition: 4, secureKey: secureKey! }))).toEqual(['IdleAlert'])
})

test('[CS-092] an idle timer that ran out while nobody had the session alerts at once, and closes later', () => {
  const { first, startChat, seconds } = startTwo('flex-disconnect-timeout = 60000\n')
  const chat = startChat(asyncData)
  first.server.kill()
  seconds(10 * 86_400)
  chat.restored()
  seconds(0)
  expect(chat.viewAtSecond().transcript.map(({ type }) => type)).toEqual(['ParticipantJoined', 'IdleAlert'])
  seconds(3_599)
  expect(chat.viewAtSecond().over).toBe(false)
  seconds(1)
  expect(chat.viewAtSecond().over).toBe(true)
})

test('[CS-015] a wrong key that restores removes the customer as it does anywhere', () => {
  const { first, second, store, startChat } = startTwo()
  const chat = startChat()
  first.server.kill()
  expect(chat.restore('refresh', { secureKey: '0000' })).toMatchObject({ reason: 'wrong-key' })
  expect([second.server.chatIds(), store.size()]).toEqual([[], 0])
  expect(chat.restore()).toMatchObject({ reason: 'over' })
})

test('[CS-088] what the store did not take is written with the next change; while it fails nothing is restored', () => {
  const { first, store, startChat } = startTwo()
  const chat = startChat()
  store.fail(true)
  chat.ok('send', { message: 'one' })
  store.fail(false)
  chat.ok('send', { message: 'two' })
  first.server.kill()
  store.fail(true)
  expect(chat.restore()).toMatchObject({ reason: 'unavailable' })
  store.fail(false)
  expect(chat.restored().events.map(({ text }) => text)).toEqual([undefined, 'one', 'two'])
})

test('[OPT-043] [CS-088] transcript-save-on-error=close closes the session with reason 5 and takes it out of the store', () => {
  const { first, store, startChat } = startTwo('transcript-save-on-error = close\n')
  const [chat, other] = [startChat(pushData), startChat()]
  store.fail(true)
  expect(chat.ok('send', { message: 'one' }).chatEnded).toBe(false)
  expect(first.node.notices).toMatchObject([{ eventType: 'ParticipantLeft', chatEnded: true }])
  const { chatEnded, events } = chat.ok('refresh')
  expect([chatEnded, events.at(-1)?.userData]).toEqual([true, { 'quit-reason-code': '5' }])
  store.fail(false)
  expect(store.size()).toBe(1)
  expect(other.ok('send', { message: 'two' }).chatEnded).toBe(false)
})

test('[CS-124] a load limit does not refuse a restoration', () => {
  const { first, second, startChat } = startTwo()
  const chat = startChat()
  second.set('limits-control-enabled', 'true')
  second.set('limit-for-sessions', '1')
  second.startChat()
  first.server.kill()
  expect(chat.restored().alias).toBe('202')
})

test('[CS-106] an instance that stops restores nothing', async () => {
  const { first, second, startChat } = startTwo('shutdown-notify-flex-push = 1\n')
  const chat = startChat()
  first.server.kill()
  for (let i = 0; i < 501; i++) second.startChat(pushData)
  const stopped = second.server.stop()
  expect(chat.restore()).toMatchObject({ reason: 'unavailable' })
  await stopped
})

test('[CS-081] what the customer and idle control have left behind goes on: nickname, user data, receipts, hidden events', () => {
  const { first, second, startChat, seconds } = startTwo('flex-disconnect-timeout = 1000000\n')
  const chat = startChat(asyncData)
  chat.ok('updateNickname', { nickname: 'Anna' })
  chat.ok('updateData', { userData: { order: '7' } })
  first.desk.say(chat.chatId, chat.agent(), 'hidden', { agentOnly: true })
  chat.ok('readReceipt', { transcriptPosition: 2 })
  seconds(86_400)
  const before = chat.view()
  first.server.kill()
  const { events, secureKey } = chat.restored('send', { message: 'hello', transcriptPosition: 1 })
  expect(events.map(({ index }) => index)).toEqual([1, 2, 3, 5, 6, 7])
  expect(events.at(-1)!.from).toEqual({ nickname: 'Anna', participantId: 1, type: 'Client' })
  const { userData, readReceipts, startedAt } = chat.viewAtSecond()
  expect({ userData, readReceipts, startedAt }).toEqual({
    // The customer's message in a chat that no agent attends (CS-033).
    userData: { ...before.userData, GCTI_Chat_AsyncStatus: '2' },
    readReceipts: before.readReceipts,
    startedAt: before.startedAt,
  })
  expect(second.desk.join(chat.chatId, 'Bob')).toBe(4)
  expect(secureKey).not.toBe(chat.secureKey)
})
