import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { hostNow } from '../clock.ts'
import { createTraceStream } from './trace-stream.ts'

test('whoever listens can ask for the clock that stamps the records', () => {
  const sent: string[] = []
  const listener = Object.assign(new EventEmitter(), { send: (text: string) => sent.push(text), bufferedAmount: 0 })
  const trace = createTraceStream()
  trace.add(listener as unknown as WebSocket)
  listener.emit('message', Buffer.from('c,17.5'))
  listener.emit('message', Buffer.from('nothing that is known'))
  listener.emit('close')
  expect(sent).toEqual([expect.stringMatching(/^c,17\.5,\d{13}/)])
  expect(Math.abs(Number(sent[0]!.split(',')[2]) - hostNow())).toBeLessThan(5_000)
})
