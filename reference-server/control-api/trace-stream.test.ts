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

test('a listener that is 64 MiB behind is cut off, whether it waits for records or asks for the clock; the others go on', () => {
  const mostBytes = 64 * 1024 * 1024
  const listener = (bufferedAmount: number) => {
    const seen: string[] = []
    const socket = Object.assign(new EventEmitter(), {
      bufferedAmount,
      send: (text: string) => seen.push(text),
      terminate: () => seen.push('cut off'),
    })
    return { socket, seen, as: socket as unknown as WebSocket }
  }
  const [slow, lost, asks] = [listener(mostBytes), listener(mostBytes + 1), listener(0)]
  const trace = createTraceStream()
  for (const each of [slow, lost, asks]) trace.add(each.as)
  trace.record(['unsent', 'chat', 1, 5])
  trace.flush()
  asks.socket.bufferedAmount = mostBytes + 1
  asks.socket.emit('message', Buffer.from('c,1'))
  lost.socket.emit('close')
  asks.socket.emit('close')
  trace.record(['unsent', 'chat', 2, 6])
  trace.flush()
  slow.socket.emit('close')
  const frame = (number: number, record: unknown) => JSON.stringify({ frame: number, records: [record] })
  const [first, second] = [frame(1, ['unsent', 'chat', 1, 5]), frame(2, ['unsent', 'chat', 2, 6])]
  expect([slow.seen, lost.seen, asks.seen]).toEqual([[first, second], ['cut off'], [first, 'cut off']])
})
