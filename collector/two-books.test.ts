import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { balanced } from '../judging/ledger-counts.ts'
import { writeDeviceId } from '../protocol/device-id.ts'
import { writeMarker } from '../protocol/marker.ts'
import type { PushMode } from '../protocol/push/mode.ts'
import type { ShardRow } from '../protocol/stream/shard-stream.ts'
import { notificationSink } from './notification-sink.ts'
import { openContext } from './open-context.ts'
import { createPushIntake } from './push-intake.ts'
import { takeRow } from './row-intake.ts'
import { missingOf, type RunContext } from './run-context.ts'

const channel = '/service/chatV2/care'
const literals = { alias: '0', userId: 'deprecated', chatId: 'deprecated', secureKey: 'k' }
const deviceId = writeDeviceId({ run: 'abc', shard: 0, session: 0 })
const plannedMs = 1_000

function said(index: number, participantId = 2) {
  const own = participantId === 1
  const marker = { run: 'abc', side: own ? 'c' : 'a', shard: 0, session: 0, sequence: index } as const
  return {
    from: { nickname: 'n', participantId, type: own ? 'Client' : 'Agent' },
    ...{ index, type: 'Message', utcTime: 1_000 },
    text: `${writeMarker({ ...marker, plannedMs, latenessUs: 0 })}${own ? '' : 'hello'}`,
  }
}

const joined = { ...said(1, 1), type: 'ParticipantJoined', text: undefined }
const shown = (messages: { index: number }[], nextPosition = (messages.at(-1)?.index ?? 1) + 1) => ({
  ...{ messages, chatEnded: false, statusCode: 0, ...literals, nextPosition },
})

/** One customer over CometD that is pushed as well; by the clock of the test. */
async function customer(mode: PushMode, more: { notifyRequestor?: boolean } = {}) {
  const outDir = await mkdtemp(join(tmpdir(), 'chatgauge-two-books-'))
  const contextOf = (): RunContext => context
  const pushes = createPushIntake(contextOf, () => {})
  const { context, closeFiles } = openContext(
    {
      ...{ run: 'abc', shards: [0], modeOf: () => mode, notifyRequestor: false, isComet: true, arePushedToo: true },
      ...{ isReference: true, observeMs: 800, isHoldingAnswers: false, areLanesNodes: true, here: ['k6', 'receiver'] },
      ...more,
    },
    pushes.sink,
    outDir,
    () => {},
    notificationSink(contextOf, pushes.sink),
  )
  context.nowMs = () => 5_000
  const row: ShardRow = {
    ...{ session: 0, operation: 'notification', status: 200, errorCode: 0, position: 1, sequence: 1, triggered: 0 },
    ...{ planned: plannedMs, ready: plannedMs, sent: plannedMs, answered: plannedMs, unsent: 0 },
  }
  const take = (change: Partial<ShardRow>, body: object) =>
    takeRow(context, { ready: 0, sent: 0 }, 0, { ...row, ...change }, JSON.stringify(body))
  const post = (received: number, body: object, as = mode) =>
    pushes.take({
      ...{ received, answered: received, validated: received, lane: 'node1', inFlight: 0, mode: as },
      ...{ body: JSON.stringify({ deviceId, ...body }), violations: [] },
    })
  take({ operation: 'requestChat', sequence: -1, position: -1 }, shown([joined]))
  return {
    context,
    hears: (index: number, atMs: number, participantId = 2) =>
      take(
        { sent: atMs, answered: atMs },
        { channel, data: { ...shown([said(index, participantId)]), monitored: false, channel } },
      ),
    pushed(index: number, atMs: number, participantId = 2) {
      if (mode === 'device-id') return post(atMs, {})
      post(atMs, { message: { ...shown([said(index, participantId)]), monitored: false } })
    },
    noticed(index: number, atMs: number, attempt = 0) {
      const userData = { 'notify-attempt': String(attempt), 'notify-position': '2', 'session-id': 'known-here-alone' }
      const from = { nickname: '', participantId: 0, type: 'Client' }
      const notice = { from, index: 0, type: 'PushUrl', text: 'PUSH-NOTIFICATION', utcTime: 1_000, userData }
      post(atMs, { message: { ...shown([notice], index + 1), monitored: false } })
    },
    looks: (events: { index: number }[], change: Partial<ShardRow> = {}) =>
      take({ operation: 'finalRefresh', sequence: -1, position: 1, ...change }, shown(events)),
    leaves: () =>
      take(
        { operation: 'disconnect', sequence: -1, position: -1 },
        { messages: [], chatEnded: true, statusCode: 0, alias: '0', chatId: 'deprecated', nextPosition: 9 },
      ),
    async ends() {
      const { ledger, heard } = context
      ledger.close('lost')
      heard!.close('lost')
      await closeFiles()
      const told = (await readFile(join(outDir, 'violations.ndjson'), 'utf8')).trim().split('\n')
      const counted = [ledger, heard!].map(({ counts: { byType: _, ...counts } }) =>
        Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
      )
      for (const book of [ledger, heard!]) expect(balanced(book.counts, [], []).imbalances).toEqual([])
      return {
        pushed: counted[0],
        heard: counted[1],
        rules: told.flatMap(line => (line === '' ? [] : [JSON.parse(line).rule as string])),
      }
    },
    slowest: (metric: 'push_latency' | 'notification_latency') => context.histograms.latency(metric, 'all')?.max,
  }
}

const all = (...indexes: number[]) => [joined, ...indexes.map(index => said(index))]

test('[PUSH-006] [PUSH-110] each event is pushed and heard, and each way has its own time from the plan', async () => {
  const { hears, pushed, looks, ends, slowest } = await customer('payload')
  hears(2, 1_020)
  pushed(2, 1_030)
  pushed(3, 1_040)
  hears(3, 1_050)
  looks(all(2, 3))
  expect([slowest('push_latency'), slowest('notification_latency')]).toEqual([40, 50])
  const once = { expected: 2, delivered: 2, posts: 2 }
  expect(await ends()).toEqual({ pushed: once, heard: once, rules: [] })
})

test.each(['payload', 'device-id'] as const)(
  'a %s push is missed as soon as its event is heard, and lost when it never comes',
  async mode => {
    const { context, hears, pushed, looks, ends } = await customer(mode)
    hears(2, 1_020)
    pushed(2, 1_030)
    hears(3, 1_040)
    expect(missingOf(context)).toEqual({ uncovered: 1, covered: 0 })
    looks(all(2, 3))
    expect(await ends()).toEqual({
      pushed: { expected: 2, delivered: 1, lost: 1, posts: 1 },
      heard: { expected: 2, delivered: 2, posts: 2 },
      rules: ['pushes_lost'],
    })
  },
)

test('a notification that never comes is lost though its push and the refresh of it showed the event', async () => {
  const { hears, pushed, looks, ends } = await customer('payload')
  pushed(2, 1_030)
  looks([said(2)], { operation: 'refresh', triggered: 1_030, position: 2 })
  pushed(3, 1_040)
  hears(3, 1_045)
  looks(all(2, 3))
  expect(await ends()).toEqual({
    pushed: { expected: 2, delivered: 2, posts: 2 },
    heard: { expected: 2, delivered: 1, lost: 1, posts: 1 },
    rules: ['notifications_lost'],
  })
})

test('[CV2-131] what happened while a request was under way may be in its answer alone; what a push had told of before may not', async () => {
  const asks = async (knownTo: number) => {
    const { pushed, looks, ends } = await customer('payload')
    pushed(2, 1_030)
    looks([said(2)], { operation: 'refresh', triggered: 1_030, position: 2, sequence: 2 * knownTo })
    return (await ends()).heard
  }
  expect(await asks(1)).toEqual({ expected: 1, covered: 1 })
  expect(await asks(2)).toEqual({ expected: 1, lost: 1 })
})

test('[CS-072] [CV2-119] doubles and wrong order are told of the way on which they came', async () => {
  const doubled = await customer('payload')
  doubled.hears(2, 1_020)
  doubled.pushed(2, 1_030)
  doubled.pushed(2, 1_031)
  expect(await doubled.ends()).toMatchObject({ pushed: { duplicate: 1 }, heard: { posts: 1 }, rules: ['CS-072'] })
  const repeated = await customer('payload')
  repeated.pushed(2, 1_030)
  repeated.hears(2, 1_040)
  repeated.hears(2, 1_041)
  expect(await repeated.ends()).toMatchObject({ pushed: { posts: 1 }, heard: { duplicate: 1 }, rules: ['CV2-119'] })
  const swapped = await customer('payload')
  for (const index of [3, 2]) swapped.hears(index, 1_020)
  for (const index of [2, 3]) swapped.pushed(index, 1_030)
  const { heard, pushed, rules } = await swapped.ends()
  expect([heard!.outOfOrder, pushed!.outOfOrder, rules]).toEqual([1, undefined, ['CV2-119']])
})

test('a push that comes long after its event was heard is late, and no other than late', async () => {
  const { hears, pushed, looks, ends, slowest } = await customer('payload')
  hears(2, 1_020)
  looks(all(2))
  pushed(2, 4_000)
  expect([slowest('push_latency'), slowest('notification_latency')]).toEqual([3_000, 20])
  expect(await ends()).toMatchObject({ pushed: { delivered: 1 }, heard: { delivered: 1 }, rules: [] })
})

test('[CS-060] [CS-061] reliable notices repeat until a refresh; that it asks behind what was heard covers what is below', async () => {
  const { context, hears, noticed, looks, ends } = await customer('reliable')
  hears(2, 1_020)
  noticed(2, 1_030)
  noticed(2, 2_030, 1)
  // The notice of 3 is lost on its way; that of 4 wakes the customer, who has heard both.
  hears(3, 2_100)
  hears(4, 2_200)
  expect(missingOf(context)).toEqual({ uncovered: 2, covered: 0 })
  noticed(4, 2_210)
  looks([], { operation: 'refresh', triggered: 2_210, position: 5 })
  expect(missingOf(context)).toEqual({ uncovered: 0, covered: 1 })
  looks(all(2, 3, 4))
  expect(await ends()).toEqual({
    pushed: { expected: 3, delivered: 2, covered: 1, posts: 3, repeated: 1 },
    heard: { expected: 3, delivered: 3, posts: 3 },
    rules: [],
  })
})

test('[CV2-131] what a resume shows was heard by it, and is to be pushed all the same', async () => {
  const { pushed, looks, ends } = await customer('payload')
  looks([said(2), said(3)], { operation: 'resume', sequence: 1, position: 2 })
  pushed(2, 1_030)
  looks(all(2, 3))
  expect(await ends()).toEqual({
    pushed: { expected: 2, delivered: 1, lost: 1, posts: 1 },
    heard: { expected: 2, covered: 2 },
    rules: ['pushes_lost'],
  })
})

test('[PUSH-023] [CV2-120] own activity is pushed where that is asked for, and heard never', async () => {
  const { hears, pushed, looks, ends } = await customer('payload', { notifyRequestor: true })
  pushed(1, 1_010, 1)
  looks([said(2, 1)], { operation: 'send', position: 2 })
  pushed(2, 1_030, 1)
  hears(2, 1_040, 1)
  expect(await ends()).toMatchObject({ pushed: { delivered: 2 }, heard: { foreign: 1 } })
})

test('a session is remembered while one of its books still waits', async () => {
  const { context, hears, pushed, looks, leaves } = await customer('payload')
  pushed(2, 1_030)
  looks(all(2), { operation: 'refresh', triggered: 1_030, position: 1 })
  leaves()
  context.sessions.forget(1e9, () => {})
  expect(context.sessions.size()).toBe(1)
  hears(2, 1_040)
  context.sessions.forget(1e9, () => {})
  expect(context.sessions.size()).toBe(0)
})
