import { WebSocket } from 'ws'
import type { ClockRound } from '../protocol/stream/clock-exchange.ts'
import { type ClockAsker, startClockAsker } from './clock-asker.ts'
import { parsedObject } from './json.ts'

export interface TraceLink {
  frames(): number
  faults: string[]
  close(): void
}

export interface TraceLinkParts {
  /** Our own clock, for the exchange with the server's. */
  now(): number
  onRecord(record: unknown): void
  onRound(round: ClockRound): void
}

/** Follows `/trace` of a reference server's control port. Resolves when connected. */
export async function connectTrace(controlUrl: string, { now, onRecord, onRound }: TraceLinkParts): Promise<TraceLink> {
  const socket = new WebSocket(`${controlUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/trace`, {
    perMessageDeflate: false,
    maxPayload: 256 * 1024 * 1024,
  })
  let frames = 0
  let expected: number | undefined
  const faults: string[] = []
  let clock: ClockAsker | undefined
  let isClosing = false
  socket.on('message', data => {
    const text = String(data)
    if (clock?.took(text)) return
    const frame = parsedObject(text)
    if (!frame || typeof frame.frame !== 'number' || !Array.isArray(frame.records)) return
    // Frames before the connection went to nobody.
    if (expected !== undefined && frame.frame !== expected && faults.length < 20)
      faults.push(`trace: frame ${expected} is missing, ${frame.frame} came`)
    expected = frame.frame + 1
    frames += 1
    for (const record of frame.records) onRecord(record)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', error => reject(new Error(`the trace of ${controlUrl} cannot be followed: ${error.message}`)))
  })
  socket.on('error', () => {})
  clock = startClockAsker(socket, now, onRound)
  socket.once('close', () => {
    clock?.stop()
    if (!isClosing) faults.push('trace: it ended in mid-run, and the metrics that need it are of the time before')
  })
  return {
    frames: () => frames,
    faults,
    close() {
      isClosing = true
      socket.close()
      setTimeout(() => socket.terminate(), 1_000).unref()
    },
  }
}
