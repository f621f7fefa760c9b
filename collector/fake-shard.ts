import { WebSocket } from 'ws'
import { hostNow } from '../process/host-clock.ts'
import {
  columns,
  type DrainStage,
  headerLength,
  operations,
  type ShardMessage,
  type ShardOperation,
  type ShardRow,
  writeAnswers,
} from '../protocol/stream/shard-stream.ts'
import { run } from './fake-messages.ts'

export interface FakeShard {
  row(operation: ShardOperation, more: Partial<ShardRow>, body: string): void
  /** Sends the rows so far as one pair of frames. */
  flush(what?: 'columns only'): void
  skipFrame(): void
  say(message: ShardMessage): void
  raw(data: string | Uint8Array): void
  /** Reports the stage and waits for its release. */
  stage(stage: DrainStage): Promise<void>
  /** Resolves when the collector has taken all that was sent so far. */
  heard(): Promise<void>
  /** The collector said `stop`. */
  isStopped(): boolean
  bye(): void
  close(): void
}

/** The pair of frames in which rows and raw answers travel. */
export function shardFrame(
  frame: number,
  shard: number,
  atMs: number,
  rows: readonly { row: ShardRow; body: string }[],
): { columns: Float64Array<ArrayBuffer>; answers: string } {
  const values = new Float64Array(headerLength + rows.length * columns)
  values.set([frame, shard, rows.length, atMs])
  rows.forEach(({ row }, at) => {
    const { session, status, errorCode, planned, ready, sent, answered, position, sequence, triggered, unsent } = row
    const operation = operations.indexOf(row.operation)
    values.set(
      [session, operation, status, errorCode, planned, ready, sent, answered, position, sequence, triggered, unsent],
      headerLength + at * columns,
    )
  })
  const bodies = rows.map(({ body }) => body)
  return { columns: values, answers: writeAnswers(frame, bodies) }
}

export async function startFakeShard(url: string, shard = 0): Promise<FakeShard> {
  const socket = new WebSocket(`${url}/samples?run=${run}&shard=${shard}`)
  let rows: ShardRow[] = []
  let answers: string[] = []
  let frame = 0
  let sent = 0
  const released = new Set<string>()
  socket.on('message', data => {
    const text = String(data)
    if (text.startsWith('{')) released.add(JSON.parse(text).stage ?? JSON.parse(text).type)
  })
  await new Promise((done, failed) => socket.once('open', done).once('error', failed))
  const flush = (what?: 'columns only') => {
    if (rows.length === 0) return
    frame += 1
    const frames = shardFrame(
      frame,
      shard,
      hostNow(),
      rows.map((row, at) => ({ row, body: answers[at]! })),
    )
    socket.send(frames.columns.buffer)
    if (!what) socket.send(frames.answers)
    sent += rows.length
    rows = []
    answers = []
  }
  return {
    row(operation, more, body) {
      const now = hostNow()
      rows.push({
        session: 0,
        operation,
        status: 200,
        errorCode: 0,
        planned: now,
        ready: now,
        sent: now + 0.5,
        answered: now + 3,
        position: -1,
        sequence: -1,
        triggered: 0,
        unsent: 0,
        ...more,
      })
      answers.push(body)
    },
    flush,
    skipFrame() {
      frame += 1
    },
    say: message => socket.send(JSON.stringify(message)),
    raw: data => socket.send(data),
    async stage(stage) {
      flush()
      socket.send(JSON.stringify({ type: 'stage', shard, stage }))
      const end = performance.now() + 5_000
      while (!released.has(stage) && performance.now() < end) await new Promise(done => setTimeout(done, 10))
      if (!released.has(stage)) throw new Error(`stage ${stage} was not released`)
    },
    async heard() {
      socket.send('c,1')
      await new Promise(done => socket.once('message', done))
    },
    isStopped: () => released.has('stop'),
    bye() {
      flush()
      socket.send(JSON.stringify({ type: 'bye', shard, frames: frame, rows: sent, counts: {} }))
    },
    close: () => socket.close(),
  }
}
