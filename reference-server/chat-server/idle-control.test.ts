import { expect, test } from 'vitest'
import type { EventType } from '../../protocol/chat/event.ts'
import { asyncData, pushData, startTestServer } from './test-server.ts'

/** Idle control alone: the customer's own timers are out of the way. */
const ini = 'flex-disconnect-timeout = 1728000\nflex-push-timeout = 1728000\n'
const alertText = 'Chat session will be closed soon due to inactivity of chat participants.'
const closeText = 'Chat session closed due to inactivity of chat participants.'

function startIdle(more = '', userData: Record<string, string> = asyncData) {
  const test = startTestServer({ ini: ini + more })
  return { ...test, chat: test.startChat(userData) }
}

test('[CS-020] without GCTI_Chat_AsyncMode the async timers do not run', () => {
  const { chat, seconds } = startIdle('', {})
  seconds(200_000)
  expect(chat.types()).toEqual(['ParticipantJoined'])
})

test('[CS-021] [CS-022] [CS-027] [CS-032] [OPT-061] the alert comes after a day without an agent and is an event', () => {
  const { chat, seconds, clock } = startIdle()
  seconds(86_399)
  expect(chat.types()).toEqual(['ParticipantJoined'])
  seconds(1)
  expect(chat.ok('refresh', { transcriptPosition: 2 }).events).toEqual([
    {
      from: { nickname: 'system', participantId: 2, type: 'External' },
      index: 2,
      type: 'IdleAlert',
      text: alertText,
      utcTime: Math.floor(clock.now() / 1000) * 1000,
    },
  ])
  expect(chat.view().userData).toEqual({
    ...asyncData,
    GCTI_Chat_AsyncStatus: '3',
    GCTI_Chat_AsyncCheckAt: String(clock.now() / 1000 + 3_600),
  })
})

test('[CS-023] activity after the alert cancels the close and restarts the alert timer', () => {
  const { chat, seconds } = startIdle()
  seconds(86_400 + 3_599)
  chat.ok('send', { message: 'still here' })
  seconds(86_399)
  expect(chat.types()).toEqual(['ParticipantJoined', 'IdleAlert', 'Message'])
  seconds(1)
  expect(chat.types().at(-1)).toBe('IdleAlert')
})

test('[CS-024] [CS-025] an hour after the alert the session is closed with reason 7', () => {
  const { chat, seconds, node } = startIdle('', { ...asyncData, ...pushData })
  seconds(86_400 + 3_600)
  const last = chat.ok('refresh', { transcriptPosition: 3 })
  expect(last).toMatchObject({
    chatEnded: true,
    events: [
      { type: 'IdleClose', text: closeText, index: 3 },
      { type: 'ParticipantLeft', userData: { 'quit-reason-code': '7' }, index: 4 },
    ],
  })
  expect(node.notices.map(notice => [notice.eventType, notice.chatEnded])).toEqual([
    ['IdleAlert', false],
    ['IdleClose', false],
    ['ParticipantLeft', true],
  ])
})

test('[CS-026] [OPT-062] an empty message suppresses the notice, not the state change', () => {
  const { chat, seconds } = startIdle('[inactivity-control]\nmessage-alert =\nmessage-close =\n')
  seconds(86_400)
  expect(chat.view().userData).toMatchObject({ GCTI_Chat_AsyncStatus: '3' })
  seconds(3_600)
  expect(chat.types()).toEqual(['ParticipantJoined', 'ParticipantLeft'])
})

type Chat = ReturnType<typeof startIdle>['chat']
type Desk = ReturnType<typeof startIdle>['desk']

const notices: Record<string, (chat: Chat, desk: Desk) => void> = {
  PushUrl: chat => chat.ok('pushUrl', { pushUrl: 'https://example.com' }),
  CustomNotice: chat => chat.ok('customNotice', { message: 'x' }),
  TypingStarted: chat => chat.ok('startTyping'),
  TypingStopped: chat => chat.ok('stopTyping'),
  NicknameUpdated: chat => chat.ok('updateNickname', { nickname: 'Annie' }),
}
/** The table of CS-029, typed by hand. */
const qualifying: Record<string, EventType[]> = {
  none: [],
  major: ['PushUrl'],
  major2: ['PushUrl', 'CustomNotice'],
  typing: ['PushUrl', 'TypingStarted'],
  all: ['PushUrl', 'CustomNotice', 'TypingStarted', 'TypingStopped', 'NicknameUpdated'],
}

test.each(Object.keys(qualifying))('[CS-029] [OPT-032] with async-idle-notices=%s exactly its notices count', word => {
  for (const [type, send] of Object.entries(notices)) {
    const { chat, desk, seconds } = startIdle(`async-idle-notices = ${word}\n`)
    seconds(80_000)
    send(chat, desk)
    seconds(6_400)
    const wasReset = !chat.types().includes('IdleAlert')
    expect([type, wasReset]).toEqual([type, qualifying[word]!.includes(type as EventType)])
  }
})

const actions: [string, boolean, (chat: Chat, desk: Desk) => void][] = [
  ['[CS-028] an agent joins', true, chat => chat.agent()],
  ['[CS-028] an agent leaves', true, (chat, desk) => desk.leave(chat.chatId, 2)],
  ['[CS-028] an agent writes', true, (chat, desk) => desk.say(chat.chatId, 2, 'hi')],
  ['[CS-028] the customer writes', true, chat => chat.ok('send', { message: 'hi' })],
  ['[CS-030] a bot joins', false, (chat, desk) => desk.join(chat.chatId, 'bot', 'External')],
  [
    '[CS-030] a bot writes',
    false,
    (chat, desk) => desk.say(chat.chatId, desk.join(chat.chatId, 'bot', 'External')!, 'beep'),
  ],
  [
    '[CS-030] an agent writes to agents only',
    false,
    (chat, desk) => desk.say(chat.chatId, 2, 'psst', { agentOnly: true }),
  ],
  ['[CS-031] the client pings', false, chat => chat.ok('refresh')],
]

test.each(actions)('%s: resets the idle timer = %s', (_name, resets, act) => {
  const { chat, desk, seconds } = startIdle()
  chat.agent()
  seconds(80_000)
  act(chat, desk)
  seconds(6_400)
  expect(!chat.types().includes('IdleAlert')).toBe(resets)
})

test('[CS-033] activity of the customer after the agent has left sets the status to 2', () => {
  const { chat, desk } = startIdle()
  chat.ok('send', { message: 'first' })
  expect(chat.view().userData).toEqual(asyncData)
  desk.leave(chat.chatId, chat.agent())
  chat.ok('startTyping')
  expect(chat.view().userData).toEqual(asyncData)
  chat.ok('send', { message: 'me again' })
  expect(chat.view().userData).toEqual({ ...asyncData, GCTI_Chat_AsyncStatus: '2' })
})

const enabled = '[inactivity-control]\nenabled = true\n'

test('[CS-034] [OPT-060] regular inactivity control is off by default', () => {
  const { chat, seconds } = startIdle('', {})
  chat.agent()
  seconds(10_000)
  expect(chat.types()).toEqual(['ParticipantJoined', 'ParticipantJoined'])
})

test('[CS-035] [OPT-063] when on it alerts after 255 s and closes 45 s later, with an agent in the session', () => {
  const { chat, seconds } = startIdle(enabled, {})
  seconds(1_000)
  expect(chat.types()).toEqual(['ParticipantJoined'])
  chat.agent()
  seconds(200)
  chat.ok('send', { message: 'hm' })
  seconds(254)
  expect(chat.types()).toHaveLength(3)
  seconds(1)
  expect(chat.types().at(-1)).toBe('IdleAlert')
  seconds(45)
  expect(chat.types().slice(-2)).toEqual(['IdleClose', 'ParticipantLeft'])
})

test.each([
  ['joins', 100, () => {}],
  ['leaves', 200, (chat: Chat, desk: Desk) => desk.leave(chat.chatId, 3)],
])('[CS-035] a bot that %s starts regular control anew', (_does, restartsAt, act) => {
  const { chat, desk, seconds } = startIdle(enabled, {})
  chat.agent()
  seconds(100)
  desk.join(chat.chatId, 'bot', 'External')
  seconds(100)
  act(chat, desk)
  seconds(restartsAt + 255 - 200 - 1)
  expect(chat.types()).not.toContain('IdleAlert')
  seconds(1)
  expect(chat.types().at(-1)).toBe('IdleAlert')
})

test('[CS-035] the second alert comes timeout-alert2 after the first', () => {
  const { chat, seconds } = startIdle(`${enabled}timeout-alert2 = 30\n`, {})
  chat.agent()
  seconds(255 + 30)
  expect(
    chat
      .view()
      .transcript.slice(2)
      .map(event => event.text),
  ).toEqual([alertText, 'Chat session will be closed very soon due to inactivity of chat participants.'])
  seconds(45)
  expect(chat.view().over).toBe(true)
})

test('[CS-036] switching takes effect with the next activity or the current timeout', () => {
  const { chat, seconds, set } = startIdle(enabled, {})
  chat.agent()
  set('enabled', 'false', 'inactivity-control')
  seconds(255)
  expect(chat.types()).toHaveLength(2)
  set('enabled', 'true', 'inactivity-control')
  seconds(1_000)
  expect(chat.types()).toHaveLength(2)
  chat.ok('send', { message: 'x' })
  seconds(255)
  expect(chat.types().at(-1)).toBe('IdleAlert')
})
