import { expect, test } from 'vitest'
import { startTestServer } from './test-server.ts'

test('[CV2-060] [CV2-053] who came or went is named by the event, with a number that stays', () => {
  const { startChat, desk } = startTestServer()
  const chat = startChat()
  const bob = chat.agent('Bob')
  const eve = chat.agent('Eve')
  desk.leave(chat.chatId, bob)
  desk.say(chat.chatId, eve, 'hello')
  const seen = chat.ok('refresh').events
  expect(seen.map(event => [event.type, event.from])).toEqual([
    ['ParticipantJoined', { nickname: 'Ann', participantId: 1, type: 'Client' }],
    ['ParticipantJoined', { nickname: 'Bob', participantId: 2, type: 'Agent' }],
    ['ParticipantJoined', { nickname: 'Eve', participantId: 3, type: 'Agent' }],
    ['ParticipantLeft', { nickname: 'Bob', participantId: 2, type: 'Agent' }],
    ['Message', { nickname: 'Eve', participantId: 3, type: 'Agent' }],
  ])
})

test('[CV2-063] a typing event of either side has the preview that was given, or no text', () => {
  const { startChat, desk } = startTestServer()
  const chat = startChat()
  const agent = chat.agent()
  chat.ok('startTyping', { message: 'how mu' })
  chat.ok('stopTyping')
  desk.type(chat.chatId, agent, true, 'it is')
  desk.type(chat.chatId, agent, false)
  const seen = chat.ok('refresh', { transcriptPosition: 3 }).events
  expect(seen.map(event => [event.type, event.from.participantId, event.text])).toEqual([
    ['TypingStarted', 1, 'how mu'],
    ['TypingStopped', 1, undefined],
    ['TypingStarted', 2, 'it is'],
    ['TypingStopped', 2, undefined],
  ])
})

test('[CV2-077] no two of 1,000 sessions share a chat id, a user id or a key', () => {
  const { startChat } = startTestServer()
  const chats = Array.from({ length: 1000 }, () => startChat())
  for (const id of ['chatId', 'userId', 'secureKey'] as const)
    expect(new Set(chats.map(chat => chat[id])).size).toBe(1000)
})

test('[CV2-066] [CV2-054] what customers must not see takes an index that they never get', () => {
  const { startChat, desk } = startTestServer()
  const chat = startChat()
  const agent = chat.agent()
  desk.notice(chat.chatId, agent, 'for agents', true)
  desk.say(chat.chatId, agent, 'for agents', { agentOnly: true })
  desk.say(chat.chatId, agent, 'for all')
  expect(chat.ok('refresh').events.map(event => event.index)).toEqual([1, 2, 5])
  expect(chat.types()).toEqual(['ParticipantJoined', 'ParticipantJoined', 'CustomNotice', 'Message', 'Message'])
})
