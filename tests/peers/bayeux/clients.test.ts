import { afterAll, beforeAll, describe, it } from 'vitest'
import { tellChatStory } from './chat-story.ts'
import type { Transport } from './cometd-client.ts'
import { officialClients } from './official-clients.ts'
import { type StartedServer, startChatServer } from './start-chat-server.ts'

const transports: readonly Transport[] = ['websocket', 'long-polling']

let server: StartedServer
beforeAll(async () => {
  server = await startChatServer(1)
})
afterAll(() => server.stop())

describe.each(Object.keys(officialClients))('%s', name => {
  it.concurrent.each(transports)('[BX-180] [BX-181] [BX-182] tells a chat over %s', transport =>
    tellChatStory(officialClients[name]!(server.endpoints[0]!, transport)),
  )
})
