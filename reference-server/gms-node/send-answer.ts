import type { FastifyReply } from 'fastify'
import type { FaultGate } from '../faults/gate.ts'
import { operationOf } from './chat-path.ts'
import { errorBody, type RequestError } from './request-error.ts'

const json = 'application/json;charset=UTF-8'

/** CV2-007. */
export function sendJson(reply: FastifyReply, text: string, operation?: string): void {
  send(reply, json, text, operation)
}

/** What the server was decorated with, so that a planted fault can act on every answer. */
export const faultDecoration = 'plantedFault'
type Decorated = { [faultDecoration]?: () => FaultGate | undefined }

/** @param operation where the path does not say it. */
export function send(reply: FastifyReply, contentType: string, text: string, operation?: string): void {
  const change = (reply.server as Decorated)[faultDecoration]?.()?.reply
  if (change === undefined) {
    reply.header('content-type', contentType).send(text)
    return
  }
  const { method, url, headers: asked } = reply.request
  const headers = { ...(reply.getHeaders() as Record<string, string>), 'content-type': contentType }
  const changed = change(
    { status: reply.statusCode, headers, body: text },
    { method, path: url, operation: operation ?? operationOf(url), headers: asked },
  )
  if (changed === undefined) {
    reply.hijack()
    reply.raw.destroy()
    return
  }
  for (const name of Object.keys(headers)) if (!(name in changed.headers)) reply.removeHeader(name)
  // Bytes, because fastify labels a text that has no content type.
  reply.code(changed.status).headers(changed.headers).send(Buffer.from(changed.body))
}

/** CV2-035; CV2-002 and OQ-21 ask for one more header, which takes no letters beyond Latin-1. */
export function sendError(reply: FastifyReply, error: RequestError, realm = 'GMS', operation?: string): void {
  reply.code(error.status)
  if (error.status === 405) reply.header('allow', 'POST')
  if (error.status === 401) reply.header('www-authenticate', `Basic realm="${encodeURIComponent(realm)}"`)
  sendJson(reply, errorBody(error), operation)
}
