import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { constants, deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { handshake, publishTo } from './bayeux-for-tests.ts'
import { startTestEndpoint, type TestEndpoint } from './endpoint-for-tests.ts'

let under: TestEndpoint
let plain: TestEndpoint
beforeAll(async () => {
  under = await startTestEndpoint({ compression: true, maxCompressedSockets: 200, maxSocketMessageBytes: 65_536 })
  plain = await startTestEndpoint()
})
afterAll(async () => {
  await under.close()
  await plain.close()
})

/** A piece of a message, and a whole one, of which RFC 7692 7.2.1 leaves out the last four bytes. */
function packedPiece(text: string | Buffer): Buffer {
  return deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH })
}
function packed(text: string | Buffer): Buffer {
  return packedPiece(text).subarray(0, -4)
}

const [final, rsv1, rsv2, textFrame, continuation, ping] = [0x80, 0x40, 0x20, 1, 0, 9]

/** Masked with zeros. */
function frame(first: number, payload: Buffer): Buffer {
  const { length } = payload
  const size = length < 126 ? [0x80 | length] : [0xfe, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([first, ...size, 0, 0, 0, 0]), payload])
}

/** A client that sends what it likes once its socket is open. */
async function attacker(port: number, bytes: Buffer): Promise<{ socket: Socket; received: () => Buffer }> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('error', () => {})
  socket.write(
    'GET /genesys/cometd HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
      'Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n',
  )
  await once(socket, 'data')
  socket.on('data', chunk => chunks.push(chunk))
  socket.write(bytes)
  return { socket, received: () => Buffer.concat(chunks) }
}

/** @returns the code of the close frame, which is all that comes. */
async function closeCode(port: number, bytes: Buffer): Promise<number> {
  const { socket, received } = await attacker(port, bytes)
  while (received().length < 4) await once(socket, 'data')
  const isGone = once(socket, 'close')
  socket.destroy()
  await isGone
  expect(received()[0]).toBe(0x88)
  return received().readUInt16BE(2)
}

/** Another client's echo through compression, and one without. */
async function isWell(): Promise<void> {
  for (const perMessageDeflate of [true, false]) {
    const { webSocket, send, frame } = await under.socket(undefined, { perMessageDeflate })
    expect(webSocket.extensions).toBe(perMessageDeflate ? 'permessage-deflate' : '')
    send([handshake])
    const [{ clientId }] = (await frame()) as [{ clientId: string }]
    send({ ...publishTo('/service/echo', 'well '.repeat(1000)), clientId })
    expect(await frame()).toMatchObject([{ data: 'well '.repeat(1000) }])
    webSocket.terminate()
    await once(webSocket, 'close')
  }
}

const zeros = packed(Buffer.alloc(60_000_000))
const piece = packedPiece(Buffer.alloc(20_000, ' '))

test.each([
  ['60 MB in 60 kB', frame(final | rsv1 | textFrame, zeros), 1009],
  [
    'pieces of 20 kB each',
    Buffer.concat([frame(rsv1 | textFrame, piece), ...Array(10).fill(frame(continuation, piece))]),
    1009,
  ],
  ['what is no deflate stream', frame(final | rsv1 | textFrame, Buffer.alloc(100, 0xff)), 1007],
  ['a reserved bit that nobody has negotiated', frame(final | rsv2 | textFrame, piece), 1002],
  ['a compressed ping', frame(final | rsv1 | ping, Buffer.from('x')), 1002],
  [
    'a continuation that says it is compressed',
    Buffer.concat([frame(rsv1 | textFrame, piece), frame(final | rsv1 | continuation, piece)]),
    1002,
  ],
  ['compressed nonsense', frame(final | rsv1 | textFrame, packed('{"channel":')), 1011],
])('%s in a compressed socket is closed with its code', async (_what, bytes, code) => {
  expect(await Promise.all(Array.from({ length: 10 }, () => closeCode(under.port, bytes)))).toEqual(
    Array(10).fill(code),
  )
  await isWell()
})

test('a compressed message where compression is off is closed with 1002', async () => {
  expect(await closeCode(plain.port, frame(final | rsv1 | textFrame, piece))).toBe(1002)
})

test('only so many sockets compress at once, all others are open without it', async () => {
  const few = await startTestEndpoint({ compression: true, maxCompressedSockets: 3 })
  const open = await Promise.all(Array.from({ length: 5 }, () => few.socket()))
  expect(open.filter(({ webSocket }) => webSocket.extensions !== '')).toHaveLength(3)
  const last = open.find(({ webSocket }) => webSocket.extensions === '')!
  last.send([handshake])
  expect(await last.frame()).toMatchObject([{ successful: true }])
  for (const { webSocket } of open) webSocket.terminate()
  await vi.waitFor(async () => {
    const { webSocket } = await few.socket()
    webSocket.terminate()
    expect(webSocket.extensions).not.toBe('')
  })
  await few.close()
})

test('a client that wants another history than ours gets none', async () => {
  const { webSocket } = await under.socket(undefined, { perMessageDeflate: { serverMaxWindowBits: 9 } })
  expect(webSocket.extensions).toBe('')
  webSocket.terminate()
})

test('floods of messages that inflate a thousandfold, and clients that leave in their midst, hold nobody up', async () => {
  const message = frame(final | rsv1 | textFrame, packed(`[{"channel":"/service/echo"${' '.repeat(60_000)}}]`))
  const floods = await Promise.all(
    Array.from({ length: 25 }, () => attacker(under.port, Buffer.concat(Array(100).fill(message)))),
  )
  await isWell()
  for (const { socket } of floods) {
    socket.destroy()
    await once(socket, 'close')
  }
  await isWell()
  expect(under.lines).toEqual([])
})
