import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { hostNow } from '../process/host-clock.ts'
import { type ClockRound, clockAnswer } from '../protocol/stream/clock-exchange.ts'
import type { CollectorMessage, DrainStage, ShardMessage, ShardRow } from '../protocol/stream/shard-stream.ts'
import { numberOr, parsedObject } from './json.ts'
import { createShardFrames, type ShardFrames } from './shard-frames.ts'

export interface ShardServerParts {
  host: string
  port: number
  run: string
  onRow(shard: number, row: ShardRow, body: string | undefined): void
  /** A frame has come that left the shard at `sentMs`, by its clock. */
  onFrame(shard: number, sentMs: number): void
  onMessage(shard: number, message: ShardMessage): void
  /** Its socket was closed, at its end or before. */
  onGone(shard: number): void
}

export interface ShardServer {
  url: string
  /** `stop` goes to shards that connect later, too. */
  send(message: CollectorMessage): void
  /** By shard, also those that are gone. */
  shards: ReadonlyMap<number, ShardFrames>
  connected(): number
  /** Shards whose socket was closed at least once. */
  gone: ReadonlySet<number>
  close(): Promise<void>
}

/** WebSocket `/samples?run=&shard=`: one socket a shard. */
export async function startShardServer(parts: ShardServerParts): Promise<ShardServer> {
  const server = new WebSocketServer({
    host: parts.host,
    port: parts.port,
    path: '/samples',
    perMessageDeflate: false,
    maxPayload: 64 * 1024 * 1024,
    clientTracking: true,
  })
  const shards = new Map<number, ShardFrames>()
  const sockets = new Map<number, WebSocket>()
  const gone = new Set<number>()
  let stop: string | undefined

  server.on('connection', (socket, request) => {
    const query = new URL(request.url ?? '', 'http://collector').searchParams
    const shard = Number(query.get('shard') ?? Number.NaN)
    socket.on('error', () => socket.terminate())
    if (query.get('run') !== parts.run || !Number.isInteger(shard) || shard < 0) {
      socket.close(1008, `this collector serves run ${parts.run}; the path is /samples?run=RUN&shard=N`)
      return
    }
    if (sockets.has(shard)) {
      socket.close(1008, `shard ${shard} is connected already`)
      return
    }
    const frames =
      shards.get(shard) ??
      createShardFrames(
        `shard ${shard}`,
        (row, body) => parts.onRow(shard, row, body),
        sentMs => parts.onFrame(shard, sentMs),
      )
    shards.set(shard, frames)
    sockets.set(shard, socket)
    if (stop !== undefined) socket.send(stop)
    socket.on('message', (data, isBinary) => {
      const bytes = data as Buffer
      if (isBinary) frames.columns(bytes)
      else take(shard, socket, frames, bytes.toString())
    })
    socket.on('close', () => {
      sockets.delete(shard)
      gone.add(shard)
      parts.onGone(shard)
    })
  })

  function take(shard: number, socket: WebSocket, frames: ShardFrames, text: string): void {
    if (text.startsWith('=')) {
      frames.answers(text)
      return
    }
    const answer = clockAnswer(text, hostNow())
    if (answer !== undefined) {
      socket.send(answer)
      return
    }
    const message = shardMessage(parsedObject(text))
    if (message) parts.onMessage(shard, message)
    else frames.unreadable()
  }

  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  server.on('error', () => {})
  const { port } = server.address() as AddressInfo
  return {
    url: `ws://${parts.host}:${port}`,
    send(message) {
      const text = JSON.stringify(message)
      if (message.type === 'stop') stop = text
      for (const socket of sockets.values()) socket.send(text)
    },
    shards,
    connected: () => sockets.size,
    gone,
    close() {
      for (const socket of server.clients) socket.terminate()
      return new Promise(done => server.close(() => done()))
    },
  }
}

const drainStages = new Set<unknown>(['quiet', 'refreshed', 'left'])

/** The message with every member of its declared type, or undefined. */
function shardMessage(message: Record<string, unknown> | undefined): ShardMessage | undefined {
  if (!message) return undefined
  const shard = numberOr(message.shard, -1)
  const number = (name: string) => numberOr(message[name], 0)
  switch (message.type) {
    case 'hello': {
      const times = { startMs: number('startMs'), steadyMs: number('steadyMs'), drainMs: number('drainMs') }
      if (!(times.startMs > 0 && times.startMs <= times.steadyMs && times.steadyMs <= times.drainMs)) return undefined
      return { type: 'hello', run: String(message.run), shard, sessions: number('sessions'), ...times }
    }
    case 'state':
      return {
        type: 'state',
        shard,
        at: number('at'),
        live: number('live'),
        inFlight: number('inFlight'),
        buffered: number('buffered'),
        counts: countsOf(message.counts),
      }
    case 'stage':
      return drainStages.has(message.stage) ? { type: 'stage', shard, stage: message.stage as DrainStage } : undefined
    case 'bye':
      return { type: 'bye', shard, frames: number('frames'), rows: number('rows'), counts: countsOf(message.counts) }
    case 'clock': {
      const peer = message.peer === 'receiver' ? 'receiver' : 'collector'
      if (!Array.isArray(message.rounds) || !message.rounds.every(isRound)) return undefined
      return { type: 'clock', shard, peer, rounds: message.rounds, boundMs: Math.max(0, number('boundMs')) }
    }
    case 'error':
      return { type: 'error', shard, message: String(message.message).slice(0, 500) }
    default:
      return undefined
  }
}

function isRound(value: unknown): value is ClockRound {
  return Array.isArray(value) && value.length === 3 && value.every(Number.isFinite)
}

function countsOf(value: unknown): Record<string, number> {
  if (value === null || typeof value !== 'object') return {}
  return Object.fromEntries(Object.entries(value).filter(([, count]) => Number.isFinite(count))) as Record<
    string,
    number
  >
}
