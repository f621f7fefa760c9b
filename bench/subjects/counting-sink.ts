import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { stayAwake } from '../stay-awake.ts'
import { serveSubject } from './serve-subject.ts'

// A receiver that costs next to nothing, so that a sender, not its receiver, is busy. Each read is one whole POST, since
// senders write head and body of one POST and wait for its answer.
const answer = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
const server = createServer(socket => {
  socket.setNoDelay(true)
  socket.on('error', () => {})
  let owed = 0
  socket.on('data', chunk => {
    // A body may come in a packet of its own: `Content-Length` tells how much of it is still to come.
    if (owed === 0) {
      const text = chunk.toString('latin1')
      const end = text.indexOf('\r\n\r\n') + 4
      owed = Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0) - (chunk.length - end)
    } else owed -= chunk.length
    if (owed <= 0) {
      owed = 0
      socket.write(answer)
    }
  })
})
stayAwake()
server.listen(0, '127.0.0.1', () => serveSubject({ port: (server.address() as AddressInfo).port }))
