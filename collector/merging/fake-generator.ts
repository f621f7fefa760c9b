import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PushMode } from '../../protocol/push/mode.ts'
import type { ObservedPush } from '../../protocol/stream/observation.ts'
import { closeBooks } from '../close-books.ts'
import type { Facts } from '../facts.ts'
import { type Frame, framesOf, givenUpMs, observeMs } from '../fake-books.ts'
import { endMs, type FakeHistory, resendDelayMs, startMs } from '../fake-history.ts'
import { run } from '../fake-messages.ts'
import { shardFrame } from '../fake-shard.ts'
import { openContext } from '../open-context.ts'
import { unknownFigures } from '../process-meter.ts'
import { createPushIntake } from '../push-intake.ts'
import { takeRow } from '../row-intake.ts'
import { type RunContext, recordLatency } from '../run-context.ts'
import { createShardFrames, type ShardFrames } from '../shard-frames.ts'
import { createShardReports } from '../shard-reports.ts'

/** What one shard did and what came for it. */
export interface ShardStory extends Pick<FakeHistory, 'rows' | 'posts'> {
  shard: number
  mode: PushMode
}

/** One generator's books over the stories of its shards, in virtual time: the same stories give the same books. */
export async function generatorBooks(
  stories: readonly ShardStory[],
  foreign: readonly ObservedPush[] = [],
): Promise<Facts> {
  const outDir = await mkdtemp(join(tmpdir(), 'chatgauge-parts-'))
  let nowMs = startMs
  const contextOf = (): RunContext => context
  const pushes = createPushIntake(contextOf, () => {})
  const settings = {
    run,
    shards: stories.map(({ shard }) => shard),
    modeOf: (shard: number) => stories.find(story => story.shard === shard)!.mode,
    notifyRequestor: false,
    isReference: true,
    observeMs,
    isHoldingAnswers: false,
    areLanesNodes: true,
    here: ['k6', 'receiver', 'reference server'] as const,
    flexPushContent: ['user-id', 'session-id'],
    resendDelayMs,
  }
  const { context, closeFiles } = openContext(settings, pushes.sink, outDir, () => {})
  context.nowMs = () => nowMs
  context.lastAnswerMs = context.lastPostMs = startMs
  const sending = { ready: 0, sent: 0 }
  const reports = createShardReports(context, { stageReached() {}, log() {} })
  const framesByShard = new Map<number, ShardFrames>()
  const counted = new Map<number, { frames: number; rows: number }>()
  for (const { shard } of stories) {
    const hello = { startMs, steadyMs: startMs + 2_500, drainMs: endMs - 6_500 }
    reports.take(shard, { type: 'hello', run, shard, sessions: 5, ...hello })
    reports.take(shard, { type: 'state', shard, at: startMs, live: 5, inFlight: 0, buffered: 0, counts: {} })
    context.clocks.round(`shard ${shard}`, 'receiver', [startMs, startMs + 0.05, startMs + 0.1 + shard * 0.02])
    framesByShard.set(
      shard,
      createShardFrames(`shard ${shard}`, (row, body) => takeRow(context, sending, shard, row, body)),
    )
    counted.set(shard, { frames: 0, rows: 0 })
    recordLatency(context, 'intake_delay', startMs + 3_000, 0.4)
  }
  let posts = 0
  const take = (push: ObservedPush) => {
    posts += 1
    pushes.take(push)
  }

  const frames: (Frame & { shard: number })[] = stories.flatMap(({ shard, ...story }) =>
    framesOf(story).map(frame => ({ ...frame, shard })),
  )
  for (const push of foreign) frames.push({ atMs: push.received, posts: [push], counted: 1, shard: 0 })
  frames.push({ atMs: givenUpMs, rows: [], shard: 0 })
  let second = startMs
  for (const frame of frames.sort((a, b) => a.atMs - b.atMs)) {
    for (; second <= frame.atMs; second += 1_000) {
      nowMs = second
      context.columns?.tick(second, reports.live())
    }
    nowMs = frame.atMs
    if (nowMs === givenUpMs) context.ledger.giveUp('lost')
    if ('posts' in frame) {
      frame.posts.forEach(take)
      continue
    }
    if (frame.rows.length === 0) continue
    const count = counted.get(frame.shard)!
    count.frames += 1
    count.rows += frame.rows.length
    const { columns, answers } = shardFrame(count.frames, frame.shard, nowMs, frame.rows)
    framesByShard.get(frame.shard)!.columns(new Uint8Array(columns.buffer))
    framesByShard.get(frame.shard)!.answers(answers)
  }
  for (const { shard, rows } of stories)
    reports.take(shard, {
      type: 'bye',
      shard,
      ...counted.get(shard)!,
      counts: { pings_sent: operations(rows, 'ping') },
    })

  const facts = closeBooks(
    {
      context,
      sending,
      drain: { reached() {}, lost() {}, tick() {}, hurry() {}, stillMissing: () => 'lost', isOver: () => true },
      shards: reports,
      shardServer: {
        url: '',
        send() {},
        shards: framesByShard,
        connected: () => 0,
        gone: new Set(),
        close: async () => {},
      },
      receiver: {
        posts: () => posts,
        refused: () => 0,
        observed: () => posts,
        frames: () => 1,
        faults: [],
        isOpen: () => true,
        isLost: () => false,
        process: () => ({ name: 'receiver', ...unknownFigures }),
        close() {},
      },
      interrupted: () => undefined,
      ownFaults: [],
      wallClockJumps: () => [],
      standstills: () => [],
      notes: [],
      startedMs: startMs,
    },
    true,
    () => [{ name: 'collector', ...unknownFigures }],
  )
  await closeFiles()
  await rm(outDir, { recursive: true })
  return facts
}

function operations(rows: ShardStory['rows'], operation: string): number {
  return rows.filter(({ row }) => row.operation === operation).length
}
