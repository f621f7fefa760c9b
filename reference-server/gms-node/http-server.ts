import type { Socket } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { FaultGate } from '../faults/gate.ts'
import type { Log } from '../log.ts'
import { refusedPath } from './chat-path.ts'
import { addFormParsers } from './form-parsers.ts'
import type { NodeOptions } from './node-options.ts'
import { RefusedBody } from './refused-body.ts'
import { errorBody, type RequestError, requestErrors } from './request-error.ts'
import { faultDecoration, sendError } from './send-answer.ts'
import { createSocketServer, type SocketServer } from './socket-server.ts'

/** Opaque ids may have up to 512 characters (OQ-03), percent-encoded three times as many. */
const longestSegment = 1536

const refusalMs = 5000

/** fastify without what a load test pays for and nobody reads: no request log, no hooks. */
export function createHttpServer(
  options: NodeOptions,
  log: Log,
  fault: (() => FaultGate | undefined) | undefined,
  sockets: SocketServer = {},
): FastifyInstance {
  const app: FastifyInstance = fastify({
    serverFactory: handler => createSocketServer(handler, sockets),
    logger: false,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: longestSegment },
    frameworkErrors: (_error, _request, reply) =>
      sendError(reply as FastifyReply, requestErrors.malformed('the path is not percent-encoded')),
    clientErrorHandler: refuseNonHttp,
  })
  if (fault) app.decorate(faultDecoration, fault)
  addFormParsers(app, options.maxBodyBytes, fault)

  app.setNotFoundHandler((request, reply) =>
    sendError(reply, refusedPath(request.method, request.url, options) ?? requestErrors.unknownOperation),
  )
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    // A wrong body on a wrong path is a wrong path.
    const refusal = refusedPath(request.method, request.url, options) ?? bodyError(error)
    if (refusal === requestErrors.internal) logFailure(error, request)
    sendError(reply, refusal)
  })

  function logFailure(error: Error, request: FastifyRequest): void {
    log.error('request failed', { method: request.method, path: request.url.slice(0, 200), error: String(error.stack) })
  }
  return app
}

function bodyError(error: Error & { statusCode?: number }): RequestError {
  if (error instanceof RefusedBody) return error.refusal
  if (error.statusCode === 415) return requestErrors.wrongContentType
  if (error.statusCode === 413) return requestErrors.bodyTooLarge
  const isClientFault = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
  return isClientFault ? requestErrors.malformed(error.message) : requestErrors.internal
}

function nonHttp(code: string | undefined): [statusLine: string, refusal: RequestError] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return ['431 Request Header Fields Too Large', requestErrors.malformed('no HTTP request')]
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return ['408 Request Timeout', requestErrors.tooSlow]
    default:
      return ['400 Bad Request', requestErrors.malformed('no HTTP request')]
  }
}

/** What node:http could not read as a request: there is no reply object yet, only the socket. */
function refuseNonHttp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [statusLine, refusal] = nonHttp(error.code)
  const body = errorBody(refusal)
  socket.once('finish', () => socket.destroy())
  // Unless its client takes nothing.
  socket.setTimeout(refusalMs, () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${statusLine}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  )
}
