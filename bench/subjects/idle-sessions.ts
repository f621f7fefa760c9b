import { memoryAfterCollection } from './memory-after-collection.ts'
import { serveSubject } from './serve-subject.ts'
import { portOf, service, startServer } from './start-server.ts'

// The product with sessions that only wait; runs with --expose-gc.
const server = await startServer()

serveSubject({ port: portOf(server.urls[0]!), service }, memoryAfterCollection)
