import { afterAll, beforeAll, describe, expect } from 'vitest'
import { missingPrograms } from '../../../scripts/peers/programs.ts'
import { itWithPeer } from '../peer-programs.ts'
import { type ClientBrowser, type PageServer, servePage, startClientBrowser } from './browser-client.ts'
import { tellChatStory } from './chat-story.ts'
import type { Transport } from './cometd-client.ts'
import { type StartedServer, startChatServer } from './start-chat-server.ts'
import { type ProxyName, proxyHosts, type RunningProxy, startProxy } from './start-proxy.ts'

// Debian's Chromium runs the cometd client in a page of another origin than the server's.

const transports: readonly Transport[] = ['websocket', 'long-polling', 'callback-polling']
const proxies: readonly ProxyName[] = ['nginx', 'haproxy', 'apache']
const host = '127.0.0.1'

const withBrowser = itWithPeer('chromium')
const hasBrowser = missingPrograms('chromium').length === 0

let pages: PageServer
let server: StartedServer
let browser: ClientBrowser
beforeAll(async () => {
  if (!hasBrowser) return
  pages = await servePage()
  const origins = [host, ...Object.values(proxyHosts)].map(pages.origin).join(',')
  server = await startChatServer(2, [
    `refserver.cometd.allowedOrigins=${origins}`,
    `refserver.cometd.ws.allowedOrigins=${origins}`,
  ])
  browser = await startClientBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await pages?.close()
})

describe.each(['cometd 9', 'cometd 3.1'] as const)('%s in Chromium', version => {
  withBrowser.concurrent.each(transports)('[BX-180] [BX-181] tells a chat over %s', async transport => {
    const client = await browser.openClient(pages.origin(host), version, server.endpoints[0]!, transport)
    await tellChatStory(client)
  })
})

describe.each(proxies)('Chromium through %s', name => {
  const it = hasBrowser ? itWithPeer(name) : withBrowser
  let proxy: RunningProxy | undefined
  beforeAll(async () => {
    if (hasBrowser && missingPrograms(name).length === 0)
      proxy = await startProxy(name, [server.urls[0]!, server.urls[1]!])
  })
  afterAll(() => proxy?.stop())

  it.concurrent.each(transports)('[CV2-153] [CV2-158] cometd 9 tells a chat over %s', async transport => {
    const url = `${proxy!.url}/genesys/cometd`
    await tellChatStory(await browser.openClient(pages.origin(proxyHosts[name]), 'cometd 9', url, transport))
  })
})

withBrowser('[BX-165] a page of another origin has a way in where its origin is allowed only', async () => {
  const reach = (pageHost: string) => browser.reach(pages.origin(pageHost), server.endpoints[0]!)
  expect(await reach(host)).toEqual({ post: true, webSocket: true })
  expect(await reach('localhost')).toEqual({ post: false, webSocket: false })
})
