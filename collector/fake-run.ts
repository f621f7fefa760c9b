import { mkdtemp } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket, WebSocketServer } from 'ws'
import { writeDeviceId } from '../protocol/device-id.ts'
import { writeMarker } from '../protocol/marker.ts'
import type { ObservedPush } from '../protocol/stream/observation.ts'
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
import { type Collector, type CollectorOptions, startCollector } from './collector.ts'
import { hostNow } from './host-clock.ts'

/** A fake shard and a fake receiver over real sockets: what they send is written by hand from the specification. */
export const run = '7f3a2c'
const chatId = 'chat-0'

export interface SaidEvent {
  index: number
  type: string
  participantId: number
  text?: string
  userData?: Record<string, string>
}

export function wireEvent({ index, type, participantId, text, userData }: SaidEvent): object {
  const from = {
    nickname: participantId === 1 ? 'Ann' : 'Bob',
    participantId,
    type: participantId === 1 ? 'Client' : 'Agent',
  }
  return {
    from,
    index,
    type,
    utcTime: 1_795_220_000_000 + index * 1000,
    ...(text && { text }),
    ...(userData && { userData }),
  }
}

export function answer(events: SaidEvent[], nextPosition: number, more: object = {}): string {
  return JSON.stringify({
    statusCode: 0,
    chatEnded: false,
    alias: '201',
    chatId,
    userId: 'user-0',
    secureKey: '0011aa22bb33cc44dd55',
    messages: events.map(wireEvent),
    nextPosition,
    ...more,
  })
}

export const goneAnswer = JSON.stringify({ statusCode: 0, chatEnded: true, messages: [] })
export const fatalAnswer = JSON.stringify({
  statusCode: 2,
  chatEnded: true,
  messages: [],
  errors: [{ code: 249, advice: 'Media server was not able to execute request. referenceId[7]' }],
})

export function payloadPush(session: number, event: SaidEvent, more: Partial<ObservedPush> = {}): ObservedPush {
  const received = hostNow()
  const message = {
    secureKey: 'opaque-cometd-key',
    chatId: 'deprecated',
    nextPosition: event.index + 1,
    messages: [wireEvent(event)],
    alias: '0',
    chatEnded: false,
    userId: 'deprecated',
    statusCode: 0,
    monitored: false,
  }
  const body = JSON.stringify({ message, deviceId: writeDeviceId({ run, shard: 0, session }) })
  return {
    received,
    answered: received,
    validated: received,
    lane: 'node1',
    inFlight: 0,
    mode: 'payload',
    body,
    violations: [],
    ...more,
  }
}

export function agentText(session: number, sequence: number, plannedMs: number): string {
  return `${writeMarker({ run, side: 'a', shard: 0, session, sequence, plannedMs, latenessUs: 250 })}good morning`
}

export interface FakeReceiver {
  url: string
  push(...pushes: ObservedPush[]): void
  /** A frame without pushes; `posts` as the sockets counted them. */
  alive(posts?: number): void
  skipFrame(): void
  /** Keeps its socket and sends nothing any more. */
  hang(): void
  close(): Promise<void>
}

export async function startFakeReceiver(): Promise<FakeReceiver> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/observations' })
  await new Promise(done => server.once('listening', done))
  let frame = 0
  let posts = 0
  const send = (pushes: ObservedPush[]) => {
    frame += 1
    const figures = { cpu: 0.1, loopDelayP99Ms: 0.2, loopDelayMaxMs: 0.3, heapBytes: 1_000, intakeMs: [0.4] }
    const refused = 0
    for (const client of server.clients) client.send(JSON.stringify({ frame, pushes, posts, refused, ...figures }))
  }
  const heartbeat = setInterval(() => send([]), 100)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    push(...pushes) {
      posts += pushes.length
      send(pushes)
    },
    alive(count = posts) {
      posts = count
      send([])
    },
    skipFrame() {
      frame += 1
    },
    hang: () => clearInterval(heartbeat),
    close() {
      clearInterval(heartbeat)
      for (const client of server.clients) client.terminate()
      return new Promise(done => server.close(() => done()))
    },
  }
}

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

export async function startFakeShard(url: string, shard = 0): Promise<FakeShard> {
  const socket = new WebSocket(`${url}/samples?run=${run}&shard=${shard}`)
  await new Promise((done, failed) => socket.once('open', done).once('error', failed))
  let rows: ShardRow[] = []
  let answers: string[] = []
  let frame = 0
  let sent = 0
  const released = new Set<string>()
  socket.on('message', data => {
    const text = String(data)
    if (text.startsWith('{')) released.add(JSON.parse(text).stage ?? JSON.parse(text).type)
  })
  const flush = (what?: 'columns only') => {
    if (rows.length === 0) return
    frame += 1
    const values = new Float64Array(headerLength + rows.length * columns)
    values.set([frame, shard, rows.length, hostNow()])
    rows.forEach((row, at) => {
      const { session, status, errorCode, planned, ready, sent, answered, position, sequence, triggered, unsent } = row
      const operation = operations.indexOf(row.operation)
      values.set(
        [session, operation, status, errorCode, planned, ready, sent, answered, position, sequence, triggered, unsent],
        headerLength + at * columns,
      )
    })
    socket.send(values.buffer)
    if (!what) socket.send(writeAnswers(frame, answers))
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

export interface FakeRun {
  collector: Collector
  shard: FakeShard
  receiver: FakeReceiver
  outDir: string
  /** hello, then request chat with the answer that shows the join. */
  start(): void
  close(): Promise<void>
}

export async function startFakeRun(options: Partial<CollectorOptions> = {}): Promise<FakeRun> {
  const outDir = await mkdtemp(join(tmpdir(), 'chatgauge-collector-'))
  const receiver = await startFakeReceiver()
  const collector = await startCollector({
    run,
    shards: 1,
    modeOf: () => 'payload',
    notifyRequestor: false,
    isReference: true,
    observeMs: 800,
    isHoldingAnswers: false,
    areLanesNodes: true,
    receiverUrl: receiver.url,
    outDir,
    log: () => {},
    ...options,
  })
  const shard = await startFakeShard(collector.url)
  return {
    collector,
    shard,
    receiver,
    outDir,
    start() {
      const now = hostNow()
      shard.say({
        type: 'hello',
        run,
        shard: 0,
        sessions: 1,
        startMs: now - 2_000,
        steadyMs: now - 1_000,
        drainMs: now + 60_000,
      })
      shard.row('requestChat', {}, answer([{ index: 1, type: 'ParticipantJoined', participantId: 1 }], 2))
    },
    async close() {
      shard.close()
      await collector.close()
      await receiver.close()
    },
  }
}
