import { EventEmitter } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import type { WebSocket } from 'ws'
import { readObservations } from '../protocol/stream/observation.ts'
import { createObservationStream } from './observation-stream.ts'
import { createShardSockets } from './shard-sockets.ts'

// A socket says itself how much it has not been rid of; what a real one cannot send would be hundreds of megabytes.

function peer(bufferedAmount = 0) {
  const sent: string[] = []
  let cuts = 0
  const socket = Object.assign(new EventEmitter(), {
    ...{ OPEN: 1, CLOSING: 2, readyState: 1, bufferedAmount },
    send: (text: string) => sent.push(text),
    terminate() {
      cuts++
      socket.readyState = socket.CLOSING
    },
  })
  const asks = (question: string) => socket.emit('message', Buffer.from(question))
  return { socket, sent, asks, as: socket as unknown as WebSocket, wasCut: () => cuts > 0 }
}

function startStream() {
  const lines: string[] = []
  const stream = createObservationStream({
    now: () => 7,
    posts: () => 0,
    refused: () => 0,
    figures: () => ({}) as never,
    intakeMs: () => [],
    log: line => lines.push(line),
  })
  onTestFinished(stream.close)
  /** A full frame leaves at once. */
  const sendFrame = () => {
    const push = { ...{ received: 0, answered: 0, validated: 0, lane: '', inFlight: 0 }, mode: 'payload', body: '{}' }
    for (let n = 0; n < 200; n++) stream.add({ ...push, violations: [] } as never)
  }
  return { stream, sendFrame, lines }
}

const mebibyte = 1024 * 1024

test('a collector more than 256 MiB behind is cut off, once in the log; the others miss no frame', () => {
  const { stream, sendFrame, lines } = startStream()
  const [quick, slow, lost] = [peer(), peer(256 * mebibyte), peer()]
  for (const each of [quick, slow, lost]) stream.connect(each.as, 'abc\n')
  sendFrame()
  lost.socket.bufferedAmount = 256 * mebibyte + 1
  // Its end is told later than the next frame is due.
  sendFrame()
  sendFrame()
  lost.socket.emit('close')
  sendFrame()
  const frames = [quick, slow, lost].map(({ sent }) => sent.map(text => readObservations(text).frame))
  expect(frames).toEqual([[1, 2, 3, 4], [1, 2, 3, 4], [1]])
  expect([quick, slow, lost].map(({ wasCut }) => wasCut())).toEqual([false, false, true])
  expect(lines).toEqual(['the collector of run abc� is cut off: it is more than 268435456 bytes behind'])
})

test('a shard more than 64 MiB behind is cut off; another one that listens to the same is not', () => {
  const lines: string[] = []
  const shards = createShardSockets(
    () => 7,
    line => lines.push(line),
  )
  const [quick, slow, lost] = [peer(), peer(64 * mebibyte), peer(64 * mebibyte + 1)]
  for (const each of [quick, slow, lost]) shards.connect(each.as, 'abc', 3)
  shards.add('abc', 3, { session: 1, receivedMs: 5, nextPosition: 2, ended: false, heldMs: 0 })
  shards.flush()
  lost.socket.emit('close')
  expect([quick.sent, slow.sent, lost.sent]).toEqual([['1,5,2,0,0'], ['1,5,2,0,0'], []])
  expect([quick, slow, lost].map(({ wasCut }) => wasCut())).toEqual([false, false, true])
  expect(lines).toEqual(['shard abc-3 is cut off: it is more than 67108864 bytes behind'])
  expect(shards.counts()).toEqual({ connected: 2, sent: 1, unrouted: 0 })
})

test('who asks for the clock and takes no answer is cut off as well', () => {
  const shards = createShardSockets(
    () => 7,
    () => {},
  )
  const { stream } = startStream()
  const [shard, collector] = [peer(), peer()]
  shards.connect(shard.as, 'abc', 0)
  stream.connect(collector.as)
  for (const [each, mostBytes] of [
    [shard, 64 * mebibyte],
    [collector, 256 * mebibyte],
  ] as const) {
    each.asks('c,1')
    each.asks('no question')
    each.socket.bufferedAmount = mostBytes + 1
    each.asks('c,2')
    expect([each.sent, each.wasCut()]).toEqual([['c,1,7'], true])
  }
})
