import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { hostNow } from '../process/host-clock.ts'
import type { ClockRound } from '../protocol/stream/clock-exchange.ts'
import { isResult } from '../schemas/generated/result-validator.js'
import type { Facts } from './facts.ts'
import { description, judged } from './fake-judgement.ts'
import {
  agentJoined,
  answer,
  fatalAnswer,
  goneAnswer,
  payloadPush,
  run,
  type SaidEvent,
  said,
} from './fake-messages.ts'
import { type FakeRun, startFakeRun } from './fake-run.ts'
import { makeResult, writeResult } from './result.ts'

let fake: FakeRun
afterEach(() => fake?.close())

/** One session, joined by the agent, with these messages of the agent; each in a push and in a refresh. */
async function conversation(messages: SaidEvent[], touch: Partial<{ pushed: SaidEvent[]; final: SaidEvent[] }> = {}) {
  fake.start()
  const all = [agentJoined, ...messages]
  for (const event of touch.pushed ?? all) fake.receiver.push(payloadPush(0, event))
  const next = 2 + all.length
  fake.shard.row('refresh', { position: 2, triggered: hostNow() }, answer(all, next))
  await fake.shard.stage('quiet')
  const joined: SaidEvent = { index: 1, type: 'ParticipantJoined', participantId: 1 }
  fake.shard.row('finalRefresh', { position: 1 }, answer([joined, ...(touch.final ?? all)], next))
  await fake.shard.stage('refreshed')
  fake.shard.row('disconnect', {}, goneAnswer)
  await fake.shard.stage('left')
  fake.shard.bye()
  return fake.collector.finish()
}

describe('a run without faults', () => {
  test('is counted, balances, and its result is valid', async () => {
    fake = await startFakeRun()
    const facts = await conversation([said(3), said(4)])
    expect(facts.counters).toMatchObject({
      sessions_started: 1,
      pushes_received: 3,
      pushes_lost: 0,
      pushes_foreign: 0,
      requests_failed: 0,
      schema_violations: 0,
      rule_violations: 0,
    })
    expect(facts.rules).toEqual([])
    expect(facts.ledger).toMatchObject({ expected: 3, delivered: 3, posts: 3, balanced: true, imbalances: [] })
    expect(facts.metrics.push_latency?.steady).toMatchObject({ count: 2, censored: 0 })
    expect(facts.metrics.confirm_time?.all?.count).toBe(1)

    const judgement = judged(facts)
    // Two samples are too few for a p99: never passed.
    expect(judgement.verdict).toMatchObject({ exit: 3, word: 'invalid' })
    expect(judgement.verdict.reasons.map(({ code }) => code)).toEqual(['push_latency'])
    const result = makeResult(facts, judgement, description)
    const file = await writeResult(fake.outDir, result)
    const stored: unknown = JSON.parse(await readFile(file, 'utf8'))
    expect(isResult(stored), JSON.stringify(isResult.errors)).toBe(true)
    expect(await readFile(join(fake.outDir, 'histograms.hlog'), 'utf8')).toMatch(
      /^Tag=push_latency;steady,\d+\.\d{3},\d+\.\d{3},\d+\.\d{3},HISTF/m,
    )
  })

  test('[sessions_live] the most at once is counted, and the course ends with those that are left', async () => {
    fake = await startFakeRun()
    const state = { type: 'state', shard: 0, at: hostNow(), live: 7, inFlight: 0, buffered: 0, counts: {} }
    fake.shard.raw(JSON.stringify(state))
    const { counters, intervals } = await conversation([said(3)])
    expect([counters.sessions_live, intervals.columns.sessions_live?.at(-1)]).toEqual([7, 0])
  })

  test('frames of a real clock exchange are answered at once', async () => {
    fake = await startFakeRun()
    fake.shard.raw('c,17.5')
    const now = hostNow()
    const rounds: ClockRound[] = [
      [now - 900, now - 899.98, now - 899.96],
      [now - 400, now - 399.9, now - 399.8],
    ]
    fake.shard.say({ type: 'clock', shard: 0, peer: 'receiver', rounds, boundMs: 0.02 })
    const facts = await conversation([said(3)])
    expect(facts.clocks).toEqual([
      {
        from: 'shard 0',
        to: 'receiver',
        offsetMs: expect.closeTo(0, 1),
        boundMs: expect.any(Number),
        driftPpm: expect.any(Number),
        driftBoundPpm: expect.any(Number),
        rounds: 2,
        steps: [],
      },
    ])
    expect(facts.own).toMatchObject({ clockSteps: [], wallClockJumps: [] })
    expect(facts.own.clockBoundMs).toBeLessThan(30)
  })
})

test('a machine that slept is told with the second and what was not measured', async () => {
  let aheadMs = 0
  fake = await startFakeRun({ wallNow: () => Date.now() + aheadMs })
  aheadMs = 12_000
  const facts = await conversation([said(3)])
  expect(facts.own.wallClockJumps).toEqual([
    expect.stringMatching(/^the machine slept or its clock was set: 12 s at second [0-9] were not measured$/),
  ])
  const [first] = judged(facts).verdict.reasons
  expect(first).toMatchObject({ exit: 3, kind: 'validity', code: 'wall_clock_jumps' })
})

describe('one event falsified', () => {
  test('[pushes_lost] a push dropped is lost, and the file names the event', async () => {
    fake = await startFakeRun()
    const messages = [said(3), said(4)]
    const facts = await conversation(messages, { pushed: [agentJoined, messages[0]!] })
    expect(facts.ledger).toMatchObject({ expected: 3, delivered: 2, lost: 1, balanced: true })
    expect(facts.metrics.push_latency?.steady).toMatchObject({ count: 2, censored: 1 })
    const [first] = judged(facts).verdict.reasons
    expect(first).toMatchObject({ exit: 1, kind: 'threshold', code: 'pushes_lost' })
    expect(await readFile(join(fake.outDir, 'violations.ndjson'), 'utf8')).toContain('a push for Message with index 4')
  })

  test('[CS-072] a push doubled', async () => {
    fake = await startFakeRun()
    const messages = [said(3), said(4)]
    const facts = await conversation(messages, { pushed: [agentJoined, ...messages, messages[0]!] })
    expect(facts.rules.map(({ rule, count }) => [rule, count])).toEqual([['CS-072', 1]])
    expect(facts.counters).toMatchObject({ pushes_duplicate: 1, pushes_lost: 0 })
    expect(judged(facts).verdict).toMatchObject({ exit: 1 })
  })

  test('[PUSH-035] a push swapped with its neighbour is judged, and only noted on a target that is not ours', async () => {
    fake = await startFakeRun()
    const messages = [said(3), said(4)]
    const facts = await conversation(messages, { pushed: [agentJoined, messages[1]!, messages[0]!] })
    expect(facts.rules.map(({ rule }) => rule)).toEqual(['PUSH-035'])
    expect(facts.counters).toMatchObject({ pushes_out_of_order: 1, pushes_lost: 0 })
    expect(judged(facts).verdict.reasons[0]).toMatchObject({ exit: 1, code: 'PUSH-035' })
    expect(judged(facts, false).verdict.reasons[0]).toMatchObject({ exit: 3, code: 'push_latency' })
  })

  test('[PUSH-022] a push for a device of no session is foreign', async () => {
    fake = await startFakeRun()
    fake.receiver.push(payloadPush(0, said(3), { body: '{"deviceId":"cg-other-0-0"}', mode: 'device-id' }))
    const facts = await conversation([said(3)])
    expect(facts.ledger).toMatchObject({ foreign: 1, posts: 3, balanced: true })
    expect(facts.rules.map(({ rule }) => rule)).toEqual(['PUSH-022'])
  })

  test('an answer of the wrong shape is a schema violation, a request that the rules refuse there a failure', async () => {
    fake = await startFakeRun()
    fake.shard.row('ping', { position: 2 }, answer([], 2, { statusCode: 'fine' }))
    fake.shard.row('ping', { position: 2, status: 503 }, '{"errors":[{"code":9009,"advice":"none"}]}')
    fake.shard.row('ping', { position: 2, status: 0, errorCode: 1050 }, '')
    fake.shard.row('send', { position: 2 }, fatalAnswer)
    fake.shard.row('send', { unsent: 2 }, '')
    const facts = await conversation([said(3)])
    expect(facts.counters).toMatchObject({ schema_violations: 1, requests_failed: 5, actions_blocked: 1 })
    expect(facts.rules[0]).toMatchObject({ rule: 'CV2-020', count: 1 })
  })

  test('a send that met the end by the agent is ended in flight, and no failure', async () => {
    fake = await startFakeRun()
    fake.start()
    const left: SaidEvent = {
      index: 3,
      type: 'ParticipantLeft',
      participantId: 1,
      userData: { 'quit-reason-code': '4' },
    }
    fake.shard.row('send', { position: 2, sequence: 1 }, fatalAnswer)
    fake.shard.flush()
    for (const event of [agentJoined, left]) fake.receiver.push(payloadPush(0, event))
    fake.shard.row('refresh', { position: 2 }, answer([agentJoined, left], 4, { chatEnded: true }))
    for (const stage of ['quiet', 'refreshed', 'left'] as const) await fake.shard.stage(stage)
    fake.shard.bye()
    const facts = await fake.collector.finish()
    expect(facts.counters).toMatchObject({ ended_in_flight: 1, requests_failed: 0, pushes_lost: 0 })
  })
})

describe('what makes a run invalid', () => {
  const validityOf = async (facts: Facts) => judged(facts).verdict.reasons.filter(({ kind }) => kind === 'validity')

  test('a gap in the frames of a shard', async () => {
    fake = await startFakeRun()
    fake.shard.skipFrame()
    const facts = await conversation([said(3)])
    expect(facts.ledger.imbalances).toContain('shard 0: frame 1 is missing, 2 came')
    expect(await validityOf(facts)).toMatchObject([{ exit: 3, code: 'ledger' }])
  })

  test('a frame without its answers: what they would have said is not held against the target', async () => {
    fake = await startFakeRun()
    fake.shard.row('ping', { position: 2 }, answer([], 2))
    fake.shard.flush('columns only')
    const facts = await conversation([said(3)])
    expect(facts.ledger.imbalances).toContain('shard 0: the answers of frame 1 are missing')
    expect(facts.rules).toEqual([])
    expect(facts.counters).toMatchObject({ pings_sent: 1, schema_violations: 0, requests_failed: 0 })
    expect(await validityOf(facts)).toMatchObject([{ exit: 3, code: 'ledger' }])
  })

  test('a gap in the frames of a shard: a push for a session without answers is not foreign', async () => {
    fake = await startFakeRun()
    fake.shard.skipFrame()
    fake.receiver.push(payloadPush(9, agentJoined))
    const facts = await conversation([said(3)])
    expect(facts.counters).toMatchObject({ pushes_foreign: 0 })
    expect(facts.rules).toEqual([])
  })

  test('a gap in the frames of the receiver', async () => {
    fake = await startFakeRun()
    fake.receiver.skipFrame()
    const facts = await conversation([said(3)])
    expect(facts.ledger.imbalances[0]).toMatch(/^receiver: frame \d+ is missing, \d+ came$/)
  })

  test('a POST that the sockets counted and the ledger never saw', async () => {
    fake = await startFakeRun()
    fake.start()
    fake.receiver.alive(1)
    const facts = await conversation([said(3)])
    expect(facts.ledger.imbalances).toContain('receiver sockets: 3 POSTs read, but 2 in the ledger')
  })

  test('a dropped action, and an error of the script', async () => {
    fake = await startFakeRun()
    fake.shard.row('send', { unsent: 1 }, '')
    fake.shard.say({ type: 'error', shard: 0, message: 'x is not defined' })
    const facts = await conversation([said(3)])
    expect((await validityOf(facts)).map(({ code }) => code)).toEqual([
      'script_errors',
      'dropped_iterations',
      'sent_share',
    ])
  })

  test('a shard that ends without goodbye', async () => {
    fake = await startFakeRun()
    fake.start()
    fake.shard.flush()
    fake.receiver.push(payloadPush(5, agentJoined))
    fake.shard.close()
    const facts = await fake.collector.finish()
    expect(facts.ledger.imbalances).toContain('shard 0 ended without goodbye: its last answers may be missing')
    expect(facts.counters).toMatchObject({ pushes_foreign: 0 })
    expect(judged(facts).verdict).toMatchObject({ exit: 3, word: 'invalid' })
  })
})

describe('rates of the steady phase', () => {
  test('sessions, requests that failed; what has no phase has no rate', async () => {
    fake = await startFakeRun()
    fake.shard.row('ping', { position: 2, status: 0, errorCode: 1050 }, '')
    const facts = await conversation([said(3)])
    expect(facts.rates.sessions_started?.achieved).toBeGreaterThan(0)
    expect(facts.rates.sessions_started?.offered).toBe(facts.rates.sessions_started?.achieved)
    expect(facts.measured.rate('requests_failed')).toBeGreaterThan(0)
    expect(facts.measured.rate('pushes_lost')).toBeUndefined()
  })
})

test('nothing that comes over the network makes the collector throw', async () => {
  fake = await startFakeRun()
  for (const junk of [
    '',
    '{',
    '{}',
    '[]',
    '=',
    '=x\n',
    '=9\na\nb',
    '{"type":"stage","stage":"nap"}',
    '{"type":"hello"}',
    'c,',
  ])
    fake.shard.raw(junk)
  fake.shard.raw(new Uint8Array(7))
  fake.shard.raw(new Uint8Array(64))
  fake.shard.row('ping', { session: 3 }, 'null')
  fake.shard.row('ping', { session: 3 }, '{"statusCode":0,"chatEnded":false,"messages":[null,{}]}')
  const wrong = { rule: 'PUSH-022', what: 'x', at: '', expected: '', found: '' }
  for (const body of ['null', '{"deviceId":1}', `{"deviceId":"cg-${run}-0-0","message":{"messages":[null]}}`])
    fake.receiver.push(payloadPush(0, said(9), { body, violations: [null, 1, wrong] as never }))
  for (const mode of ['reliable', 'advice', 'device-id', 'refused'] as const)
    fake.receiver.push(
      payloadPush(0, said(9), {
        body: `{"deviceId":"cg-${run}-0-0","message":7}`,
        mode,
        violations: [wrong],
      }),
    )
  const facts = await conversation([said(3)])
  expect(facts.ledger.imbalances.filter(text => text.includes('accounted for'))).toEqual([])
  expect(facts.counters.pushes_received).toBe(9)
  expect(facts.ledger.imbalances.filter(text => text.startsWith('collector'))).toEqual([])
})
