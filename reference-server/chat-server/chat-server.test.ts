import { expect, test } from 'vitest'
import { reliableData, startTestServer } from './test-server.ts'

test('[CV2-070] [CV2-071] [CV2-078] request chat answers tokens and the join of the customer', () => {
  const { startChat, clock } = startTestServer()
  const utcTime = Math.floor(clock.now() / 1000) * 1000
  const { answer } = startChat()
  expect(answer).toEqual({
    kind: 'ok',
    alias: '201',
    chatId: expect.stringMatching(/^[0-9A-Za-z]{16}$/),
    userId: expect.stringMatching(/^[0-9A-F]{16}$/),
    secureKey: expect.stringMatching(/^[0-9a-f]{20}$/),
    nextPosition: 2,
    chatEnded: false,
    events: [
      { from: { nickname: 'Ann', participantId: 1, type: 'Client' }, index: 1, type: 'ParticipantJoined', utcTime },
    ],
  })
})

test('a chat runs from the join over a reliable push to the disconnect', () => {
  const { startChat, node, desk, trace } = startTestServer()
  const chat = startChat(reliableData)
  const agent = chat.agent()
  desk.say(chat.chatId, agent, 'good morning')
  expect(node.notices.map(notice => [notice.index, notice.attempt, notice.notifyPosition])).toEqual([
    [2, 0, 2],
    [3, 0, 2],
  ])
  const refresh = chat.ok('refresh', { transcriptPosition: 2 })
  expect(refresh.events.map(event => [event.index, event.type, event.text])).toEqual([
    [2, 'ParticipantJoined', undefined],
    [3, 'Message', 'good morning'],
  ])
  expect(chat.ok('send', { message: 'thanks' }).nextPosition).toBe(5)
  expect(chat.ok('disconnect')).toEqual({
    kind: 'ok',
    alias: '201',
    chatId: chat.chatId,
    nextPosition: 6,
    chatEnded: true,
    events: [],
  })
  expect(chat.ask('refresh')).toEqual({ kind: 'refused', reason: 'over', alias: '201', chatId: chat.chatId })
  expect(trace.map(record => [record[0], record[2]])).toEqual([1, 2, 3, 4, 5].map(index => ['accepted', index]))
})
