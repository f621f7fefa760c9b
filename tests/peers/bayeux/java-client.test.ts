import { afterAll, beforeAll } from 'vitest'
import { openJavaClient } from '../cometd/java-client.ts'
import { fetchCometd } from '../cometd/start-cometd.ts'
import { fetchOrSkip, itWithPeer } from '../peer-programs.ts'
import { tellChatStory } from './chat-story.ts'
import { type StartedServer, startChatServer } from './start-chat-server.ts'

const it = itWithPeer('java')

let server: StartedServer
beforeAll(async () => {
  server = await startChatServer(1)
}, 60_000)
afterAll(() => server.stop(), 60_000)

it.concurrent.for(['websocket', 'long-polling'] as const)(
  '[BX-183] the Java client of CometD 3.1 tells a chat over %s',
  async (transport, { skip }) => {
    fetchOrSkip(skip, () => void fetchCometd('client3'))
    await tellChatStory(openJavaClient(server.endpoints[0]!, transport))
  },
)
