import { afterAll, beforeAll, describe, expect } from 'vitest'
import { missingPrograms } from '../../../scripts/peers/programs.ts'
import { itWithPeer } from '../peer-programs.ts'
import { startLastingChat } from './lasting-chat.ts'
import { openCometD } from './official-clients.ts'
import { type StartedServer, startChatServer } from './start-chat-server.ts'
import { type ProxyName, type RunningProxy, startProxy } from './start-proxy.ts'

const proxies: readonly ProxyName[] = ['nginx', 'haproxy', 'apache']

describe.concurrent.each(proxies)('a node behind %s is taken away and comes back', name => {
  const it = itWithPeer(name)
  let server: StartedServer
  let proxy: RunningProxy
  beforeAll(async () => {
    if (missingPrograms(name).length > 0) return
    server = await startChatServer(2, ['refserver.cometd.timeout=1500'])
    proxy = await startProxy(name, [server.urls[0]!, server.urls[1]!])
  }, 60_000)
  afterAll(async () => {
    await proxy?.stop()
    await server?.stop()
  }, 60_000)

  it('[CV2-131] [CV2-149] [CV2-153] idle polls are held, chats go on at the other node, nothing is lost or doubled', async () => {
    const url = `${proxy.url}/genesys/cometd`
    const chats = await Promise.all([
      startLastingChat(openCometD(url, 'websocket')),
      startLastingChat(openCometD(url, 'long-polling')),
    ])
    await Promise.all(chats.map(chat => chat.converse()))
    // Each held connect passes the proxy's patience twice.
    await new Promise(resolve => setTimeout(resolve, 3_200))
    expect(chats.map(chat => chat.handshakes())).toEqual([1, 1])
    for (const node of [0, 1]) {
      await server.killNode(node)
      await Promise.all(chats.map(chat => chat.converse()))
      await server.startNode(node)
    }
    for (const chat of chats) {
      expect(chat.handshakes()).toBeGreaterThan(1)
      const indexes = chat.indexes()
      expect(indexes.toSorted((a, b) => a - b)).toEqual(indexes.map((_, i) => i + 1))
      await chat.leave()
    }
  })
})
