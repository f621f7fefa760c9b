import { expect, test } from 'vitest'
import { asyncData, pushData, reliableData, startTestServer } from './test-server.ts'

test('[CS-040] [OPT-021] flex-push-enabled=false refuses new subscriptions, existing ones continue', () => {
  const { startChat, set, node } = startTestServer()
  const old = startChat(pushData)
  set('flex-push-enabled', 'false')
  const young = startChat(pushData)
  old.agent()
  young.agent()
  expect(node.notices.map(notice => notice.chatId)).toEqual([old.chatId])
})

test('[CS-041] [CS-043] [OPT-023] flex-push-on-join=false ignores the pair; the chat starts and has the short timer', () => {
  const { startChat, set, node, seconds } = startTestServer()
  set('flex-push-on-join', undefined)
  const chat = startChat(pushData)
  expect(chat.answer.kind).toBe('ok')
  chat.agent()
  seconds(45)
  expect([node.notices, chat.customer().present]).toEqual([[], false])
})

test('[CS-042] [CS-045] [PUSH-022] [PUSH-024] a confirmed subscription pushes what agents do, with the device id', () => {
  const { startChat, desk, node, seconds } = startTestServer()
  const chat = startChat(pushData)
  seconds(60)
  desk.say(chat.chatId, chat.agent(), 'hello')
  expect(node.notices[1]).toEqual({
    chatId: chat.chatId,
    service: 'customer-support',
    deviceId: 'cg-run-0-0',
    deviceType: 'customhttp',
    debug: false,
    form: 'event',
    includePayload: true,
    index: 3,
    eventType: 'Message',
    event: chat.view().transcript[2],
    attempt: 0,
    notifyPosition: 0,
    content: {},
    nextPosition: 4,
    chatEnded: false,
    secureKey: chat.secureKey,
  })
})

test.each([
  ['True', true],
  ['TRUE', true],
  ['1', false],
  ['yes', false],
  ['', false],
])('[CS-044] GCTI_Chat_PushSubscribe=%s subscribes: %s', (value, subscribes) => {
  const { startChat } = startTestServer()
  expect(startChat({ ...pushData, GCTI_Chat_PushSubscribe: value }).view().push !== undefined).toBe(subscribes)
})

test('[CS-046] nothing is pushed after the removal of the party', () => {
  const { startChat, desk, node } = startTestServer()
  const chat = startChat(pushData)
  const agent = chat.agent()
  desk.remove(chat.chatId, agent, 1)
  desk.say(chat.chatId, agent, 'gone')
  expect(node.notices.map(notice => notice.eventType)).toEqual(['ParticipantJoined', 'ParticipantLeft'])
})

test('[PUSH-021] without device id or type there is no push', () => {
  const { startChat } = startTestServer()
  for (const missing of ['GCTI_GMS_PushDeviceId', 'GCTI_GMS_PushDeviceType'] as const) {
    const { [missing]: _, ...rest } = pushData
    expect(startChat(rest).view().push).toBeUndefined()
  }
})

test('[PUSH-023] [OQ-27] own activity is pushed only with GCTI_GMS_NotifyRequestor, the join included', () => {
  const { startChat, node } = startTestServer()
  startChat(pushData).ok('send', { message: 'x' })
  expect(node.notices).toEqual([])
  const own = startChat({ ...pushData, GCTI_GMS_NotifyRequestor: 'true' })
  own.ok('send', { message: 'x' })
  own.ok('disconnect')
  expect(node.notices.map(notice => [notice.index, notice.eventType, notice.chatEnded])).toEqual([
    [1, 'ParticipantJoined', false],
    [2, 'Message', false],
    [3, 'ParticipantLeft', true],
  ])
})

test('[PUSH-025] [PUSH-028] payload by the pair or by the node; resend without payload is ignored with a warning', () => {
  const { startChat, lines } = startTestServer()
  const { GCTI_GMS_PushIncludePayload: _, ...bare } = reliableData
  expect(startChat(bare).view().push?.mode).toBe('event')
  expect(lines).toContain('GCTI_GMS_PushResend without payload is ignored')
  expect(startChat(bare, { includePayload: true }).view().push?.mode).toBe('trigger')
})

test('[OQ-32] async mode and push subscription are independent', () => {
  const { startChat } = startTestServer()
  const views = [asyncData, pushData, { ...asyncData, ...pushData }].map(data => startChat(data).view())
  expect(views.map(view => [view.async, view.push !== undefined])).toEqual([
    [true, false],
    [false, true],
    [true, true],
  ])
})

test('[PUSH-031] with payload each kind of event is pushed, agent-only ones are not', () => {
  const { startChat, desk, node } = startTestServer()
  const chat = startChat(pushData)
  const agent = chat.agent()
  desk.type(chat.chatId, agent, true, 'prev')
  desk.say(chat.chatId, agent, 'psst', { agentOnly: true })
  desk.pushUrl(chat.chatId, agent, 'https://example.com')
  desk.notice(chat.chatId, agent, 'note')
  desk.rename(chat.chatId, agent, 'Robert')
  expect(node.notices.map(notice => [notice.index, notice.eventType])).toEqual([
    [2, 'ParticipantJoined'],
    [3, 'TypingStarted'],
    [5, 'PushUrl'],
    [6, 'CustomNotice'],
    [7, 'NicknameUpdated'],
  ])
})
