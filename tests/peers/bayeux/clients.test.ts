import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tellChatStory } from './chat-story.ts'
import type { Transport } from './cometd-client.ts'
import { officialClients } from './official-clients.ts'
import { type StartedServer, startChatServer } from './start-chat-server.ts'

const transports: readonly Transport[] = ['websocket', 'long-polling']

let server: StartedServer
let strict: StartedServer
beforeAll(async () => {
  server = await startChatServer(1)
  strict = await startChatServer(1, ['refserver.cometd.strict=true'])
})
afterAll(() => Promise.all([server.stop(), strict.stop()]))

// One client after the other: sessions of one browser that poll at once are told to wait for each other.
describe.each(Object.keys(officialClients))('%s', name => {
  it.concurrent.each(transports)('[BX-180] [BX-181] [BX-182] tells a chat over %s', transport =>
    tellChatStory(officialClients[name]!(server.endpoints[0]!, transport)),
  )
})

describe.each(Object.keys(officialClients))('%s', name => {
  it.concurrent.each(transports)(
    '[BX-024] [BX-025] [BX-051] [BX-086] keeps the rules over %s that a strict server enforces',
    transport => tellChatStory(officialClients[name]!(strict.endpoints[0]!, transport)),
  )
})

it('[BX-024] a strict server refuses who names no version, another one does not', async () => {
  const handshake = { channel: '/meta/handshake', supportedConnectionTypes: ['long-polling'] }
  const replies = [strict, server].map(async ({ endpoints: [url] }) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(url!, { method: 'POST', headers, body: JSON.stringify([handshake]) })
    return ((await answer.json()) as { successful: boolean }[])[0]!.successful
  })
  expect(await Promise.all(replies)).toEqual([false, true])
})
