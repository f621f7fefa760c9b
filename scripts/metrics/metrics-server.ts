import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expositionType } from '../../collector/live-metrics/exposition.ts'
import { type ListenAddress, listenAddress } from '../../scenarios/options/kinds.ts'
import { UserError } from '../program/user-error.ts'

/** Serves a text at /metrics to whoever scrapes it, and lets nobody disturb the run by that. */
export interface MetricsServer {
  url: string
  /**
   * Lets whoever scrapes regularly have the final figures: resolves after the next whole answer, or when it is overdue; at
   * once where nobody scrapes.
   */
  lastScrape(): Promise<void>
  close(): Promise<void>
}

export interface MetricsServerOptions {
  address: ListenAddress
  /** Called twice a second at most, however often somebody scrapes. */
  text(): string
  now?(): number
  /** Until a client must have sent its request, and until it must have taken its answer. */
  patienceMs?: number
}

/** Prometheus has one; a few more may look on. */
const mostConnections = 8
/** Half of the shortest interval of a sensible scraper, so that each scrape of it finds new figures. */
const freshForMs = 500
const mostAnswersOfPage = 20
/** Longer than the 15 s that are usual between two scrapes, short enough to wait for at the end of a run. */
const longestWaitMs = 20_000
/** All that has waited at the door is served in this time. */
const servedMs = 50
const plainText = { 'content-type': 'text/plain; charset=utf-8' }

interface Page {
  status: 200 | 500
  body: Buffer
  atMs: number
  answers: number
}

/** A figure that cannot be told must never end the run. */
function bodyOf(text: () => string): Pick<Page, 'status' | 'body'> {
  try {
    return { status: 200, body: Buffer.from(text()) }
  } catch (error) {
    return { status: 500, body: Buffer.from(`${error}\n`) }
  }
}

/** @throws UserError when it cannot listen there. */
export async function startMetricsServer(options: MetricsServerOptions): Promise<MetricsServer> {
  const { address, text, now = () => performance.now(), patienceMs = 5_000 } = options
  let page: Page | undefined
  let scrapes: { lastMs: number; longestGapMs: number } | undefined
  let onScrape: () => void = () => {}

  function freshPage(): Page {
    if (page === undefined || now() - page.atMs >= freshForMs) page = { ...bodyOf(text), atMs: now(), answers: 0 }
    return page
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('connection', 'close')
    response.once('close', startPatience(request))
    if (request.method !== 'GET' || pathOf(request) !== '/metrics') {
      refuse(request, response)
      return
    }
    const fresh = freshPage()
    if (fresh.answers >= mostAnswersOfPage) {
      response.writeHead(429, { ...plainText, 'retry-after': '1' })
      response.end('The figures change twice a second.\n')
    } else {
      fresh.answers += 1
      response.once('finish', scraped)
      response.writeHead(fresh.status, { 'content-type': expositionType, 'content-length': fresh.body.length })
      response.end(fresh.body)
    }
  }

  function scraped(): void {
    const atMs = now()
    const { lastMs = atMs, longestGapMs = 0 } = scrapes ?? {}
    const gapMs = atMs - lastMs
    scrapes = { lastMs: atMs, longestGapMs: gapMs > longestWaitMs ? longestGapMs : Math.max(longestGapMs, gapMs) }
    onScrape()
  }

  /** Whoever reads too slowly is cut off, even if each byte comes in time. */
  function startPatience({ socket }: IncomingMessage): () => void {
    const timer = setTimeout(() => socket.destroy(), patienceMs).unref()
    return () => clearTimeout(timer)
  }

  const server = createServer(
    { requestTimeout: patienceMs, headersTimeout: patienceMs, connectionsCheckingInterval: 500, maxHeaderSize: 8_192 },
    answer,
  )
  server.maxConnections = mostConnections
  // A program that could not start its run ends all the same.
  server.unref()
  server.timeout = patienceMs
  await new Promise<void>((resolve, reject) => {
    // On, not once: what goes wrong later costs a scrape and nothing else.
    server.on('error', (error: NodeJS.ErrnoException) => reject(new UserError(cannotListen(address, error))))
    server.listen(address.port, address.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${port}/metrics`,

    async lastScrape() {
      page = undefined
      if (scrapes === undefined || scrapes.longestGapMs === 0 || now() - scrapes.lastMs > longestWaitMs) return
      // Whoever asked while the reports were written may have given up.
      await delay(servedMs)
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, 1.2 * scrapes!.longestGapMs)
        onScrape = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    },

    async close() {
      await new Promise(resolve => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}

const pathOf = ({ url }: IncomingMessage) => url?.split('?')[0]

function refuse(request: IncomingMessage, response: ServerResponse): void {
  if (pathOf(request) !== '/metrics') {
    response.writeHead(404, plainText)
    response.end('There is only /metrics here.\n')
  } else {
    response.writeHead(405, { ...plainText, allow: 'GET' })
    response.end('/metrics is only for GET.\n')
  }
}

function cannotListen(address: ListenAddress, { code, message }: NodeJS.ErrnoException): string {
  const where = `--prometheus-port ${listenAddress.write(address)}`
  if (code === 'EADDRINUSE') return `${where} is in use by another program; choose a free one, or 0 for any`
  if (code === 'EACCES') return `${where} is not allowed for this user; use one above 1023, or 0 for any`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${where}: ${address.host} is no address of this machine`
  return `${where} cannot be listened on: ${message}`
}
