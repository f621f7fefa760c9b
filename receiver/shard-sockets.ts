import type { WebSocket } from 'ws'
import { clockAnswer } from '../protocol/stream/clock-exchange.ts'
import { type Trigger, writeTrigger } from '../protocol/stream/trigger.ts'

/** The shards of all runs that listen on `/triggers`, and the triggers of the current turn. */
export interface ShardSockets {
  connect(socket: WebSocket, run: string, shard: number): void
  /** Kept until `flush`: all triggers of one turn for one shard leave in one frame. */
  add(run: string, shard: number, trigger: Trigger): void
  flush(): void
  counts(): { connected: number; sent: number; unrouted: number }
}

const mostBufferedBytes = 64 * 1024 * 1024

export function createShardSockets(now: () => number): ShardSockets {
  const shards = new Map<string, Set<WebSocket>>()
  const waiting = new Map<string, string[]>()
  let connected = 0
  let sent = 0
  let unrouted = 0
  return {
    connect(socket, run, shard) {
      const key = `${run}-${shard}`
      const sockets = shards.get(key) ?? new Set()
      shards.set(key, sockets.add(socket))
      connected++
      socket.on('message', data => {
        const answer = clockAnswer(String(data), now())
        if (answer !== undefined) socket.send(answer)
      })
      socket.on('error', () => {})
      socket.on('close', () => {
        connected--
        sockets.delete(socket)
        if (sockets.size === 0 && shards.get(key) === sockets) shards.delete(key)
      })
    },
    add(run, shard, trigger) {
      const key = `${run}-${shard}`
      if (!shards.has(key)) {
        unrouted++
        return
      }
      const lines = waiting.get(key)
      if (lines) lines.push(writeTrigger(trigger))
      else waiting.set(key, [writeTrigger(trigger)])
    },
    flush() {
      for (const [key, lines] of waiting) {
        const frame = lines.join('\n')
        for (const socket of shards.get(key) ?? []) {
          // A shard that takes nothing has ended, or is no shard of ours.
          if (socket.bufferedAmount > mostBufferedBytes) socket.terminate()
          else socket.send(frame)
        }
        sent += lines.length
      }
      waiting.clear()
    },
    counts: () => ({ connected, sent, unrouted }),
  }
}
