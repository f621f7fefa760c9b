import type { FastifyReply } from 'fastify'
import { errorBody, type RequestError } from './request-error.ts'

const json = 'application/json;charset=UTF-8'

/** CV2-007. */
export function sendJson(reply: FastifyReply, text: string): void {
  reply.header('content-type', json).send(text)
}

/** CV2-035; CV2-002 and OQ-21 ask for one more header, which takes no letters beyond Latin-1. */
export function sendError(reply: FastifyReply, error: RequestError, realm = 'GMS'): void {
  reply.code(error.status)
  if (error.status === 405) reply.header('allow', 'POST')
  if (error.status === 401) reply.header('www-authenticate', `Basic realm="${encodeURIComponent(realm)}"`)
  sendJson(reply, errorBody(error))
}
