import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serveSubject } from './serve-subject.ts'

// The bare limit of a REST answer: node:http, the body read and sent back inside JSON of the same size as a send answer.
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', chunk => chunks.push(chunk))
  request.on('end', () => {
    const body = JSON.stringify({ echo: Buffer.concat(chunks).toString('utf8') })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    response.end(body)
  })
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  serveSubject({ port, url: `http://127.0.0.1:${port}/`, pid: process.pid })
})
