import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { memoryAfterCollection } from './memory-after-collection.ts'
import { serveSubject, settings } from './serve-subject.ts'

// It has no types, and is of the time before modules.
const faye = createRequire(import.meta.url)('faye')
const { timeoutMs } = settings<{ timeoutMs: number }>()
const server = createServer()
new faye.NodeAdapter({ mount: '/genesys/cometd', timeout: timeoutMs / 1_000 }).attach(server)
server.listen(0, '127.0.0.1', () =>
  serveSubject(
    { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/genesys/cometd`, pid: process.pid },
    memoryAfterCollection,
  ),
)
