import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { hostNow } from '../clock.ts'
import { createTraceStream } from './trace-stream.ts'

test('records of notifications are wanted for as long as one listener wants them', () => {
  const listener = () =>
    Object.assign(new EventEmitter(), { send: () => {}, bufferedAmount: 0 }) as unknown as WebSocket
  const trace = createTraceStream()
  const [one, other] = [listener(), listener()]
  const wanted = [trace.wantsNotifications?.()]
  trace.add(one)
  wanted.push(trace.wantsNotifications?.())
  trace.add(other, true)
  wanted.push(trace.wantsNotifications?.())
  one.emit('close')
  wanted.push(trace.wantsNotifications?.())
  other.emit('close')
  wanted.push(trace.wantsNotifications?.())
  expect(wanted).toEqual([false, false, true, true, false])
})

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
