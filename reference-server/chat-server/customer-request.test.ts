import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChatEvent } from '../../protocol/chat/event.ts'
import { reliableData, startTestServer } from './test-server.ts'

test('[CV2-079] [CV2-080] [CV2-081] [CV2-082] a send appends one event and returns events only from a position on', () => {
  const { startChat } = startTestServer()
  const chat = startChat()
  expect(chat.ok('send', { message: 'a' })).toMatchObject({ events: [], nextPosition: 3 })
  expect(chat.ok('send', { message: 'a', transcriptPosition: 0 })).toMatchObject({ events: [], nextPosition: 4 })
  const answer = chat.ok('send', { message: ' b \n', messageType: 'html', transcriptPosition: 3 })
  expect(answer.events.map(event => [event.index, event.text, event.messageType])).toEqual([
    [3, 'a', undefined],
    [4, ' b \n', 'html'],
  ])
})

test('[CV2-083] [CV2-084] [CV2-085] [CV2-086] [CV2-087] a refresh returns the visible events from its position on', () => {
  const { startChat, desk } = startTestServer()
  const chat = startChat()
  const agent = chat.agent()
  desk.say(chat.chatId, agent, 'psst', { agentOnly: true })
  desk.say(chat.chatId, agent, 'hello')
  const indexes = (transcriptPosition?: number) => {
    const answer = chat.ok('refresh', transcriptPosition === undefined ? {} : { transcriptPosition })
    return [answer.events.map(event => event.index), answer.nextPosition]
  }
  expect(indexes()).toEqual([[1, 2, 4], 5])
  expect(indexes(1)).toEqual([[1, 2, 4], 5])
  expect(indexes(0)).toEqual([[], 5])
  expect(indexes(2)).toEqual([[2, 4], 5])
  expect(indexes(3)).toEqual([[4], 5])
  expect(indexes(99)).toEqual([[], 5])
})

test('[CV2-093] [CV2-094] [CV2-096] [CV2-097] each operation makes its event', () => {
  const { startChat } = startTestServer()
  const chat = startChat()
  chat.ok('startTyping', { message: 'he' })
  chat.ok('stopTyping')
  chat.ok('pushUrl', { pushUrl: 'https://example.com/?a=b&c' })
  chat.ok('updateNickname', { nickname: 'Annie' })
  chat.ok('customNotice', { message: 'note' })
  chat.ok('customNotice')
  const seen = chat.ok('refresh', { transcriptPosition: 2 }).events
  expect(seen.map(event => [event.index, event.type, event.text, event.from.nickname])).toEqual([
    [2, 'TypingStarted', 'he', 'Ann'],
    [3, 'TypingStopped', undefined, 'Ann'],
    [4, 'PushUrl', 'https://example.com/?a=b&c', 'Ann'],
    [5, 'NicknameUpdated', 'Annie', 'Annie'],
    [6, 'CustomNotice', 'note', 'Annie'],
    [7, 'CustomNotice', undefined, 'Annie'],
  ])
})

test('[CV2-064] events before a nickname change keep the old nickname', () => {
  const { startChat } = startTestServer()
  const chat = startChat()
  chat.ok('updateNickname', { nickname: 'Annie' })
  expect(chat.ok('refresh').events.map(event => event.from.nickname)).toEqual(['Ann', 'Annie'])
})

test('[CV2-074] [CV2-098] [CV2-099] user data is attached and merged without an event', () => {
  const { startChat } = startTestServer()
  const chat = startChat({ a: '1', long: 'a value that is longer than twelve characters' })
  expect(chat.ok('updateData', { userData: { a: '2', b: '3' } })).toMatchObject({ nextPosition: 2, events: [] })
  chat.ok('updateData')
  expect(chat.view().userData).toEqual({ a: '2', b: '3', long: 'a value that is longer than twelve characters' })
})

test('[CV2-100] [CV2-101] [CV2-102] disconnect ends the tokens and the agent sees it', () => {
  const { startChat } = startTestServer()
  const chat = startChat()
  chat.agent()
  const answer = chat.ok('disconnect', { transcriptPosition: 1 })
  expect(answer).toEqual({
    kind: 'ok',
    alias: '201',
    chatId: chat.chatId,
    nextPosition: 4,
    chatEnded: true,
    events: [],
  })
  expect(chat.view().transcript.at(-1)).toMatchObject({ type: 'ParticipantLeft', from: { participantId: 1 } })
  for (const operation of ['refresh', 'send', 'disconnect'] as const) {
    expect(chat.ask(operation)).toMatchObject({ kind: 'refused', reason: 'over' })
  }
})

test('[CV2-104] [CV2-105] an unknown chat is not here; a foreign user id leaves the session untouched', () => {
  const { startChat } = startTestServer()
  const chat = startChat()
  expect(chat.ask('refresh', { chatId: 'nobody' })).toEqual({ kind: 'refused', reason: 'not-here', chatId: 'nobody' })
  expect(chat.ask('refresh', { userId: 'F'.repeat(16) })).toMatchObject({ kind: 'refused', reason: 'unknown-user' })
  expect(chat.ok('refresh').nextPosition).toBe(2)
})

test('[CV2-107] [CV2-141] [CV2-142] [CV2-143] a read receipt is stored for agents and is no event', () => {
  const { startChat, desk } = startTestServer()
  const chat = startChat()
  desk.say(chat.chatId, chat.agent(), 'x')
  for (const transcriptPosition of [3, 3, 9]) {
    expect(chat.ok('readReceipt', { transcriptPosition })).toMatchObject({ events: [], nextPosition: 4 })
  }
  expect(chat.view().readReceipts).toEqual([{ participantId: 1, index: 3 }])
})

test('refserver rotate-secure-key=every-response: the newest key counts, an old one for its grace', () => {
  const { startChat, seconds, set } = startTestServer()
  set('rotate-secure-key', 'every-response', 'refserver')
  const chat = startChat()
  const secureKey = chat.ok('refresh').secureKey!
  expect(secureKey).not.toBe(chat.secureKey)
  seconds(30)
  const newest = chat.ok('refresh').secureKey!
  seconds(1)
  expect(chat.ask('refresh', { secureKey: newest }).kind).toBe('ok')
  expect(chat.ask('refresh')).toMatchObject({ reason: 'wrong-key' })
})

test('planted faults hide an event, replace an outcome, drop and double notices, and ignore a confirmation', () => {
  const { startChat, desk, plant, node, seconds } = startTestServer()
  const chat = startChat(reliableData)
  const agent = chat.agent()
  plant({ visible: event => (event.index === 2 ? false : undefined) })
  expect(chat.ok('refresh').events.map(event => event.index)).toEqual([1])
  plant({ outcome: (_, outcome) => (outcome.kind === 'ok' ? { ...outcome, nextPosition: 99 } : outcome) })
  expect(chat.ok('refresh').nextPosition).toBe(99)
  node.notices.length = 0
  plant({ notice: notice => (notice.index === 3 ? [] : [notice, notice]) })
  desk.say(chat.chatId, agent, 'dropped')
  desk.say(chat.chatId, agent, 'doubled')
  expect(node.notices.map(notice => notice.index)).toEqual([4, 4])
  plant({ confirms: chatId => chatId !== chat.chatId })
  chat.ok('refresh')
  seconds(15)
  expect(node.notices.map(notice => [notice.attempt, notice.notifyPosition])).toEqual([
    [0, 3],
    [0, 3],
    [1, 3],
  ])
})

type Action = 'send' | 'agent' | 'hidden' | 'typing' | 'data' | 'pull'
const actions = fc.array(fc.constantFrom<Action>('send', 'agent', 'hidden', 'typing', 'data', 'pull'), {
  maxLength: 40,
})

test('[CV2-054] [CV2-056] [CV2-087] [CV2-088] who passes the last nextPosition gets every visible event once, in order', () => {
  fc.assert(
    fc.property(actions, list => {
      const { startChat, desk, seconds } = startTestServer({ ini: 'flex-disconnect-timeout = 1000\n' })
      const chat = startChat()
      const agent = chat.agent()
      const seen: ChatEvent[] = [...chat.answer.events]
      let position = chat.answer.nextPosition
      const pull = () => {
        const answer = chat.ok('refresh', { transcriptPosition: position })
        seen.push(...answer.events)
        position = answer.nextPosition
        expect(position).toBe(chat.view().transcript.at(-1)!.index + 1)
      }
      const hidden = new Set<number>()
      for (const action of list) {
        seconds(1)
        if (action === 'send') chat.ok('send', { message: 'x' })
        if (action === 'agent') desk.say(chat.chatId, agent, 'x')
        if (action === 'typing') chat.ok('startTyping')
        if (action === 'data') chat.ok('updateData', { userData: { a: 'b' } })
        if (action === 'hidden' && desk.say(chat.chatId, agent, 'x', { agentOnly: true })) {
          hidden.add(chat.view().transcript.at(-1)!.index)
        }
        if (action === 'pull') pull()
      }
      pull()
      const { transcript } = chat.view()
      expect(seen).toEqual(transcript.filter(event => !hidden.has(event.index)))
      expect(transcript.map(event => event.index)).toEqual(transcript.map((_, place) => place + 1))
      expect(transcript.every((event, place) => event.utcTime >= (transcript[place - 1]?.utcTime ?? 0))).toBe(true)
      expect(transcript.every(event => event.utcTime % 1000 === 0)).toBe(true)
    }),
    { numRuns: 100 },
  )
})
