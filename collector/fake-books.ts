import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPush } from '../protocol/checks/shape.ts'
import { arrivalText, askedText } from '../protocol/stream/bayeux-arrival.ts'
import type { ObservedPush } from '../protocol/stream/observation.ts'
import { closeBooks, type OpenBooks } from './close-books.ts'
import type { Facts } from './facts.ts'
import type { FakeArrival } from './fake-comet-history.ts'
import { endMs, type FakeHistory, type FakePost, type FakeRow, resendDelayMs, startMs } from './fake-history.ts'
import { run } from './fake-messages.ts'
import { startFakeReceiver } from './fake-receiver.ts'
import { shardFrame } from './fake-shard.ts'
import { followReceiver } from './follow-receiver.ts'
import { createLoadLog } from './load-log.ts'
import { notificationSink } from './notification-sink.ts'
import { openContext } from './open-context.ts'
import { createPushIntake } from './push-intake.ts'
import type { Sending } from './row-intake.ts'
import { takeRow } from './row-intake.ts'
import type { RunContext } from './run-context.ts'
import { createShardFrames } from './shard-frames.ts'
import { createShardReports } from './shard-reports.ts'

/** What travels: rows each 100 ms, POSTs each 20 ms, as the product's shards and receiver gather them. */
export type Frame = { atMs: number; lost?: 'all' | 'answers' } & (
  | { rows: { row: FakeRow['row']; body: string }[] }
  | { posts: ObservedPush[]; counted: number }
)

export const observeMs = 10_000
/** W after the last answer: what is missing then is given up. */
export const givenUpMs = endMs + observeMs + 2_000

export function framesOf({ rows, posts }: Pick<FakeHistory, 'rows' | 'posts'>): Frame[] {
  const frames: Frame[] = []
  for (const [atMs, of] of Map.groupBy(rows, ({ row }) => Math.ceil(row.answered / 100) * 100))
    frames.push({ atMs, rows: of.map(each => ({ row: each.row, body: fakeBody(each) })) })
  for (const [atMs, of] of Map.groupBy(posts, ({ receivedMs }) => Math.ceil(receivedMs / 20) * 20))
    frames.push({ atMs, posts: of.map(observed), counted: of.length })
  return frames.sort((a, b) => a.atMs - b.atMs)
}

/** As the shard sends it. */
function fakeBody({ row, answer }: FakeRow): string {
  if (row.operation !== 'arrival') return JSON.stringify(answer)
  const { asked, told, messages } = answer as unknown as FakeArrival
  return arrivalText(askedText(asked), told.join(), JSON.stringify(messages))
}

/** As the receiver sees it: the body's form and what its schema forbids. */
export function observed({ receivedMs, body }: Pick<FakePost, 'receivedMs' | 'body'>): ObservedPush {
  const text = JSON.stringify(body)
  const { mode, violations } = checkPush(text)
  const times = { received: receivedMs, answered: receivedMs, validated: receivedMs }
  return { ...times, lane: 'node1', inFlight: 0, mode, body: text, violations }
}

/**
 * The whole way from frames to facts in virtual time: shard frames, a receiver's socket, checks, ledger, histograms and
 * the closing are the product's. `history` tells what the shard counted for itself.
 */
export async function fakeBooks(frames: readonly Frame[], history: FakeHistory): Promise<Facts> {
  const outDir = await mkdtemp(join(tmpdir(), 'chatgauge-books-'))
  const receiver = await startFakeReceiver()
  receiver.hang()
  let nowMs = startMs
  const contextOf = (): RunContext => context
  const pushes = createPushIntake(contextOf, () => {})
  const sink = history.mode === 'comet' ? notificationSink(contextOf, pushes.sink) : pushes.sink
  const { context, closeFiles } = openContext(settingsOf(history), sink, outDir, () => {})
  context.nowMs = () => nowMs
  context.lastAnswerMs = context.lastPostMs = startMs
  const sending: Sending = { ready: 0, sent: 0 }
  const shards = createShardReports(context, { stageReached() {}, log() {} })
  const hello = { startMs, steadyMs: startMs + 2_500, drainMs: endMs - 6_500 }
  shards.take(0, { type: 'hello', run, shard: 0, sessions: 5, ...hello })
  const shard = createShardFrames('shard 0', (row, body) => takeRow(context, sending, 0, row, body))
  const followed = await followReceiver(context, receiver.url, {
    load: createLoadLog(),
    onPush: pushes.take,
    onLoopDelay() {},
    onLost() {},
  })

  const counts = { ...countsOf(history), ...countedByShard(frames) }
  let number = 0
  let rows = 0
  let posts = 0
  let heard = 0
  for (const frame of [...frames, { atMs: givenUpMs, rows: [] }].sort((a, b) => a.atMs - b.atMs)) {
    nowMs = frame.atMs
    if (nowMs === givenUpMs) context.ledger.giveUp('lost')
    if ('rows' in frame) {
      if (frame.rows.length === 0) continue
      number += 1
      rows += frame.rows.length
      const { columns, answers } = shardFrame(number, 0, nowMs, frame.rows)
      if (frame.lost !== 'all') shard.columns(new Uint8Array(columns.buffer))
      if (frame.lost === undefined) shard.answers(answers)
    } else {
      posts += frame.counted
      if (frame.lost) receiver.skipFrame()
      else {
        receiver.push(...frame.posts)
        heard += 1
      }
      await turnsUntil(() => followed.frames() >= heard)
    }
  }
  receiver.alive(posts)
  await turnsUntil(() => followed.frames() > heard)
  shards.take(0, { type: 'bye', shard: 0, frames: number, rows, counts })

  const books: OpenBooks = {
    context,
    sending,
    drain: { reached() {}, lost() {}, tick() {}, hurry() {}, stillMissing: () => 'lost', isOver: () => true },
    shards,
    shardServer: {
      url: '',
      send() {},
      shards: new Map([[0, shard]]),
      connected: () => 0,
      gone: new Set(),
      close: async () => {},
    },
    receiver: followed,
    interrupted: () => undefined,
    ownFaults: [],
    wallClockJumps: () => [],
    standstills: () => [],
    notes: [],
    startedMs: startMs,
  }
  const facts = closeBooks(books, true, () => [])
  followed.close()
  await Promise.all([receiver.close(), closeFiles()])
  await rm(outDir, { recursive: true })
  return facts
}

const settingsOf = ({ mode, notifyRequestor }: FakeHistory) => ({
  run,
  shards: [0],
  modeOf: () => (mode === 'comet' ? 'off' : mode),
  isComet: mode === 'comet',
  notifyRequestor,
  isReference: true,
  observeMs,
  isHoldingAnswers: false,
  areLanesNodes: true,
  here: ['k6', 'receiver', 'reference server'] as const,
  flexPushContent: ['user-id', 'session-id'],
  resendDelayMs,
})

function countsOf({ rows }: FakeHistory): Record<string, number> {
  const of = (operation: string) => rows.filter(({ row }) => row.operation === operation).length
  return {
    messages_sent: of('send'),
    pings_sent: of('ping'),
    answers: rows.length - of('notification') - of('arrival'),
    dropped_iterations: 0,
    actions_blocked: 0,
  }
}

/** As they come, whatever becomes of the frames with their rows. */
function countedByShard(frames: readonly Frame[]): Record<string, number> {
  const rows = frames.flatMap(frame => ('rows' in frame ? frame.rows : []))
  const of = (operation: string) => rows.filter(({ row }) => row.operation === operation).length
  return { notifications: of('notification'), arrivals: of('arrival') }
}

async function turnsUntil(condition: () => boolean): Promise<void> {
  const end = performance.now() + 5_000
  while (!condition() && performance.now() < end) await new Promise(resolve => setImmediate(resolve))
}
