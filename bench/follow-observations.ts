import { once } from 'node:events'
import { WebSocket } from 'ws'

/** Reads what a receiver tells of its POSTs, as a collector does, and looks at nothing. */
export async function followObservations(port: number): Promise<{ frames(): number; close(): void }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/observations`, { perMessageDeflate: false })
  let frames = 0
  socket.on('message', () => {
    frames += 1
  })
  await once(socket, 'open')
  return { frames: () => frames, close: () => socket.terminate() }
}
