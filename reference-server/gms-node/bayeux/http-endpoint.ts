import type { IncomingMessage, ServerResponse } from 'node:http'
import { changeResponse } from '../../faults/change-response.ts'
import type { FaultGate } from '../../faults/gate.ts'
import type { Log } from '../../log.ts'
import { readBody } from '../body-reader.ts'
import type { BayeuxServer } from './bayeux-server.ts'
import { cookieValue } from './browser-cookie.ts'
import { crossOriginHeaders, preflightHeaders } from './cross-origin.ts'
import { HttpCarrier } from './http-carrier.ts'
import { type BayeuxMessage, readMessages } from './message.ts'

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => void

/** Whether a request path is the endpoint: what comes behind the mount path does not matter (BX-001). */
export function isEndpoint(url: string, path: string): boolean {
  if (!url.startsWith(path)) return false
  const next = url[path.length]
  return next === undefined || next === '/' || next === '?'
}

/** Long-polling and callback-polling, straight on node:http: a poll pays for no router, no hooks and no reply object. */
export function createHttpEndpoint(
  bayeux: BayeuxServer,
  log: Log,
  fault?: (() => FaultGate | undefined) | undefined,
): HttpHandler {
  const { options } = bayeux
  const isAllowed = (transport: string) => options.allowedTransports.includes(transport)

  return (request, response) => {
    const change = fault?.()?.cometdReply
    if (change) changeResponse(request, response, change)
    switch (request.method) {
      case 'POST':
        if (isAllowed('long-polling')) poll(request, response)
        else refuse(request, response, 400)
        break
      case 'GET':
        if (isAllowed('callback-polling')) callback(request, response)
        else refuse(request, response, 400)
        break
      case 'OPTIONS':
        request.resume()
        response.writeHead(200, ['Content-Length', '0', ...preflightHeaders(request, options.corsOrigins)])
        response.end()
        break
      default:
        refuse(request, response, 400)
    }
  }

  function poll(request: IncomingMessage, response: ServerResponse): void {
    readBody(request, request.headers['content-length'], options.maxMessageBytes, (error, bytes) => {
      if (error === 'too large') refuse(request, response, 413)
      else if (error) response.destroy()
      else {
        const text = textOf(bytes, request.headers['content-type'])
        const messages = text === undefined ? undefined : readMessages(text)
        if (messages === undefined) refuse(request, response, 400)
        else take(request, response, '', messages)
      }
    })
  }

  /** BX-130 to BX-133: one callback, any number of `message` parameters. */
  function callback(request: IncomingMessage, response: ServerResponse): void {
    request.resume()
    const url = request.url!
    const query = new URLSearchParams(url.slice(url.indexOf('?') + 1))
    const [name = '', ...more] = url.includes('?') ? query.getAll('jsonp') : []
    const batches = query.getAll('message').map(readMessages)
    const isBroken = more.length > 0 || !/^[A-Za-z0-9._-]{1,64}$/.test(name) || batches.length === 0
    if (isBroken || batches.includes(undefined)) refuse(request, response, 400)
    else take(request, response, name, batches.flat() as BayeuxMessage[])
  }

  function take(
    request: IncomingMessage,
    response: ServerResponse,
    callbackName: string,
    messages: BayeuxMessage[],
  ): void {
    const browser = cookieValue(request.headers.cookie, options.cookie.name)
    const headers = crossOriginHeaders(request, options.corsOrigins)
    const carrier = new HttpCarrier(response, options, browser, callbackName, headers)
    try {
      if (bayeux.exchange(carrier, messages) !== undefined) refuse(request, response, 400)
      else if (!response.writableEnded) shed(request)
    } catch (error) {
      // Data nested so deep that it cannot be written again is malformed, too.
      if (!(error instanceof RangeError)) log.error('CometD request failed', { error: String((error as Error).stack) })
      if (!response.headersSent) refuse(request, response, error instanceof RangeError ? 400 : 500)
    }
  }

  function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
    request.resume()
    if (response.headersSent || response.destroyed) return
    response.writeHead(status, ['Content-Length', '0', ...crossOriginHeaders(request, options.corsOrigins)])
    response.end()
  }
}

/** Thousands of polls wait at once: none keeps what nobody reads any more. */
function shed(request: IncomingMessage): void {
  request.rawHeaders = []
  request.headers = {}
}

/** By its charset, UTF-8 by default; the media type does not matter (BX-005). @returns undefined for a charset unknown. */
function textOf(bytes: Buffer, contentType: string | undefined): string | undefined {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8'
  if (charset === 'utf-8' || charset === 'utf8') return bytes.toString()
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return undefined
  }
}
