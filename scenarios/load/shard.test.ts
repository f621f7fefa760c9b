import { expect, test } from 'vitest'
import type { ShardOperation, ShardRow } from '../../protocol/stream/shard-stream.ts'
import type { PlannedSession } from './plan.ts'
import { createShard, type Shard } from './shard.ts'

/** A shard whose requests are answered by the test, one by one. */
interface Bench {
  shard: Shard
  /** Requests without an answer, oldest first. */
  asked: {
    operation: ShardOperation
    url: string
    fields: Record<string, string>
    answer(body: object | number): void
  }[]
  rows: ShardRow[]
  errors: string[]
  at(nowMs: number): void
}

function bench(): Bench {
  let nowMs = 1_000
  const asked: Bench['asked'] = []
  const rows: ShardRow[] = []
  const errors: string[] = []
  const shard = createShard({
    run: 'abc',
    shard: 3,
    serviceUrls: ['http://a/genesys/2/chat/s', 'http://b/genesys/2/chat/s'],
    notifyRequestor: false,
    fileBytes: 100,
    now: () => nowMs,
    receiverOffsetMs: () => 5,
    report: {
      row: row => void rows.push(row),
      triggered() {},
      error: message => void errors.push(message),
      settled: async () => {},
      flush() {},
      state() {},
      end: async () => {},
    },
    post(row, url, body, done) {
      row.sent = nowMs
      asked.push({
        operation: row.operation,
        url,
        fields: Object.fromEntries(new URLSearchParams(body)),
        answer(told) {
          const at = asked.findIndex(each => each.url === url && each.operation === row.operation)
          asked.splice(at, 1)
          const isStatus = typeof told === 'number'
          row.status = isStatus ? told : 200
          row.errorCode = told === 0 ? 1050 : 0
          row.answered = nowMs
          done(row, isStatus ? '' : JSON.stringify(told))
        },
      })
    },
  })
  const at = (ms: number) => {
    nowMs = ms
  }
  return { shard, asked, rows, errors, at }
}

const planOf = (slot: number, more: Partial<PlannedSession> = {}): PlannedSession => ({
  session: slot,
  slot,
  plannedMs: 1_000,
  mode: 'payload',
  endsBy: 'drain',
  endsMs: 9_000_000,
  ...more,
})
const tokens = { alias: '201', userId: 'U', secureKey: 'k1', chatId: 'C' }
const started = { statusCode: 0, chatEnded: false, messages: [], nextPosition: 2, ...tokens }
const ok = (nextPosition: number) => ({ ...started, nextPosition })

function liveShard(sessions = 1): Bench {
  const made = bench()
  for (let slot = 0; slot < sessions; slot++) {
    made.shard.requestChat(planOf(slot))
    made.asked[0]!.answer({ ...started, chatId: `C${slot}` })
  }
  made.rows.length = 0
  return made
}

test('a session that was started refreshes from nextPosition when a push comes', () => {
  const { shard, asked, rows, at } = liveShard()
  at(1_500)
  shard.pushed({ session: 0, receivedMs: 1_480, nextPosition: 4, ended: false, heldMs: 0 })
  expect(asked.map(({ operation, url, fields }) => ({ operation, url, fields }))).toEqual([
    {
      operation: 'refresh',
      url: 'http://a/genesys/2/chat/s/C0/',
      fields: { userId: 'U', secureKey: 'k1', alias: '201', transcriptPosition: '2' },
    },
  ])
  at(1_510)
  asked[0]!.answer(ok(4))
  expect(rows).toEqual([
    {
      session: 0,
      operation: 'refresh',
      status: 200,
      errorCode: 0,
      planned: 1_475,
      ready: 1_475,
      sent: 1_500,
      answered: 1_510,
      position: 2,
      sequence: -1,
      triggered: 1_480,
      unsent: 0,
    },
  ])
  shard.pushed({ session: 0, receivedMs: 1_600, nextPosition: 5, ended: false, heldMs: 0 })
  expect(asked[0]!.fields.transcriptPosition).toBe('4')
})

test('[CS-132] pushes during a refresh are answered together by one more', () => {
  const { shard, asked, rows } = liveShard()
  for (const receivedMs of [1, 2, 3]) shard.pushed({ session: 0, receivedMs, nextPosition: 4, ended: false, heldMs: 0 })
  expect(asked.length).toBe(1)
  asked[0]!.answer(ok(4))
  expect(asked.length).toBe(1)
  asked[0]!.answer(ok(4))
  expect([asked.length, rows.map(row => row.triggered)]).toEqual([0, [1, 2]])
  expect(shard.isQuiet()).toBe(true)
})

test('[CV2-032] each request uses the latest tokens', () => {
  const { shard, asked } = liveShard()
  shard.act(shard.sessions.get(0)!, { operation: 'ping', plannedMs: 1_000 })
  shard.act(shard.sessions.get(0)!, { operation: 'disconnect', plannedMs: 1_000 })
  asked[0]!.answer({ ...ok(2), secureKey: 'k2', alias: '202' })
  expect(asked[0]).toMatchObject({ operation: 'disconnect', fields: { secureKey: 'k2', alias: '202' } })
})

test('who leaves looks first at what is new, and its leave is planned for when it has seen that', () => {
  const { shard, asked, at, rows } = liveShard()
  const session = shard.sessions.get(0)!
  shard.act(session, { operation: 'refresh', plannedMs: 1_000 })
  shard.act(session, { operation: 'disconnect', plannedMs: 1_000, isNext: true })
  expect(asked[0]).toMatchObject({ operation: 'refresh', fields: { transcriptPosition: '2' } })
  at(1_400)
  asked[0]!.answer(ok(4))
  expect(asked[0]).toMatchObject({ operation: 'disconnect' })
  asked[0]!.answer({ ...ok(5), chatEnded: true })
  expect(rows.map(({ operation, planned }) => [operation, planned])).toEqual([
    ['refresh', 1_000],
    ['disconnect', rows[0]!.answered],
  ])
})

test('a message carries its marker and asks for no events', () => {
  const { shard, asked, at } = liveShard()
  at(1_002.5)
  shard.say(0, 1_002)
  expect(asked[0]!.fields).toEqual({
    userId: 'U',
    secureKey: 'k1',
    alias: '201',
    message: 'cg/abc/c3.0/1/1002+500 is anybody there?',
  })
})

test('the answer to a send does not move the position: it shows no events', () => {
  const { shard, asked } = liveShard()
  shard.say(0, 1_000)
  asked[0]!.answer(ok(9))
  shard.act(shard.sessions.get(0)!, { operation: 'ping', plannedMs: 1_000 })
  expect(asked[0]!.fields.transcriptPosition).toBe('2')
})

test('an action that waited for an answer is late only from then on, and dropped 1 s after', () => {
  const { shard, asked, rows, at } = liveShard()
  shard.act(shard.sessions.get(0)!, { operation: 'ping', plannedMs: 1_000 })
  shard.say(0, 1_001)
  at(5_000)
  asked[0]!.answer(ok(2))
  expect(asked[0]!.operation).toBe('send')
  asked[0]!.answer(ok(3))
  expect(rows[1]).toMatchObject({ operation: 'send', planned: 1_001, ready: 5_000, sent: 5_000, unsent: 0 })
  at(7_001)
  shard.say(0, 6_000)
  expect(asked).toEqual([])
  expect(rows[2]).toMatchObject({ operation: 'send', planned: 6_000, ready: 6_000, sent: 7_001, unsent: 1 })
  expect(shard.counts).toMatchObject({ messages_sent: 1, pings_sent: 1, dropped_iterations: 1 })
})

test('a start that comes too late is dropped', () => {
  const { shard, asked, rows, at } = bench()
  at(2_001)
  shard.requestChat(planOf(0))
  expect([asked.length, rows[0]?.operation, rows[0]?.unsent, shard.counts.sessions_started]).toEqual([
    0,
    'requestChat',
    1,
    0,
  ])
})

test.each([
  ['0/true', { ...ok(3), chatEnded: true }],
  ['2/true', { statusCode: 2, chatEnded: true, messages: [], errors: [] }],
  ['2/false', { statusCode: 2, chatEnded: false, messages: [], errors: [] }],
])('[CV2-034] %s ends the session; what it had to say is said by another', (_name, end) => {
  const { shard, asked } = liveShard(2)
  const session = shard.sessions.get(0)!
  shard.act(session, { operation: 'ping', plannedMs: 1_000 })
  shard.act(session, { operation: 'send', plannedMs: 1_000 })
  shard.act(session, { operation: 'ping', plannedMs: 1_000 })
  asked[0]!.answer(end)
  expect(asked.map(({ operation, url }) => [operation, url])).toEqual([['send', 'http://b/genesys/2/chat/s/C1/']])
  shard.pushed({ session: 0, receivedMs: 5, nextPosition: 4, ended: true, heldMs: 0 })
  expect([asked.length, shard.live(), shard.sessions.get(0)]).toEqual([1, 1, undefined])
})

test('retryable failures, HTTP errors and missing answers end nothing', () => {
  const { shard, asked } = liveShard()
  for (const answer of [{ statusCode: 1, chatEnded: false, messages: [], errors: [] }, 500, 0]) {
    shard.act(shard.sessions.get(0)!, { operation: 'ping', plannedMs: 1_000 })
    asked[0]!.answer(answer)
  }
  expect([shard.live(), shard.isQuiet(), shard.counts.answers]).toEqual([1, true, 3])
})

test.each([
  ['an HTTP error', 503],
  ['a refusal', { statusCode: 2, chatEnded: true, messages: [], errors: [{ code: 240, advice: 'full' }] }],
  ['no chatId', { ...started, chatId: undefined }],
  ['no key', { ...started, secureKey: undefined }],
])('a chat that was answered by %s is reported and never used', (_name, answer) => {
  const { shard, asked, rows } = bench()
  shard.requestChat(planOf(0))
  asked[0]!.answer(answer)
  shard.say(0, 1_000)
  // Nobody waited for this send: it is a failure, and no latency.
  expect([rows.map(row => [row.operation, row.unsent, row.sent]), asked.length, shard.live()]).toEqual([
    [
      ['requestChat', 0, 1_000],
      ['send', 2, 0],
    ],
    0,
    0,
  ])
})

test('a push that comes before the answer to request chat is answered after it', () => {
  const { shard, asked } = bench()
  shard.requestChat(planOf(0))
  shard.pushed({ session: 0, receivedMs: 1_000, nextPosition: 3, ended: false, heldMs: 0 })
  expect(asked.map(each => each.operation)).toEqual(['requestChat'])
  asked[0]!.answer(started)
  expect(asked.map(each => each.operation)).toEqual(['refresh'])
})

test('what was never ready is reported as blocked', () => {
  const { shard, asked, rows, at } = liveShard()
  shard.act(shard.sessions.get(0)!, { operation: 'ping', plannedMs: 1_000 })
  shard.act(shard.sessions.get(0)!, { operation: 'send', plannedMs: 1_001 })
  at(42_000)
  shard.giveUp()
  expect(rows).toMatchObject([{ operation: 'send', planned: 1_001, ready: 0, sent: 42_000, unsent: 2 }])
  asked[0]!.answer(ok(2))
  expect([asked.length, shard.isQuiet(), shard.counts.actions_blocked]).toEqual([0, true, 1])
})

test('the last refresh asks for the whole transcript', () => {
  const { shard, asked } = liveShard()
  shard.act(shard.sessions.get(0)!, { operation: 'finalRefresh', plannedMs: 1_000 })
  expect(asked[0]!.fields.transcriptPosition).toBe('1')
})
