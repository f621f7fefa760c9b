import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'

/** What listens below the REST API. */
export interface SocketServer {
  /** PEM; with them the node speaks HTTPS and wss and nothing else (CV2-155). */
  tls?: { key: string; cert: string } | undefined
  /** Requests that do not go to the REST API, and upgrades that are let through. */
  cometd?: {
    isRequest(url: string): boolean
    isUpgrade(request: IncomingMessage): boolean
    handle: RequestListener
  }
}

/** Kept connections outlast the pauses of slow pollers. */
const keepAliveMs = 72_000
/** From its first byte to its last: an upload may take its time, but not for ever. A held poll has ended long before. */
const requestMs = 600_000

/** One port for all: what is CometD's does not go through the REST API's router and hooks. */
export function createSocketServer(rest: RequestListener, { tls, cometd }: SocketServer): Server {
  const handle: RequestListener = cometd
    ? (request, response) => (cometd.isRequest(request.url!) ? cometd.handle : rest)(request, response)
    : rest
  // A request that asks for another protocol than is to be had here is answered as if it had not.
  const shouldUpgradeCallback = (request: IncomingMessage) => cometd?.isUpgrade(request) ?? false
  const server = tls
    ? createTlsServer({ ...tls, shouldUpgradeCallback }, handle)
    : createServer({ shouldUpgradeCallback }, handle)
  server.keepAliveTimeout = keepAliveMs
  server.requestTimeout = requestMs
  return server
}
