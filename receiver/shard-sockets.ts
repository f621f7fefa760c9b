import type { WebSocket } from 'ws'
import { type Trigger, writeTrigger } from '../protocol/stream/trigger.ts'
import { answerClock, sendOrCut } from './send-or-cut.ts'

/** The shards of all runs that listen on `/triggers`, and the triggers of the current turn. */
export interface ShardSockets {
  connect(socket: WebSocket, run: string, shard: number): void
  /** Kept until `flush`: all triggers of one turn for one shard leave in one frame. */
  add(run: string, shard: number, trigger: Trigger): void
  flush(): void
  counts(): { connected: number; sent: number; unrouted: number }
}

const mostBufferedBytes = 64 * 1024 * 1024

export function createShardSockets(now: () => number, log: (line: string) => void): ShardSockets {
  const bound = { mostBufferedBytes, log }
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
      answerClock(socket, `shard ${key}`, now, bound)
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
        for (const socket of shards.get(key) ?? []) sendOrCut(socket, `shard ${key}`, frame, bound)
        sent += lines.length
      }
      waiting.clear()
    },
    counts: () => ({ connected, sent, unrouted }),
  }
}
