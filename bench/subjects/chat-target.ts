import { subscribe } from 'node:diagnostics_channel'
import { serveSubject, settings } from './serve-subject.ts'
import { startServer } from './start-server.ts'

// What a generator talks to: the product with its scripted agent, and a count of the requests that it got.
const { receiver } = settings<{ receiver: string }>()
let requests = 0
subscribe('http.server.request.start', () => {
  requests++
})
const server = await startServer({
  set: [`push.customhttp.url=${receiver}/push`, 'refserver.customhttp-node-path=true'],
  agentScript: {
    seed: 1,
    joinDelay: { kind: 'const', valueMs: 200 },
    replyDelay: { kind: 'const', valueMs: 500 },
    ratePerSecond: 0,
    typing: false,
    pushUrlShare: 0,
    transferShare: 0,
    closes: false,
    textLength: 60,
  },
})

serveSubject({ url: server.urls[0] }, () => requests)
