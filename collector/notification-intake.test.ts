import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeMarker } from '../protocol/marker.ts'
import type { ShardRow } from '../protocol/stream/shard-stream.ts'
import { notificationSink } from './notification-sink.ts'
import { openContext } from './open-context.ts'
import { takeRow } from './row-intake.ts'
import type { RunContext } from './run-context.ts'

const channel = '/service/chatV2/care'
const tokens = { alias: '0', userId: 'deprecated', chatId: 'deprecated', secureKey: 'k' }
const planned = 1_000

/** The first of them has index 2. */
function said(index: number, participantId = 2) {
  const own = participantId === 1
  const marker = { run: 'abc', side: own ? 'c' : 'a', shard: 0, session: 0, sequence: index } as const
  return {
    from: { nickname: 'n', participantId, type: own ? 'Client' : 'Agent' },
    index,
    type: 'Message',
    text: `${writeMarker({ ...marker, plannedMs: planned + index, latenessUs: 2_000 })}hello`,
    utcTime: 1_000,
  }
}

const joined = { ...said(1, 1), type: 'ParticipantJoined', text: undefined }

const answerOf = (messages: { index: number }[]) => ({
  ...{ messages, chatEnded: false, statusCode: 0, ...tokens, nextPosition: (messages.at(-1)?.index ?? 0) + 1 },
})

const message = (messages: { index: number }[], more: object = {}) =>
  JSON.stringify({ data: { ...answerOf(messages), monitored: false, channel }, channel, ...more })

/** A run of one session over CometD; `found` = the rules and notes in the order in which they were told. */
async function run() {
  const outDir = await mkdtemp(join(tmpdir(), 'chatgauge-notifications-'))
  const settings = {
    ...{ run: 'abc', shards: [0], modeOf: () => 'off' as const, notifyRequestor: false, isComet: true },
    ...{ isReference: true, observeMs: 800, isHoldingAnswers: false, areLanesNodes: true },
  }
  const contextOf = (): RunContext => context
  const { context, closeFiles } = openContext(settings, notificationSink(contextOf, {}), outDir, () => {})
  context.nowMs = () => 5_000
  const usual: ShardRow = {
    ...{ session: 0, operation: 'notification', status: 200, errorCode: 0, position: 1, sequence: 1, triggered: 0 },
    ...{ planned: 1_100, ready: 1_100, sent: 1_100, answered: 1_100, unsent: 0 },
  }
  const take = (more: Partial<ShardRow>, body: string) =>
    takeRow(context, { ready: 0, sent: 0 }, 0, { ...usual, ...more }, body)
  take({ operation: 'requestChat', sequence: -1, position: -1 }, JSON.stringify(answerOf([joined])))
  return {
    context,
    hears: (body: string, more: Partial<ShardRow> = {}) => take(more, body),
    resumes: (messages: { index: number }[], more: Partial<ShardRow> = {}) =>
      take({ operation: 'resume', ...more }, JSON.stringify(answerOf(messages))),
    async found() {
      context.ledger.close('lost')
      await closeFiles()
      const text = await readFile(join(outDir, 'violations.ndjson'), 'utf8')
      return text.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line).rule as string]))
    },
  }
}

test('a notification is timed from the plan of its text, by the clock of the shard', async () => {
  const { context, hears, found } = await run()
  hears(message([said(2)]), { answered: 1_043 })
  expect(context.histograms.latency('notification_latency', 'all')?.max).toBe(41)
  expect(context.histograms.latency('notification_latency_raw', 'all')?.max).toBe(39)
  expect(context.counting.value('notifications_received')).toBe(1)
  expect(await found()).toEqual([])
})

test('what comes before a customer that we cut off has resumed is in no latency', async () => {
  const { context, hears } = await run()
  hears(message([said(2)]), { sequence: 3 })
  expect(context.histograms.latency('notification_latency', 'all')).toBeUndefined()
  expect(context.ledger.counts).toMatchObject({ expected: 1, delivered: 1 })
})

test('what a customer heard late because we cut it off is in no latency; what it heard late by itself is', async () => {
  const { context, resumes, found } = await run()
  resumes([said(2)], { sequence: 1, position: 2 })
  expect(context.histograms.latency('notification_latency', 'all')).toBeUndefined()
  resumes([said(3)], { sequence: 0, position: 3, answered: 2_003 })
  expect(context.histograms.latency('notification_latency', 'all')?.max).toBe(1_000)
  expect(context.counting.value('connections_resumed')).toBe(2)
  expect(context.ledger.counts).toMatchObject({ expected: 2, covered: 2, lost: 0 })
  expect(await found()).toEqual([])
})

test.each([
  ['BX-170', [message([said(2)], { ext: 5 })]],
  ['BX-170', ['17']],
  ['BX-082', [message([said(2)], { clientId: 'another' })]],
  ['CV2-119', [message([said(2)]), message([said(2)])]],
  ['CV2-119', [message([said(3)]), message([said(2)])]],
  ['CV2-120', [message([said(2, 1)])]],
  ['CV2-116', [message([said(2), said(3)])]],
  ['CV2-116', [message([])]],
])('[%s] is found', async (rule, bodies) => {
  const { hears, found } = await run()
  for (const body of bodies) hears(body)
  expect(await found()).toContain(rule)
})

test('[CV2-131] a notification of what a resume has shown is a duplicate', async () => {
  const { hears, resumes, found } = await run()
  resumes([said(2)], { position: 2 })
  hears(message([said(2)]), { sent: 1_200, answered: 1_200 })
  expect(await found()).toEqual(['CV2-131'])
})

test('an event that only the last look shows is lost', async () => {
  const { context, found, hears } = await run()
  hears(JSON.stringify(answerOf([said(2)])), { operation: 'finalRefresh', sequence: -1, position: 2 })
  expect(await found()).toEqual(['notifications_lost'])
  expect(context.ledger.counts).toMatchObject({ expected: 1, lost: 1 })
  expect(context.histograms.latency('notification_latency', 'all')?.atLeast).toBe(1)
})

test('[hearing_delay] how long a notification waited for the shard; in a crowd that our own cut makes nothing is timed', async () => {
  const { context, hears } = await run()
  hears(message([said(2)]), { ready: 1_130 })
  hears(message([said(3)]), { ready: 1_900, sequence: 3 })
  expect(context.histograms.latency('hearing_delay', 'all')).toMatchObject({ count: 1, max: 30 })
})
