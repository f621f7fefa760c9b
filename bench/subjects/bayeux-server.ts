import { memoryAfterCollection } from './memory-after-collection.ts'
import { serveSubject } from './serve-subject.ts'
import { startServer } from './start-server.ts'

const server = await startServer({ set: ['refserver.echo=true'] })
serveSubject({ url: `${server.urls[0]}/genesys/cometd`, pid: process.pid }, memoryAfterCollection)
