import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { serveSubject } from './serve-subject.ts'

// The bare limit of a WebSocket answer: `ws`, each message sent back as it came.
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
server.on('connection', socket => socket.on('message', bytes => socket.send(bytes, { binary: false })))
server.on('listening', () =>
  serveSubject({ url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, pid: process.pid }),
)
