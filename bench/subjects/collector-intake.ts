import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shardFrame } from '../../collector/fake-shard.ts'
import { finishWatch } from '../../collector/finish-watch.ts'
import { openContext } from '../../collector/open-context.ts'
import { createPushIntake } from '../../collector/push-intake.ts'
import { takeRow } from '../../collector/row-intake.ts'
import type { RunContext } from '../../collector/run-context.ts'
import { createShardFrames } from '../../collector/shard-frames.ts'
import { createShardReports } from '../../collector/shard-reports.ts'
import { createTraceIntake } from '../../collector/trace-intake.ts'
import { hostNow } from '../../process/host-clock.ts'
import { pushModes } from '../../protocol/push/mode.ts'
import type { ObservedPush } from '../../protocol/stream/observation.ts'
import type { ShardRow } from '../../protocol/stream/shard-stream.ts'
import type { TraceRecord } from '../../protocol/stream/trace.ts'
import { createSyntheticChat, type SyntheticChat, type Told } from '../synthetic-chat.ts'
import { memoryAfterCollection } from './memory-after-collection.ts'
import { serveSubject, settings } from './serve-subject.ts'

// The collector's intake as a soak would feed it, from frames to histograms, on a clock of its own: sessions come and go,
// an hour passes in a minute.
const { items: planned, hours } = settings<{ items: number; hours: number }>()
const run = 'bench0'
const outDir = mkdtempSync(join(tmpdir(), 'chatgauge-bench-'))
const modeOf = (_shard: number, session: number) => pushModes[session % pushModes.length]!

const startMs = Math.ceil(hostNow())
let nowMs = startMs
const contextOf = (): RunContext => context
const trace = createTraceIntake(contextOf)
const pushes = createPushIntake(contextOf, (session, index, receivedMs) => {
  if (session.chatId) trace.received(session.chatId, index, receivedMs)
})
const common = { isReference: true, isHoldingAnswers: false, areLanesNodes: true, notifyRequestor: false }
const { context, closeFiles } = openContext(
  { run, shards: [0], modeOf, observeMs: 10_000, ...common },
  pushes.sink,
  outDir,
  (file, error) => {
    throw new Error(`${file}: ${error.message}`)
  },
)
context.nowMs = () => nowMs
let recorded = 0
const { record } = context.histograms
context.histograms.record = (...sample) => {
  recorded += 1
  record(...sample)
}
const sending = { ready: 0, sent: 0 }
const endMs = startMs + hours * 3_600_000
const reports = createShardReports(context, { stageReached() {}, log() {} })
reports.take(0, { type: 'hello', run, shard: 0, sessions: 1, startMs, steadyMs: startMs + 60_000, drainMs: endMs })
const shard = createShardFrames('shard 0', (row, body) => takeRow(context, sending, 0, row, body))

const tickMs = 100
/** A chat of a minute: a step a second. */
const steps = 60
const ticksOfStep = 10
/** A row and a push. */
const itemsOfStep = 2
const live = Math.ceil((planned * ticksOfStep * tickMs) / (itemsOfStep * hours * 3_600_000))
const chats: { chat: SyntheticChat; tick: number }[] = []
let started = 0
let taken = 0
let ticks = 0
let frames = 0
const begin = (tick: number) => {
  const session = started++
  return { chat: createSyntheticChat(run, session, modeOf(0, session), steps), tick }
}

/** Until so many rows and pushes were taken. */
async function takeUpTo(items: number): Promise<void> {
  while (taken < items) {
    tick()
    // Files are written between the turns.
    if (ticks % 10 === 0) await new Promise(resolve => setImmediate(resolve))
  }
}

function tick(): void {
  nowMs = startMs + ++ticks * tickMs
  const rows: { row: ShardRow; body: string }[] = []
  const told: ObservedPush[] = []
  const records: TraceRecord[] = []
  const into: Told = {
    row: (row, body) => void rows.push({ row, body }),
    push: push => void told.push(push),
    trace: (...more) => void records.push(...more),
  }
  // They start one after the other over the first minute.
  while (chats.length < Math.min(live, (live * ticks) / (steps * ticksOfStep))) chats.push(begin(ticks))
  chats.forEach((each, at) => {
    if ((ticks - each.tick) % ticksOfStep !== 0) return
    if (!each.chat.step(nowMs - tickMs, into)) chats[at] = begin(ticks + 1)
  })
  for (const record of records) trace.take(record)
  for (const push of told) pushes.take(push)
  const frame = shardFrame(++frames, 0, nowMs, rows)
  shard.columns(new Uint8Array(frame.columns.buffer))
  shard.answers(frame.answers)
  taken += rows.length + told.length
  if (ticks % 10 === 0) eachSecond()
}

function eachSecond(): void {
  context.histograms.writeInterval(nowMs)
  context.columns?.tick(nowMs, chats.length)
  trace.forget(nowMs)
  context.sessions.forget(nowMs, session => finishWatch(context, session))
}

serveSubject({}, async question => {
  if (question.ask === 'close') {
    await closeFiles()
    const bytes = ['histograms.hlog', 'violations.ndjson'].map(file => statSync(join(outDir, file)).size)
    rmSync(outDir, { recursive: true })
    return { bytes }
  }
  await takeUpTo((question as unknown as { items: number }).items)
  const { counts } = context.ledger
  return {
    ...(await memoryAfterCollection()),
    items: taken,
    samples: recorded,
    sessions: started,
    inMemory: context.sessions.size(),
    hours: (nowMs - startMs) / 3_600_000,
    faults: shard.faults.length + context.violations.total() + counts.duplicate + counts.foreign,
    example: JSON.stringify([shard.faults[0], context.violations.counts()[0], counts.duplicate, counts.foreign]),
  }
})
