import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { ShardRow } from '../protocol/stream/shard-stream.ts'
import { answer, run } from './fake-messages.ts'
import { causalityOf } from './histograms.ts'
import { type OpenContext, openContext } from './open-context.ts'
import { takeRow } from './row-intake.ts'

const row: ShardRow = {
  session: 0,
  operation: 'startTyping',
  status: 200,
  errorCode: 0,
  planned: 1_000,
  ready: 1_000,
  sent: 1_001,
  answered: 1_003,
  position: -1,
  sequence: -1,
  triggered: 0,
  unsent: 0,
}

let opened: OpenContext
afterEach(() => opened.closeFiles())

async function open() {
  const settings = {
    run,
    shards: [0],
    modeOf: () => 'payload' as const,
    notifyRequestor: false,
    isReference: true,
    observeMs: 800,
    isHoldingAnswers: false,
    areLanesNodes: true,
  }
  const outDir = await mkdtemp(join(tmpdir(), 'chatgauge-rows-'))
  opened = openContext(settings, {}, outDir, () => {})
  const { context } = opened
  context.nowMs = () => 5_000
  context.lastAnswerMs = 0
  const sending = { ready: 0, sent: 0 }
  return {
    context,
    sending,
    take: (more: Partial<ShardRow>, body = answer([], 1)) => takeRow(context, sending, 0, { ...row, ...more }, body),
  }
}

test('every answer counts as the last one that a missing push is waited for from, no answer does not', async () => {
  const { context, take } = await open()
  take({ status: 0, errorCode: 1050 }, '')
  expect(context.lastAnswerMs).toBe(0)
  take({})
  expect(context.lastAnswerMs).toBe(5_000)
})

test('[schedule_lateness] counts from what came last, planned or ready: a slow target is no lateness', async () => {
  const { context, take } = await open()
  take({ planned: 1_000, ready: 9_000, sent: 9_002, answered: 9_005 })
  expect(context.histograms.latency('schedule_lateness', 'all')).toMatchObject({ count: 1, max: 2 })
})

test('[actions_blocked] is the target’s failure and neither ready nor sent; a dropped one was ready', async () => {
  const { context, sending, take } = await open()
  take({ operation: 'send', unsent: 2 }, '')
  take({ operation: 'send', unsent: 1 }, '')
  expect(sending).toEqual({ ready: 1, sent: 0 })
  expect(context.counting.all()).toMatchObject({ actions_blocked: 1, requests_failed: 1, dropped_iterations: 1 })
})

test('a dropped action is at least as late as it was when it was given up; raw figures know nothing of it', async () => {
  const { context, take } = await open()
  take({ operation: 'send', planned: 1_000, ready: 1_200, sent: 4_200, unsent: 1 }, '')
  const { histograms } = context
  expect(histograms.latency('send_latency', 'all')).toMatchObject({ count: 1, atLeast: 1, max: 3_200 })
  expect(histograms.latency('schedule_lateness', 'all')).toMatchObject({ count: 1, atLeast: 1, max: 3_000 })
  expect(histograms.latency('send_latency_raw', 'all')).toBeUndefined()
})

test('what can never be below zero does not thin out the differences that are', async () => {
  const { context, take } = await open()
  take({ operation: 'send', sent: 1_010, answered: 1_005 })
  expect(causalityOf(context.histograms.cells)).toEqual({ series: 'send_latency_raw', differences: 1, negative: 1 })
})

test('many samples of one clock do not hide that a pair of clocks puts effects before their causes', async () => {
  const { context } = await open()
  for (let i = 0; i < 5_000; i += 1) context.histograms.record('send_latency', 'steady', 3)
  for (let i = 0; i < 100; i += 1) context.histograms.record('push_latency', 'steady', i < 3 ? -40 : 1, 2)
  expect(causalityOf(context.histograms.cells)).toEqual({ series: 'push_latency', differences: 100, negative: 3 })
})

test('a request that ran into its timeout is at least as late as it was waited for, one that was refused is no latency', async () => {
  const { context, take } = await open()
  take({ operation: 'send', planned: 1_000, sent: 1_500, answered: 21_500, status: 0, errorCode: 1050 }, '')
  take({ operation: 'send', planned: 1_000, sent: 1_001, answered: 1_002, status: 0, errorCode: 1212 }, '')
  const { histograms } = context
  expect(histograms.latency('send_latency', 'all')).toMatchObject({ count: 1, atLeast: 1, max: 20_500 })
  expect(histograms.latency('send_latency_raw', 'all')).toMatchObject({ count: 1, atLeast: 1, max: 20_000 })
})

test('[actions_blocked] what waited for a target that never got ready is at least as late as it waited', async () => {
  const { context, take } = await open()
  take({ operation: 'send', planned: 1_000, ready: 0, sent: 31_000, answered: 0, unsent: 2 }, '')
  const { histograms } = context
  expect(histograms.latency('send_latency', 'all')).toMatchObject({ count: 1, atLeast: 1, max: 30_000 })
  expect(histograms.latency('send_latency_raw', 'all')).toBeUndefined()
  // It was never ready, so it says nothing about our schedule.
  expect(histograms.latency('schedule_lateness', 'all')).toBeUndefined()
})

test('[CV2-172] [files_refused] what goes beyond a limit on purpose is counted apart and in no latency', async () => {
  const { context, take } = await open()
  const declined = JSON.stringify({
    messages: [],
    chatEnded: false,
    statusCode: 2,
    errors: [{ code: 201, advice: 'Too many files' }],
  })
  const accepted = answer([], 1, { userData: { 'file-id': 'F' } })
  take({ operation: 'fileUpload', sequence: 0 }, accepted)
  take({ operation: 'fileUpload', sequence: 201 }, declined)
  take({ operation: 'fileDownload', sequence: 0 }, '{"fileBytes":5,"isSame":true}')
  take({ operation: 'fileDownload', sequence: 500, status: 500 }, '{"errors":[{"code":9023,"advice":"no"}]}')
  const count = (counter: Parameters<typeof context.counting.value>[0]) => context.counting.value(counter)
  expect([count('files_uploaded'), count('files_downloaded'), count('files_refused')]).toEqual([1, 1, 2])
  expect([count('requests_failed'), count('schema_violations'), count('rule_violations')]).toEqual([0, 0, 0])
  const counts = ['upload_latency', 'upload_latency_raw', 'download_latency'].map(
    series => context.histograms.latency(series, 'all')?.count,
  )
  expect(counts).toEqual([1, 1, 1])
})

test('[CV2-173] a file that is refused without a limit, one that is accepted beyond it, and a wrong download are told', async () => {
  const { context, take } = await open()
  const declined = JSON.stringify({
    messages: [],
    chatEnded: false,
    statusCode: 2,
    errors: [{ code: 203, advice: 'x' }],
  })
  take({ operation: 'fileUpload', sequence: 0 }, declined)
  take({ operation: 'fileUpload', sequence: 201 }, answer([], 1, { userData: { 'file-id': 'F' } }))
  take({ operation: 'fileDownload', sequence: 500 }, '{"fileBytes":5,"isSame":true}')
  take({ operation: 'fileDownload', sequence: 0 }, '{"fileBytes":4,"isSame":false}')
  expect(context.counting.value('requests_failed')).toBe(3)
  expect(context.violations.counts().map(({ rule, count }) => [rule, count])).toEqual([['CV2-173', 1]])
})
