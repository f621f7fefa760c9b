import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pushData, reliableData, startTestServer } from './test-server.ts'

function startReliable(ini = '', more: Record<string, string> = {}) {
  const test = startTestServer({ ini: `flex-push-timeout = 1728000\n${ini}` })
  const chat = test.startChat({ ...reliableData, ...more })
  const agent = chat.agent()
  chat.ok('refresh')
  test.node.notices.length = 0
  const say = (text = 'x') => test.desk.say(chat.chatId, agent, text)
  /** attempt@position of all notices so far. */
  const sent = () => test.node.notices.map(notice => `${notice.attempt}@${notice.notifyPosition}`)
  return { ...test, chat, agent, say, sent }
}

test('[CS-060] without refresh the notice is sent again after 15 s', () => {
  const { say, sent, seconds } = startReliable()
  say()
  seconds(14.999)
  expect(sent()).toEqual(['0@3'])
  seconds(0.001)
  expect(sent()).toEqual(['0@3', '1@3'])
})

test('[CS-061] [CV2-091] [PUSH-050] a refresh stops the repetition', () => {
  const { say, sent, seconds, chat } = startReliable()
  say()
  seconds(10)
  chat.ok('refresh', { transcriptPosition: 3 })
  seconds(10_000)
  expect(sent()).toEqual(['0@3'])
})

test('[CS-062] [CS-064] [CS-070] ten repetitions with growing attempts, then silence until the next event', () => {
  const { say, sent, seconds } = startReliable()
  say()
  seconds(150)
  const attempts = Array.from({ length: 11 }, (_, attempt) => `${attempt}@3`)
  expect(sent()).toEqual(attempts)
  seconds(10_000)
  expect(sent()).toEqual(attempts)
  say()
  expect(sent()).toEqual([...attempts, '0@3'])
})

test('[CS-063] [OPT-027] flex-push-resend-attempts=0 sends the first notice only', () => {
  const { say, sent, seconds } = startReliable('flex-push-resend-attempts = 0\n')
  say()
  seconds(10_000)
  expect(sent()).toEqual(['0@3'])
})

test('[CS-065] the position is the first one that was not retrieved', () => {
  const { say, sent, chat } = startReliable()
  say()
  say()
  chat.ok('refresh', { transcriptPosition: 3 })
  say()
  expect(sent()).toEqual(['0@3', '0@3', '0@5'])
})

test('[CS-066] [CS-073] [PUSH-057] [PUSH-058] after the close a notice for the agent and one with -1, never repeated', () => {
  const { sent, seconds, chat, agent, desk, node } = startReliable()
  desk.close(chat.chatId, agent)
  expect(sent()).toEqual(['0@3', '0@-1'])
  expect(node.notices.map(notice => [notice.index, notice.chatEnded])).toEqual([
    [3, false],
    [4, true],
  ])
  seconds(10_000)
  expect(sent()).toHaveLength(2)
})

test('[PUSH-058] chatEnded is false when only the party is removed', () => {
  const { chat, agent, desk, node } = startReliable()
  desk.remove(chat.chatId, agent, 1)
  expect(node.notices).toMatchObject([{ notifyPosition: -1, chatEnded: false }])
})

test('[OQ-27] the own disconnect is announced only with GCTI_GMS_NotifyRequestor, a forced removal always', () => {
  const silent = startReliable()
  silent.chat.ok('disconnect')
  expect(silent.sent()).toEqual([])
  const own = startReliable('', { GCTI_GMS_NotifyRequestor: 'true' })
  own.chat.ok('disconnect')
  expect(own.sent()).toEqual(['0@-1'])
  const hijacked = startReliable()
  hijacked.chat.ask('refresh', { secureKey: 'wrong' })
  expect(hijacked.sent()).toEqual(['0@-1'])
})

test('[CS-067] a send confirms only when it pulls the transcript', () => {
  const { say, sent, seconds, chat } = startReliable()
  say()
  chat.ok('send', { message: 'x' })
  chat.ok('readReceipt', { transcriptPosition: 3 })
  seconds(15)
  expect(sent()).toEqual(['0@3', '1@3'])
  chat.ok('send', { message: 'x', transcriptPosition: 3 })
  seconds(10_000)
  expect(sent()).toHaveLength(2)
})

test('[CS-068] [CV2-084] a refresh from 0 confirms although it returns nothing', () => {
  const { say, sent, seconds, chat } = startReliable()
  say()
  expect(chat.ok('refresh', { transcriptPosition: 0 }).events).toEqual([])
  seconds(10_000)
  expect(sent()).toEqual(['0@3'])
  say()
  expect(sent()).toEqual(['0@3', '0@3'])
})

test('[CS-069] a further event is notified at once and restarts the count', () => {
  const { say, sent, seconds } = startReliable()
  say()
  seconds(20)
  say()
  seconds(14.999)
  expect(sent()).toEqual(['0@3', '1@3', '0@3'])
  seconds(0.001)
  expect(sent()).toEqual(['0@3', '1@3', '0@3', '1@3'])
})

test('[CS-071] [OPT-011] a new delay applies to the next wait, not to the running one', () => {
  const { say, sent, seconds, set } = startReliable()
  say()
  set('flex-push-resend-delay', '5')
  seconds(15)
  expect(sent()).toHaveLength(2)
  seconds(5)
  expect(sent()).toHaveLength(3)
  set('flex-push-resend-attempts', '2')
  seconds(10_000)
  expect(sent()).toHaveLength(3)
})

test('[CS-072] without GCTI_GMS_PushResend nothing is repeated', () => {
  const { startChat, node, seconds } = startTestServer({ ini: 'flex-push-timeout = 1728000\n' })
  startChat(pushData).agent()
  seconds(10_000)
  expect(node.notices).toMatchObject([{ form: 'event', index: 2, event: { index: 2, type: 'ParticipantJoined' } }])
})

test('[PUSH-032] typing causes no trigger', () => {
  const { desk, chat, agent, sent } = startReliable()
  desk.type(chat.chatId, agent, true)
  desk.type(chat.chatId, agent, false)
  expect(sent()).toEqual([])
})

test('[PUSH-055] [PUSH-060] [OPT-024] [OPT-025] the content option is read when a notice leaves', () => {
  const { say, node, seconds, set, chat } = startReliable()
  say()
  set('flex-push-content', 'app-dbid, secure-key,session-id ,user-id')
  seconds(15)
  set('flex-push-content', '')
  seconds(15)
  expect(node.notices.map(notice => notice.content)).toEqual([
    { 'user-id': chat.userId, 'session-id': chat.chatId },
    { 'secure-key': chat.secureKey, 'app-dbid': '201', 'user-id': chat.userId, 'session-id': chat.chatId },
    {},
  ])
})

/** The table of CS-060 ff. once more, as simply as it can be said, to be compared step by step. */
function expectedNotices(steps: readonly Step[]): string[] {
  const sent: string[] = []
  let nowS = 0
  let index = 2
  let retrieved = 3
  let waiting: { attempt: number; position: number; dueS: number } | undefined
  for (const step of steps) {
    if (step.kind === 'wait') {
      nowS += step.seconds
      while (waiting && waiting.dueS <= nowS) {
        if (waiting.attempt === 3) waiting = undefined
        else {
          waiting = { ...waiting, attempt: waiting.attempt + 1, dueS: waiting.dueS + 15 }
          sent.push(`${waiting.attempt}@${waiting.position}`)
        }
      }
      continue
    }
    if (step.kind === 'pull') {
      waiting = undefined
      retrieved = index + 1
      continue
    }
    index++
    if (step.kind === 'event') {
      sent.push(`0@${retrieved}`)
      waiting = { attempt: 0, position: retrieved, dueS: nowS + 15 }
    }
  }
  return sent
}

type Step = { kind: 'event' | 'own' | 'pull' } | { kind: 'wait'; seconds: number }
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('event' as const, 'own' as const, 'pull' as const) }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 40 }) }),
)

test('[CS-060] [CS-062] [CS-065] [CS-069] the machine follows its table for any order of events, pulls and waits', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), steps => {
      const { chat, say, seconds, sent } = startReliable('flex-push-resend-attempts = 3\n')
      for (const each of steps) {
        if (each.kind === 'wait') seconds(each.seconds)
        else if (each.kind === 'event') say()
        else if (each.kind === 'own') chat.ok('send', { message: 'x' })
        else chat.ok('refresh', { transcriptPosition: 1 })
      }
      expect(sent()).toEqual(expectedNotices(steps))
    }),
    { numRuns: 200 },
  )
})
