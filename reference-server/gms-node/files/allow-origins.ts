import type { FastifyInstance } from 'fastify'
import { crossOriginHeaders, preflightHeaders } from '../bayeux/cross-origin.ts'
import { fileEndpoint } from '../chat-path.ts'

/** The pages that may chat over CometD may share files there, too, and read whatever is answered. */
export function allowOrigins(scope: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return
  scope.addHook('onRequest', ({ raw, method, routeOptions }, reply, done) => {
    if (routeOptions.url !== fileEndpoint) return done()
    const isPreflight = method === 'OPTIONS'
    const headers = isPreflight ? preflightHeaders(raw, origins) : crossOriginHeaders(raw, origins)
    for (let at = 0; at < headers.length; at += 2) reply.header(headers[at]!, headers[at + 1]!)
    // With the name of a download.
    if (headers.length > 0 && !isPreflight) reply.header('Access-Control-Expose-Headers', 'Content-Disposition')
    done()
  })
  scope.options(fileEndpoint, (_request, reply) => void reply.send(''))
}
