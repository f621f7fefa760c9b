import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import fastify, { type FastifyInstance } from 'fastify'
import { WebSocketServer } from 'ws'
import { UnknownActor } from '../topology.ts'
import { addAgentFileRoutes } from './agent-file-routes.ts'
import { addAgentRoutes } from './agent-routes.ts'
import { addClockRoutes } from './clock-routes.ts'
import { addCometRoutes } from './comet-routes.ts'
import type { ControlledServer } from './controlled-server.ts'
import { addFaultRoutes } from './fault-routes.ts'
import { addGaugeRoutes } from './gauge-routes.ts'
import { addOptionRoutes } from './option-routes.ts'
import { Refused } from './refused.ts'
import { addScriptRoutes } from './script-routes.ts'
import { addSettleRoute } from './settle-route.ts'
import { addTopologyRoutes } from './topology-routes.ts'

export interface ControlApiSettings {
  port: number
  host?: string
  /** Bearer token; needed for any address but loopback. */
  token?: string
}

export interface ControlApi {
  readonly url: string
  close(): Promise<void>
}

/** The second port (interface reference, "Control of the reference server"). Whoever reaches it may do anything. */
export async function startControlApi(server: ControlledServer, settings: ControlApiSettings): Promise<ControlApi> {
  const host = settings.host ?? '127.0.0.1'
  if (!isLoopback(host) && !settings.token)
    throw new Error(`the control port listens on loopback only; ${host} needs a token as well`)
  const app = fastify({ forceCloseConnections: true, exposeHeadRoutes: false, requestTimeout: 60_000 })
  addErrors(app)
  const isAllowed = (request: { headers: IncomingMessage['headers'] }) =>
    !settings.token || request.headers.authorization === `Bearer ${settings.token}`
  app.addHook('onRequest', (request, _reply, done) =>
    done(isAllowed(request) ? undefined : new Refused(401, 'missing or wrong token')),
  )
  addClockRoutes(app, server)
  addAgentRoutes(app, server)
  addAgentFileRoutes(app, server)
  addScriptRoutes(app, server)
  addFaultRoutes(app, server)
  addOptionRoutes(app, server)
  addTopologyRoutes(app, server)
  addCometRoutes(app, server)
  addGaugeRoutes(app, server)
  addSettleRoute(app, server)
  addTraceSocket(app, server, isAllowed)
  await app.listen({ host, port: settings.port })
  const { port } = app.server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    async close() {
      server.trace.close()
      await app.close()
    },
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

function addErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    reply.code(404).send({ error: `no ${request.method} ${request.url}, see docs/reference/control-api.md` })
  })
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error instanceof UnknownActor ? 404 : (error.statusCode ?? 500)
    reply.code(status).send({ error: error.message })
  })
}

function addTraceSocket(
  app: FastifyInstance,
  server: ControlledServer,
  isAllowed: (request: IncomingMessage) => boolean,
): void {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const [path, query] = (request.url ?? '').split('?', 2)
    if (path !== '/trace' || !isAllowed(request)) {
      // Its client may leave its own half open for ever.
      socket.once('finish', () => socket.destroy())
      socket.end(`HTTP/1.1 ${isAllowed(request) ? '404 Not Found' : '401 Unauthorized'}\r\nConnection: close\r\n\r\n`)
      return
    }
    const wantsNotifications = new URLSearchParams(query).has('notifications')
    sockets.handleUpgrade(request, socket, head, listener => server.trace.add(listener, wantsNotifications))
  })
}
