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
  const clock = createClockExchange(place.now)
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

  const gathered = new Float64Array(headerLength + rowsPerFrame * columns)
  let answers: string[] = []
  let frames = 0
  let rows = 0

  function flush() {
    if (answers.length === 0) return
    frames++
    rows += answers.length
    gathered[0] = frames
    gathered[1] = place.shard
    gathered[2] = answers.length
    gathered[3] = place.now()
    // A copy for each frame: k6 does not copy what it sends.
    socket!.send(gathered.slice(0, headerLength + answers.length * columns).buffer)
    socket!.send(writeAnswers(frames, answers))
    answers = []
  }

  return {
    socket,
    clock,
    row(row, answer) {
      // In the order of `column`. One native call: twelve assignments take a VU three times as long.
      gathered.set(
        [
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
        ],
        headerLength + answers.length * columns,
      )
      // `includes` is native in k6; the regular expression of asOneLine is not and costs more than all else here.
      const line = answer.includes('\n') || answer.includes('\r') ? asOneLine(answer) : answer
      if (answers.push(line) === rowsPerFrame) flush()
    },
    flush,
    say: message => socket.send(JSON.stringify(message)),
    sent: () => ({ frames, rows }),
  }
}
