import { expect, test } from 'vitest'
import { pushData, reliableData, startTestServer } from './test-server.ts'

const advice = 'shutdown-notify-flex-push = 1\n'

test('[CS-100] [CS-101] [CS-104] [PUSH-061] a graceful stop advises each subscribed session once to reconnect', async () => {
  const { server, startChat, node, seconds } = startTestServer({ ini: advice })
  const payload = startChat(pushData)
  const reliable = startChat(reliableData)
  startChat()
  const sent = node.notices
  await server.stop()
  expect(sent).toMatchObject([
    { chatId: payload.chatId, form: 'advice', content: {} },
    {
      chatId: reliable.chatId,
      form: 'advice',
      content: { 'user-id': reliable.userId, 'session-id': reliable.chatId },
      chatEnded: false,
      nextPosition: 2,
      eventType: 'ParticipantLeft',
      event: {
        from: { nickname: 'Ann', participantId: 1, type: 'Client' },
        index: 1,
        type: 'ParticipantLeft',
        userData: { 'quit-reason-advice': 'reconnect' },
      },
    },
  ])
  seconds(10_000)
  expect(sent).toHaveLength(2)
  expect([server.state, node.isClosed()]).toEqual(['stopped', true])
})

test('[CS-102] [CS-103] [OPT-028] nothing is sent by default, nor by a crash', async () => {
  const quiet = startTestServer()
  quiet.startChat(pushData)
  await quiet.server.stop()
  const crashed = startTestServer({ ini: advice })
  crashed.startChat(pushData)
  crashed.server.kill()
  expect([quiet.node.notices, crashed.node.notices, crashed.node.isClosed()]).toEqual([[], [], true])
})

test('[CS-106] a stopping server refuses new sessions and answers running ones until its notices are out', async () => {
  const { server, startChat } = startTestServer({ ini: advice })
  const chats = Array.from({ length: 600 }, () => startChat(pushData))
  const stopped = server.stop()
  expect(server.state).toBe('stopping')
  expect(() => startChat()).toThrow('limited')
  expect(chats[0]!.ok('refresh').chatEnded).toBe(false)
  await stopped
  expect([server.state, server.chatIds()]).toEqual(['stopped', []])
})

test('[CS-110] [CS-111] [CS-112] [CS-113] [CS-114] the health answer has the documented members and all gauges', () => {
  const { server, startChat, desk } = startTestServer()
  const chat = startChat(reliableData)
  startChat()
  desk.say(chat.chatId, chat.agent(), 'x')
  const first = server.health()
  expect(first).toEqual({
    app_dbid: 201,
    process_os_pid: expect.any(Number),
    sessions: 2,
    flexUsers: 2,
    pushSubscriptions: 1,
    gmsNodes: 1,
    sessionsCreated: 2,
    sessionsRestored: 0,
    eventsStored: 4,
    pushesSent: 2,
    pushesResent: 0,
    pushesLost: 0,
    serviceUnavailable: false,
  })
  expect(chat.answer.alias).toBe(String(first!.app_dbid))
  server.kill()
  expect([server.health(), server.connect({ send() {} }, () => {})]).toEqual([undefined, undefined])
  server.start()
  expect(server.health()!.process_os_pid).not.toBe(first!.process_os_pid)
})

test('gauges fall when customers leave and sessions end', () => {
  const { server, startChat } = startTestServer()
  const chat = startChat(pushData)
  const other = startChat(pushData)
  other.agent()
  chat.ok('disconnect')
  other.ok('disconnect')
  expect(server.health()).toMatchObject({ sessions: 1, flexUsers: 0, pushSubscriptions: 0, sessionsCreated: 2 })
})
