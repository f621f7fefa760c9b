import { expect, test } from 'vitest'
import { parseDistribution } from '../../protocol/distribution.ts'
import { readMarker, writeMarker } from '../../protocol/marker.ts'
import type { AgentScript } from '../actors.ts'
import { startTestServer } from '../chat-server/test-server.ts'
import { createManualClock } from '../time/manual-clock.ts'
import { createTranscriptStore } from '../transcript-store.ts'
import { defaultScript, readAgentScript } from './agent-script.ts'
import { createScriptedAgent } from './scripted-agent.ts'

function startWithAgent(script: Partial<AgentScript>) {
  const test = startTestServer()
  const agent = createScriptedAgent({
    desks: [test.desk],
    clock: test.clock,
    hostNow: test.clock.now,
    script: { ...defaultScript, ...script },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  })
  const startMarked = (session = 0, more: Record<string, string> = {}) => {
    const chat = test.startChat({ chatgauge_session: `cg-run-0-${session}`, ...more })
    let sequence = 0
    const send = (plannedMs = test.clock.now()) =>
      chat.ok('send', {
        message: writeMarker({
          run: 'run',
          side: 'c',
          shard: 0,
          session,
          sequence: ++sequence,
          plannedMs,
          latenessUs: 0,
        }),
      })
    const said = () =>
      chat
        .view()
        .transcript.filter(event => event.from.type === 'Agent' && event.text !== undefined)
        .map(event => readMarker(event.text)!)
    return { ...chat, send, said }
  }
  return { ...test, agent, startMarked }
}

const seconds = (count: number) => parseDistribution(`const(${count}s)`) as AgentScript['replyDelay']

test('the agent joins after its delay and answers at the planned instant of the message plus the reply delay', () => {
  const { startMarked, clock, agent } = startWithAgent({ joinDelay: seconds(1), replyDelay: seconds(5) })
  const chat = startMarked()
  const plannedMs = clock.now() - 500
  chat.send(plannedMs)
  expect(agent.pending()).toBe(2)
  clock.advance(999)
  expect(chat.types()).toEqual(['ParticipantJoined', 'Message'])
  clock.advance(3_500)
  expect(chat.types()).toEqual(['ParticipantJoined', 'Message', 'ParticipantJoined'])
  clock.advance(1)
  expect(chat.said()).toEqual([
    { run: 'run', side: 'a', shard: 0, session: 0, sequence: 1, plannedMs: plannedMs + 5_000, latenessUs: 0 },
  ])
  expect(agent.pending()).toBe(0)
})

test('a message that comes after its planned answer is answered at once and the lateness is in the marker', () => {
  const { startMarked, clock } = startWithAgent({ replyDelay: seconds(2) })
  const chat = startMarked()
  clock.advance(1)
  const plannedMs = clock.now() - 10_000
  chat.send(plannedMs)
  clock.advance(0)
  expect(chat.said()).toMatchObject([{ plannedMs: plannedMs + 2_000, latenessUs: 8_000_000 }])
})

test('an answer waits for an agent that has not joined', () => {
  const { startMarked, clock } = startWithAgent({ joinDelay: seconds(10), replyDelay: seconds(1) })
  const chat = startMarked()
  chat.send()
  clock.advance(10_000)
  expect(chat.said()).toMatchObject([{ latenessUs: 9_000_000 }])
})

test('unprompted messages follow the schedule, all chats together, and end with the drain', () => {
  const { startMarked, clock, agent } = startWithAgent({ ratePerSecond: 10 })
  const chats = Array.from({ length: 5 }, (_, session) => startMarked(session))
  clock.advance(20_000)
  const said = chats.flatMap(chat => chat.said())
  expect(said.length).toBeGreaterThanOrEqual(199)
  expect(said.length).toBeLessThanOrEqual(201)
  expect(chats.every(chat => chat.said().length > 20)).toBe(true)
  expect(said.every(marker => marker.latenessUs === 0)).toBe(true)
  agent.drain()
  clock.advance(20_000)
  expect(agent.gauges()).toEqual({ sessions: 5, joined: 5, said: said.length, late: 0 })
})

test('the same seed says the same at the same instants, another seed does not', () => {
  const run = (seed: number, unprompted: number) => {
    const replyDelay: AgentScript['replyDelay'] = { kind: 'uniform', fromMs: 0, toMs: 2_000 }
    const { startMarked, clock } = startWithAgent({ seed, replyDelay, ratePerSecond: unprompted, pushUrlShare: 0.3 })
    const chats = [startMarked(0), startMarked(1)]
    for (const chat of chats) chat.send()
    clock.advance(5_000)
    return chats.map(chat => chat.said())
  }
  expect(run(1, 5)).toEqual(run(1, 5))
  expect(run(1, 5)).not.toEqual(run(2, 5))
  expect(run(1, 0)).toEqual(run(1, 0))
  expect(run(1, 0)).not.toEqual(run(2, 0))
})

test('typing starts before an answer and stops with it', () => {
  const { startMarked, clock } = startWithAgent({ typing: true, replyDelay: seconds(4) })
  const chat = startMarked()
  chat.send()
  clock.advance(3_000)
  expect(chat.types().slice(2)).toEqual(['ParticipantJoined', 'TypingStarted'])
  clock.advance(1_000)
  expect(chat.types().slice(4)).toEqual(['TypingStopped', 'Message'])
})

test('a transfer replaces the agent by another one', () => {
  const { startMarked, clock } = startWithAgent({ transferShare: 1, joinDelay: seconds(1) })
  const chat = startMarked()
  clock.advance(1_000)
  chat.send()
  clock.advance(1_000)
  expect(chat.types()).toEqual([
    'ParticipantJoined',
    'ParticipantJoined',
    'Message',
    'Message',
    'ParticipantLeft',
    'ParticipantJoined',
  ])
  expect(chat.view().parties.map(party => [party.nickname, party.present])).toEqual([
    ['Ann', true],
    ['Agent 1', false],
    ['Agent 2', true],
  ])
})

test('the agent closes a chat at its instant and leaves one that the customer has left', () => {
  const { startMarked, clock, agent } = startWithAgent({})
  const closed = startMarked(0, { chatgauge_agent_closes_at: String(clock.now() + 30_000) })
  const left = startMarked(1)
  clock.advance(1)
  left.ok('disconnect')
  clock.advance(30_000)
  expect(closed.view().transcript.at(-1)).toMatchObject({ userData: { 'quit-reason-code': '4' } })
  expect([closed.view().over, left.view().over]).toEqual([true, true])
  expect(agent.gauges()).toMatchObject({ sessions: 0, joined: 0 })
})

test('chats of a Chat Server that crashed are given up, nothing stays owed', () => {
  const { startMarked, clock, agent, server } = startWithAgent({ joinDelay: seconds(1), ratePerSecond: 10 })
  startMarked(0)
  clock.advance(1_000)
  startMarked(1).send()
  server.kill()
  expect(agent.pending()).toBe(2)
  clock.advance(2_000)
  expect([agent.pending(), agent.gauges().sessions]).toEqual([0, 0])
})

test('chats of another run and chats of strangers are left alone', () => {
  const { startMarked, startChat, clock, agent } = startWithAgent({ run: 'other' })
  startMarked()
  startChat()
  clock.advance(1_000)
  expect(agent.gauges()).toMatchObject({ sessions: 0 })
})

test('a script is read from JSON and a wrong member is named', () => {
  expect(readAgentScript({ run: 'x', seed: 7, replyDelay: 'exp(2s)', ratePerSecond: 3 })).toEqual({
    ...defaultScript,
    run: 'x',
    seed: 7,
    replyDelay: { kind: 'exp', meanMs: 2_000 },
    ratePerSecond: 3,
  })
  expect(readAgentScript({ replyDelays: '1s' })).toEqual({ error: expect.stringContaining('did you mean replyDelay?') })
  expect(readAgentScript({ replyDelay: '1 hour' })).toEqual({ error: expect.stringContaining('replyDelay: ') })
  expect(readAgentScript({ transferShare: 2 })).toEqual({ error: 'transferShare: a number from 0 to 1' })
  expect(readAgentScript([])).toEqual({ error: 'a script is a JSON object' })
})

test('[CS-087] the agent joins again where its session was restored, and goes on counting its texts', () => {
  const clock = createManualClock()
  const store = createTranscriptStore()
  const [first, second] = [startTestServer({ clock, store }), startTestServer({ clock, store, dbid: 202 })]
  const agent = createScriptedAgent({
    desks: [first.desk, second.desk],
    clock,
    hostNow: clock.now,
    script: { ...defaultScript, joinDelay: seconds(1), replyDelay: seconds(1) },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  })
  const chat = first.startChat({ chatgauge_session: 'cg-run-0-0' })
  const marker = { run: 'run', side: 'c', shard: 0, session: 0, latenessUs: 0 } as const
  const { chatId, userId, secureKey } = chat
  const send = (sequence: number) => ({
    operation: 'send' as const,
    service: 'customer-support',
    chatId,
    userId,
    secureKey,
    message: writeMarker({ ...marker, sequence, plannedMs: clock.now() }),
  })
  first.node.request(send(1))
  clock.advance(1_000)
  first.node.request(send(2))
  first.server.kill()
  clock.advance(1_000)
  // Nothing can be said, and nothing is owed by somebody who cannot.
  expect(agent.pending()).toBe(0)
  second.node.request(send(3), true)
  clock.advance(1_000)
  const said = second.desk.view(chatId)!.transcript.filter(({ from }) => from.type === 'Agent')
  expect(said.map(({ type, from, text }) => [type, from.nickname, readMarker(text ?? '')?.sequence])).toEqual([
    ['ParticipantJoined', 'Agent 1', undefined],
    ['Message', 'Agent 1', 1],
    ['ParticipantLeft', 'Agent 1', undefined],
    ['ParticipantJoined', 'Agent 2', undefined],
    ['Message', 'Agent 2', 2],
  ])
})
