import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import puppeteer from 'puppeteer-core'
import { findProgram } from '../../../scripts/peers/programs.ts'
import type { OfficialClient, Transport } from './cometd-client.ts'
import type { InPage } from './in-page.ts'

export interface PageServer {
  /** The origin of the page as this host has it. */
  origin(host: string): string
  close(): Promise<void>
}

/** Serves a page with the clients in it, on every address of loopback: cookies of a page go to its own host only. */
export async function servePage(): Promise<PageServer> {
  const entry = fileURLToPath(new URL('./in-page.ts', import.meta.url))
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, logLevel: 'error' })
  const page = `<!doctype html><title>Bayeux clients</title><script>${outputFiles[0]!.text.replaceAll('</', '<\\/')}</script>`
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/' ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' })
    response.end(request.url === '/' ? page : '')
  })
  await new Promise<void>(resolve => server.listen(0, '0.0.0.0', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: host => `http://${host}:${port}`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

export interface ClientBrowser {
  /** A client in a page of this origin, with cookies of its own. */
  openClient(
    origin: string,
    version: 'cometd 9' | 'cometd 3.1',
    url: string,
    transport: Transport,
  ): Promise<OfficialClient>
  /** Whether a page of this origin can read the answer to a POST with credentials, and open a WebSocket. */
  reach(origin: string, url: string): Promise<{ post: boolean; webSocket: boolean }>
  close(): Promise<void>
}

export async function startClientBrowser(): Promise<ClientBrowser> {
  const browser = await puppeteer.launch({
    executablePath: findProgram('chromium')!,
    pipe: true,
    // The sandbox cannot be had as root or in a container; the pages are our own.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--no-first-run'],
  })
  return {
    async openClient(origin, version, url, transport) {
      const context = await browser.createBrowserContext()
      const page = await context.newPage()
      let take: (data: unknown) => void = () => {}
      await page.exposeFunction('heard', (data: unknown) => take(data))
      await page.goto(`${origin}/`)
      await page.evaluate((...args) => void (globalThis as unknown as InPage).open(...args), version, url, transport)
      return {
        handshake: () => page.evaluate(() => (globalThis as unknown as InPage).client.handshake()),
        subscribe(channel, taker) {
          take = taker
          return page.evaluate(name => {
            const { client, heard } = globalThis as unknown as InPage
            return client.subscribe(name, heard)
          }, channel)
        },
        publish: (channel, data) =>
          page.evaluate((name, what) => (globalThis as unknown as InPage).client.publish(name, what), channel, data),
        async disconnect() {
          await page.evaluate(() => (globalThis as unknown as InPage).client.disconnect())
          await context.close()
        },
      }
    },
    async reach(origin, url) {
      // Of its own: a browser has six connections to a host, and polls of other pages may hold them.
      const context = await browser.createBrowserContext()
      const page = await context.newPage()
      await page.goto(`${origin}/`)
      const reached = await page.evaluate(async to => {
        const headers = { 'content-type': 'application/json' }
        const body = '[{"channel":"/meta/connect"}]'
        const post = fetch(to, { method: 'POST', credentials: 'include', headers, body }).then(
          ({ ok }) => ok,
          () => false,
        )
        const webSocket = new Promise<boolean>(resolve => {
          const socket = new WebSocket(to.replace('http', 'ws'))
          socket.onopen = () => resolve(true)
          socket.onclose = () => resolve(false)
        })
        return { post: await post, webSocket: await webSocket }
      }, url)
      await context.close()
      return reached
    },
    close: () => browser.close(),
  }
}
