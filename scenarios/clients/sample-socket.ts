import {
  asOneLine,
  type CollectorMessage,
  columns,
  type DrainStage,
  headerLength,
  operations,
  type ShardMessage,
  type ShardRow,
  writeAnswers,
} from '../../protocol/stream/shard-stream.ts'
import { type ClockExchange, createClockExchange } from './clock-exchange.ts'
import { openSocket, type Socket, webSocketUrl } from './socket.ts'

/** The way of measured rows and raw answers to the collector. */
export interface SampleSocket {
  socket: Socket
  clock: ClockExchange
  row(row: ShardRow, answer: string): void
  /** Sends what has gathered; called by the tick about every 100 ms. */
  flush(): void
  say(message: ShardMessage): void
  sent(): { frames: number; rows: number }
}

const rowsPerFrame = 200

export async function openSampleSocket(
  collector: string,
  place: { run: string; shard: number; now(): number },
  handlers: {
    settled(stage: DrainStage): void
    stop(): void
    lost(reason: string): void
    failed(message: string): void
  },
): Promise<SampleSocket | undefined> {
  // k6 and its collector were started together.
  const clock = createClockExchange(place.now, true)
  const url = `${webSocketUrl(collector)}/samples?run=${place.run}&shard=${place.shard}`
  const socket = await openSocket(url, 'samples', {
    message(data, atMs) {
      if (clock.answered(data, atMs)) return
      const message = JSON.parse(data) as CollectorMessage
      if (message.type === 'settled') handlers.settled(message.stage)
      else if (message.type === 'stop') handlers.stop()
    },
    lost: reason => handlers.lost(`the collector's socket ${url}: ${reason}`),
    failed: handlers.failed,
  })
  if (!socket) return undefined

  let gathered: ShardRow[] = []
  let answers: string[] = []
  let frames = 0
  let rows = 0

  /** All rows of a frame in one go: in a loop that is warm each costs a fraction of what it costs beside its answer. */
  function flush() {
    const count = gathered.length
    if (count === 0) return
    frames++
    rows += count
    // A new buffer for each frame: k6 does not copy what it sends.
    const frame = new Float64Array(headerLength + count * columns)
    frame.set([frames, place.shard, count, place.now()])
    for (let i = 0; i < count; i++) {
      frame.set(columnsOf(gathered[i]!), headerLength + i * columns)
      // `includes` is native in k6; the regular expression of asOneLine is not and costs more than all else here.
      if (answers[i]!.includes('\n')) answers[i] = asOneLine(answers[i]!)
    }
    socket!.send(frame.buffer)
    socket!.send(writeAnswers(frames, answers))
    gathered = []
    answers = []
  }

  return {
    socket,
    clock,
    row(row, answer) {
      gathered.push(row)
      if (answers.push(answer) === rowsPerFrame) flush()
    },
    flush,
    say: message => socket.send(JSON.stringify(message)),
    sent: () => ({ frames, rows }),
  }
}

/** In the order of `column`; one array, since twelve assignments to a typed array take a VU three times as long. */
function columnsOf(row: ShardRow): number[] {
  return [
    row.session,
    operations.indexOf(row.operation),
    row.status,
    row.errorCode,
    row.planned,
    row.ready,
    row.sent,
    row.answered,
    row.position,
    row.sequence,
    row.triggered,
    row.unsent,
  ]
}
