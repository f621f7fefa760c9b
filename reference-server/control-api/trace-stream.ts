import type { WebSocket } from 'ws'
import { clockAnswer } from '../../protocol/stream/clock-exchange.ts'
import type { TraceRecord } from '../../protocol/stream/trace.ts'
import { hostNow } from '../clock.ts'
import type { Tracer } from '../tracer.ts'

/** Sends what the actors record to everyone who listens at `/trace`, in numbered frames. */
export interface TraceStream extends Tracer {
  add(listener: WebSocket, wantsNotifications?: boolean): void
  flush(): void
  close(): void
}

const batchMs = 50
/** A listener that lags this far behind is cut off: its trace could only be wrong. */
const mostBufferedBytes = 64 * 1024 * 1024

export function createTraceStream(): TraceStream {
  const listeners = new Map<WebSocket, { frame: number; wantsNotifications: boolean }>()
  let records: TraceRecord[] = []
  let timer: NodeJS.Timeout | undefined
  let wantsNotifications = false

  const flush = () => {
    if (records.length === 0) return
    const text = JSON.stringify(records)
    records = []
    for (const [listener, state] of listeners) sendOrCut(listener, `{"frame":${++state.frame},"records":${text}}`)
  }

  return {
    record(record) {
      if (listeners.size > 0) records.push(record)
    },
    wantsNotifications: () => wantsNotifications,
    add(listener, wants = false) {
      // Records before this one belong to the others only.
      flush()
      listeners.set(listener, { frame: 0, wantsNotifications: wants })
      wantsNotifications ||= wants
      timer ??= setInterval(flush, batchMs)
      listener.on('close', () => {
        listeners.delete(listener)
        wantsNotifications = [...listeners.values()].some(each => each.wantsNotifications)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
        records = []
      })
      listener.on('message', data => {
        const answer = clockAnswer(String(data), hostNow())
        if (answer !== undefined) sendOrCut(listener, answer)
      })
      listener.on('error', () => listener.terminate())
    },
    flush,
    close() {
      flush()
      for (const listener of listeners.keys()) listener.close()
    },
  }
}

function sendOrCut(listener: WebSocket, text: string): void {
  if (listener.bufferedAmount > mostBufferedBytes) listener.terminate()
  else listener.send(text)
}
