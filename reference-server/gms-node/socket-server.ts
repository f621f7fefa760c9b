import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'

/** What listens below the REST API. */
export interface SocketServer {
  /** PEM; with them the node speaks HTTPS and wss and nothing else (CV2-155). */
  tls?: { key: string; cert: string } | undefined
  patience?: Patience | undefined
  /** Requests that do not go to the REST API, and upgrades that are let through. */
  cometd?: {
    isRequest(url: string): boolean
    isUpgrade(request: IncomingMessage): boolean
    handle: RequestListener
  }
}

/** How long a client may take to shake hands over TLS and to send a request, and how often that is looked after. */
export interface Patience {
  handshakeMs: number
  requestMs: number
  lookEveryMs: number
}

/** Kept connections outlast the pauses of slow pollers. */
const keepAliveMs = 72_000
/**
 * A request from its first byte to its last: an upload may take its time, but not for ever. A held poll has ended long
 * before. Its headers, and the first of a connection, have a minute (node:http's own bound).
 */
const usualPatience: Patience = { handshakeMs: 10_000, requestMs: 600_000, lookEveryMs: 30_000 }

/** One port for all: what is CometD's does not go through the REST API's router and hooks. */
export function createSocketServer(rest: RequestListener, { tls, cometd, patience }: SocketServer): Server {
  const handle: RequestListener = cometd
    ? (request, response) => (cometd.isRequest(request.url!) ? cometd.handle : rest)(request, response)
    : rest
  // A request that asks for another protocol than is to be had here is answered as if it had not.
  const shouldUpgradeCallback = (request: IncomingMessage) => cometd?.isUpgrade(request) ?? false
  const { handshakeMs, requestMs, lookEveryMs } = patience ?? usualPatience
  const options = {
    shouldUpgradeCallback,
    keepAliveTimeout: keepAliveMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: lookEveryMs,
  }
  if (!tls) return createServer(options, handle)
  const server = createTlsServer({ ...options, ...tls, handshakeTimeout: handshakeMs }, handle)
  // Who has not shaken hands can be told nothing: what is written waits for ever, and so would the connection.
  return server.on('tlsClientError', (_error, socket) => void socket.destroy())
}
