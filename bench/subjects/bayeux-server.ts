import { memoryAfterCollection } from './memory-after-collection.ts'
import { serveSubject, settings } from './serve-subject.ts'
import { startServer } from './start-server.ts'

const { timeoutMs, maxIntervalMs } = settings<{ timeoutMs: number; maxIntervalMs: number }>()
const server = await startServer({
  set: [
    'refserver.echo=true',
    `refserver.cometd.timeout=${timeoutMs}`,
    `refserver.cometd.maxInterval=${maxIntervalMs}`,
    'refserver.cometd.maxSessionsPerBrowser=-1',
  ],
})
serveSubject({ url: `${server.urls[0]}/genesys/cometd`, pid: process.pid }, memoryAfterCollection)
