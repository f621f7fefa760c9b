import { serveSubject } from './serve-subject.ts'
import { portOf, service, startServer } from './start-server.ts'

// The product with sessions that only wait; runs with --expose-gc.
const server = await startServer()

serveSubject({ port: portOf(server.urls[0]!), service }, async () => {
  // Twice with a turn between: finalizers of the first collection free more.
  for (let i = 0; i < 2; i++) {
    globalThis.gc!()
    await new Promise(resolve => setImmediate(resolve))
  }
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heapBytes: heapUsed + external, rssBytes: rss }
})
