import { afterAll, beforeAll, describe, expect } from 'vitest'
import { missingPrograms } from '../../../scripts/peers/programs.ts'
import { itWithPeer } from '../peer-programs.ts'
import { tellChatStory } from './chat-story.ts'
import type { Transport } from './cometd-client.ts'
import { officialClients } from './official-clients.ts'
import { type StartedServer, startChatServer } from './start-chat-server.ts'
import { type ProxyName, type RunningProxy, startProxy } from './start-proxy.ts'

const proxies: readonly ProxyName[] = ['nginx', 'haproxy', 'apache']
const transports: readonly Transport[] = ['websocket', 'long-polling']

let server: StartedServer
beforeAll(async () => {
  server = await startChatServer(2)
})
afterAll(() => server.stop())

describe.each(proxies)('through %s', name => {
  const it = itWithPeer(name)
  let proxy: RunningProxy | undefined
  beforeAll(async () => {
    if (missingPrograms(name).length === 0) proxy = await startProxy(name, [server.urls[0]!, server.urls[1]!])
  })
  afterAll(() => proxy?.stop())

  for (const client of Object.keys(officialClients))
    for (const transport of transports)
      it(`[CV2-153] [CV2-158] ${client} tells a chat over ${transport}`, () =>
        tellChatStory(officialClients[client]!(`${proxy!.url}/genesys/cometd`, transport)))

  it('[CV2-149] a client without its cookies may meet either node, with them always the same', async () => {
    const ask = async (cookie?: string) => {
      const answer = await fetch(`${proxy!.url}/genesys/cometd`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
        body: JSON.stringify([
          { channel: '/meta/handshake', version: '1.0', supportedConnectionTypes: ['long-polling'], id: '1' },
        ]),
      })
      const [reply] = (await answer.json()) as [{ clientId: string; successful: boolean }]
      return { reply, cookies: answer.headers.getSetCookie().map(each => each.split(';')[0]) }
    }
    const first = await ask()
    expect(first.reply.successful).toBe(true)
    expect(first.cookies.some(cookie => cookie?.startsWith('gms_route='))).toBe(true)
    expect(first.cookies.some(cookie => cookie?.startsWith('BAYEUX_BROWSER='))).toBe(true)
    const connect = async (cookie: string) => {
      const answer = await fetch(`${proxy!.url}/genesys/cometd`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify([
          {
            channel: '/meta/connect',
            clientId: first.reply.clientId,
            connectionType: 'long-polling',
            advice: { timeout: 0 },
            id: '2',
          },
        ]),
      })
      const [reply] = (await answer.json()) as [{ successful: boolean }]
      return reply.successful
    }
    for (let i = 0; i < 4; i++) expect(await connect(first.cookies.join('; '))).toBe(true)
  })
})
