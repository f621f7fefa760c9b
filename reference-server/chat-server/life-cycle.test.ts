import { expect, test } from 'vitest'
import { pushData, reliableData, startTestServer } from './test-server.ts'

const leftBy = (reason: string) => ({ type: 'ParticipantLeft', userData: { 'quit-reason-code': reason } })

test('[CS-001] a party without push subscription is removed 45 s after its last request', () => {
  const { startChat, seconds } = startTestServer()
  const chat = startChat()
  seconds(44.999)
  expect(chat.customer()).toMatchObject({ present: true, state: 'REGULAR' })
  seconds(0.001)
  expect(chat.customer()).toMatchObject({ present: false, state: 'REMOVED' })
  expect(chat.view().transcript.at(-1)).toMatchObject(leftBy('3'))
})

test('[CS-002] [CV2-090] a request without news and typing restart the timer', () => {
  const { startChat, seconds } = startTestServer()
  const chat = startChat()
  for (const operation of ['refresh', 'startTyping', 'readReceipt', 'updateData', 'refresh'] as const) {
    seconds(40)
    chat.ok(operation, { transcriptPosition: 0 })
  }
  seconds(44)
  expect(chat.customer().present).toBe(true)
})

test('[CS-003] agent messages alone do not keep the customer', () => {
  const { startChat, seconds, desk } = startTestServer()
  const chat = startChat()
  const agent = chat.agent()
  for (let i = 0; i < 5; i++) {
    desk.say(chat.chatId, agent, 'still there?')
    seconds(9)
  }
  expect(chat.customer().present).toBe(false)
})

test('[CS-004] [CS-005] [CS-006] [CS-007] a subscribed party is pinged, waited for twice and removed after 645 s', () => {
  const { startChat, seconds, lines } = startTestServer()
  const chat = startChat(pushData)
  seconds(299)
  expect(chat.customer().state).toBe('ACTIVE')
  seconds(1)
  expect(chat.customer().state).toBe('PINGED')
  expect(lines.filter(line => line === 'flex-push ping')).toHaveLength(1)
  chat.ok('refresh')
  expect(chat.customer().state).toBe('ACTIVE')
  seconds(600)
  expect(chat.customer().state).toBe('DISCONNECTING')
  chat.ok('refresh')
  expect(chat.customer().state).toBe('ACTIVE')
  seconds(644)
  expect(chat.customer().state).toBe('DISCONNECTING')
  seconds(1)
  expect(chat.customer().state).toBe('REMOVED')
  expect(chat.view().transcript.at(-1)).toMatchObject(leftBy('3'))
})

test('[CS-009] a ping is no event and no push, unless forward-ping asks for a trigger', () => {
  const { startChat, seconds, node, set } = startTestServer()
  const chat = startChat(reliableData)
  seconds(300)
  expect([node.notices.length, chat.view().nextPosition]).toEqual([0, 2])
  chat.ok('refresh')
  set('forward-ping', 'true', 'refserver')
  seconds(300)
  expect(node.notices).toMatchObject([{ form: 'trigger', attempt: 0, notifyPosition: 2 }])
  expect(chat.view().nextPosition).toBe(2)
})

test('[CS-010] [CV2-061] [PUSH-033] quit reasons 0 and 3 are in pushes, not in answers', () => {
  const { startChat, node, desk, seconds } = startTestServer()
  const chat = startChat(pushData)
  const agent = chat.agent()
  desk.leave(chat.chatId, agent)
  expect(node.notices.at(-1)!.event).toMatchObject({ ...leftBy('0'), index: 3 })
  expect(chat.ok('refresh').events.at(-1)).toEqual({
    from: { nickname: 'Bob', participantId: 2, type: 'Agent' },
    index: 3,
    type: 'ParticipantLeft',
    utcTime: expect.any(Number),
  })
  seconds(645)
  expect(node.notices.at(-1)).toMatchObject({ event: { ...leftBy('3'), index: 4 }, chatEnded: true })
})

test('[CS-011] the session goes on for the agent when the customer was removed for inactivity', () => {
  const { startChat, seconds, desk } = startTestServer()
  const chat = startChat()
  const agent = chat.agent()
  seconds(45)
  expect(chat.view().over).toBe(false)
  expect(desk.say(chat.chatId, agent, 'gone?')).toBe(true)
  expect(chat.ask('refresh')).toMatchObject({ kind: 'refused', reason: 'over' })
})

test('[CS-012] the session ends when neither customer nor agent is left, in either order', () => {
  const { startChat, desk } = startTestServer()
  const first = startChat()
  const agent = first.agent()
  desk.join(first.chatId, 'bot', 'External')
  first.ok('disconnect')
  expect(first.view().over).toBe(false)
  desk.leave(first.chatId, agent)
  expect(first.view().over).toBe(true)

  const second = startChat()
  desk.leave(second.chatId, second.agent())
  expect(second.view().over).toBe(false)
  second.ok('disconnect')
  expect(second.view().over).toBe(true)
})

test('[CS-013] [CV2-108] a forced close removes the customer in the next index; one refresh shows the rest', () => {
  const { startChat, desk } = startTestServer()
  const chat = startChat()
  desk.close(chat.chatId, chat.agent())
  expect(chat.ask('send', { message: 'hello?' })).toMatchObject({ reason: 'over' })
  const last = chat.ok('refresh', { transcriptPosition: 3 })
  expect(last).toMatchObject({ chatEnded: true, nextPosition: 5 })
  expect(last.events).toMatchObject([
    { index: 3, type: 'ParticipantLeft', from: { participantId: 2 } },
    { index: 4, ...leftBy('4'), from: { participantId: 1 } },
  ])
  expect(chat.ask('refresh')).toMatchObject({ kind: 'refused', reason: 'over' })
  expect(desk.say(chat.chatId, 2, 'late')).toBe(false)
})

test('[CS-014] the session stays open for the customer when the last agent leaves without closing', () => {
  const { startChat, desk } = startTestServer()
  const chat = startChat()
  desk.leave(chat.chatId, chat.agent())
  expect(chat.ok('send', { message: 'anyone?' }).chatEnded).toBe(false)
  expect(chat.agent('Eve')).toBe(3)
})

test('[CS-015] [CV2-103] a wrong key removes the party and the right key no longer works', () => {
  const { startChat } = startTestServer()
  const chat = startChat()
  chat.agent()
  expect(chat.ask('refresh', { secureKey: 'guess' })).toMatchObject({ kind: 'refused', reason: 'wrong-key' })
  expect(chat.view().transcript.at(-1)).toMatchObject(leftBy('6'))
  expect(chat.ask('refresh')).toMatchObject({ kind: 'refused', reason: 'over' })
})

test('[CS-016] [OPT-011] changed timeouts apply to timers armed from then on', () => {
  const { startChat, seconds, set } = startTestServer()
  const chat = startChat()
  set('flex-disconnect-timeout', '100')
  seconds(40)
  chat.ok('refresh')
  seconds(99)
  set('flex-disconnect-timeout', '1000')
  expect(chat.customer().present).toBe(true)
  seconds(1)
  expect(chat.customer().present).toBe(false)
})

test('removal by an agent ends the chat for the customer, up to its own removal, and not for the agent', () => {
  const { startChat, desk } = startTestServer()
  const chat = startChat()
  const agent = chat.agent()
  desk.remove(chat.chatId, agent, 1)
  desk.say(chat.chatId, agent, 'a note for my colleagues')
  const last = chat.ok('refresh')
  expect([last.chatEnded, last.events.length, chat.view().over]).toEqual([true, 3, false])
})

test('a workflow stop removes the customer with reason 5', () => {
  const { startChat, desk } = startTestServer()
  const chat = startChat()
  desk.stopByWorkflow(chat.chatId)
  expect(chat.ok('refresh').events.at(-1)).toMatchObject(leftBy('5'))
})
