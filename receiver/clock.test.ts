import { once } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { readObservations } from '../protocol/stream/observation.ts'
import { type Receiver, startReceiver } from './main.ts'

let receiver: Receiver | undefined
afterEach(() => receiver?.close())

const soon = { timeout: 5_000, interval: 10 }
/** Somewhere in 2001: no stamp of this host. */
const elsewhereMs = 1_000_000_000_000

async function socketTo(path: string): Promise<{ socket: WebSocket; messages: string[] }> {
  const socket = new WebSocket(receiver!.url.replace('http', 'ws') + path)
  const messages: string[] = []
  socket.on('message', data => messages.push(String(data)))
  await once(socket, 'open')
  return { socket, messages }
}

test.each(['/triggers?run=abc&shard=0', '/observations'])('the clock is told on %s', async path => {
  receiver = await startReceiver({ port: 0, host: '127.0.0.1', status: 200, log() {}, now: () => elsewhereMs })
  const { socket, messages } = await socketTo(path)
  socket.send('c,1795220172230.125')
  socket.send('nothing that is known')
  await vi.waitFor(() => expect(messages).toContain(`c,1795220172230.125,${elsewhereMs}`), soon)
})

test('all stamps of a push are of the clock that was given', async () => {
  let ms = elsewhereMs
  receiver = await startReceiver({ port: 0, host: '127.0.0.1', status: 200, log() {}, now: () => ms++ })
  const { messages } = await socketTo('/observations')
  const shard = await socketTo('/triggers?run=abc&shard=3')
  await fetch(`${receiver.url}/push`, { method: 'POST', body: JSON.stringify({ deviceId: 'cg-abc-3-17' }) })
  const pushes = () => messages.flatMap(text => readObservations(text).pushes)
  await vi.waitFor(() => expect(pushes()).toHaveLength(1), soon)
  const { received, answered, validated } = pushes()[0]!
  for (const at of [received, answered, validated]) expect(Math.abs(at - elsewhereMs)).toBeLessThan(100)
  expect(received < answered && answered < validated).toBe(true)
  await vi.waitFor(() => expect(shard.messages[0]).toMatch(new RegExp(`^17,${received},`)), soon)
})
