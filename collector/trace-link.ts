import { WebSocket } from 'ws'
import { parsedObject } from './json.ts'

export interface TraceLink {
  frames(): number
  faults: string[]
  close(): void
}

/** Follows `/trace` of a reference server's control port. Resolves when connected. */
export async function connectTrace(controlUrl: string, onRecord: (record: unknown) => void): Promise<TraceLink> {
  const socket = new WebSocket(`${controlUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/trace`, {
    perMessageDeflate: false,
    maxPayload: 256 * 1024 * 1024,
  })
  let frames = 0
  let expected: number | undefined
  const faults: string[] = []
  socket.on('message', data => {
    const frame = parsedObject(String(data))
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
  return {
    frames: () => frames,
    faults,
    close() {
      socket.close()
      setTimeout(() => socket.terminate(), 1_000).unref()
    },
  }
}
