import type { IncomingHttpHeaders } from 'node:http'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { probePath } from './intake-probe.ts'
import { createLanes, laneOf } from './lanes.ts'

/** A POST as it was when its answer left; what it contains is looked at afterwards. */
export interface TakenPost {
  received: number
  answered: number
  lane: string
  inFlight: number
  body: string
  /** The known run that it belongs to; absent = nobody's, so everybody's. */
  run?: string
  /** Why it was refused; absent = it was accepted. */
  refusal?: string
  /** How long its answer was held on purpose, ms; 0 = not at all. */
  heldMs: number
  /** The sender gave up, and the application would still have worked on it for this long, ms: its shard learns of it then. */
  wakeAfterMs?: number
}

export interface IntakeSettings {
  /** Stamps. */
  now(): number
  /** Status of accepted POSTs; other than 200 only to test a target. */
  status: number
  /** Artificial time to the answer, ms; undefined = at once. */
  delayMs: (() => number) | undefined
  onPost(): void
  /** Its body was read. @returns the known run that this device belongs to. */
  runOf(deviceId: string): string | undefined
  onTaken(post: TakenPost): void
  onProbe(headers: IncomingHttpHeaders): void
  health(): unknown
  /** PEM; with them it speaks HTTPS (PUSH-048). */
  tls?: { key: string; cert: string } | undefined
  patience?: Patience
}

/** How long a sender may take to shake hands over TLS and to send a request, and how often that is looked after. */
export interface Patience {
  handshakeMs: number
  requestMs: number
  lookEveryMs: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** First look at the request, before its body was read. */
    received: number
    lane: string
    inFlight: number
    run: string
  }
}

const bodyLimit = 1024 * 1024
/** Longer than any pause between pushes that matters: a closed idle connection could meet a push on its way. */
const keepAliveTimeout = 30 * 60_000
/** A sender that has died in the midst of a POST would be in flight for ever. */
const usualPatience: Patience = { handshakeMs: 10_000, requestMs: 60_000, lookEveryMs: 30_000 }

/**
 * The HTTP side: stamps each POST before anything else, answers it, hands it on. The one thing done before the answer
 * is to parse the JSON (1.5 µs for a push), since a POST that is no notification has to be told so.
 */
export function createIntake(settings: IntakeSettings): FastifyInstance {
  const { now } = settings
  const lanes = createLanes()
  const { handshakeMs, requestMs, lookEveryMs } = settings.patience ?? usualPatience
  const options = { bodyLimit, keepAliveTimeout, requestTimeout: requestMs, forceCloseConnections: true }
  // Again, for the time for headers is made from it.
  const http = { connectionsCheckingInterval: lookEveryMs, requestTimeout: requestMs }
  const app: FastifyInstance = settings.tls
    ? (Fastify({
        ...options,
        https: { ...settings.tls, ...http, handshakeTimeout: handshakeMs },
      }) as unknown as FastifyInstance)
    : Fastify({ ...options, http })
  app.decorateRequest('received', 0)
  app.decorateRequest('lane', '')
  app.decorateRequest('inFlight', 0)
  app.decorateRequest('run', '')

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.addHook('onRequest', (request, _reply, done) => {
    request.received = now()
    if (isNotification(request)) {
      settings.onPost()
      request.lane = laneOf(request.url)
      request.inFlight = lanes.enter(request.lane)
    }
    done()
  })

  app.get('/health', async () => settings.health())

  app.post(probePath, (request, reply) => {
    settings.onProbe(request.headers)
    reply.code(204).send()
  })

  app.post('/*', (request, reply) => {
    const body = (request.body as string | undefined) ?? ''
    const { deviceId, refusal } = readBody(body)
    if (refusal !== undefined) return refuse(request, reply, 400, refusal, body)
    request.run = settings.runOf(deviceId) ?? ''
    if (!settings.delayMs) return accept(request, reply, body)
    answerLater(request, reply, settings.delayMs(), body)
  })

  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 400
    const refusal =
      status === 413 ? `the body is larger than ${bodyLimit} bytes` : `the body was not readable: ${error.message}`
    if (isNotification(request)) refuse(request, reply, status, refusal, '')
    else reply.code(status).send({ error: refusal })
  })

  app.setNotFoundHandler((request, reply) => {
    reply
      .code(405)
      .header('allow', 'POST')
      .send({ error: `${request.method} ${request.url}: notifications are sent by POST` })
  })

  function accept(request: FastifyRequest, reply: FastifyReply, body: string) {
    const answered = now()
    // Past fastify's reply: there is nothing to serialise, and this is the hot path.
    reply.hijack()
    reply.raw.writeHead(settings.status, { 'content-length': 0 })
    reply.raw.end()
    lanes.leave(request.lane)
    const { received, lane, inFlight, run } = request
    // As measured: timers may fire a fraction of a millisecond early.
    const heldMs = settings.delayMs ? answered - received : 0
    settings.onTaken({ received, answered, lane, inFlight, body, ...(run && { run }), heldMs })
  }

  function answerLater(request: FastifyRequest, reply: FastifyReply, delayMs: number, body: string) {
    const timer = setTimeout(() => {
      reply.raw.off('close', gone)
      accept(request, reply, body)
    }, delayMs)
    // A sender that gave up waiting has this POST in flight no more and may begin its next one.
    const gone = () => {
      clearTimeout(timer)
      lanes.leave(request.lane)
      const { received, lane, inFlight, run } = request
      const wakeAfterMs = Math.max(0, received + delayMs - now())
      const taken = { received, answered: 0, lane, inFlight, body, heldMs: delayMs, wakeAfterMs }
      settings.onTaken({ ...taken, ...(run && { run }) })
    }
    reply.raw.once('close', gone)
  }

  function refuse(request: FastifyRequest, reply: FastifyReply, status: number, refusal: string, body: string) {
    lanes.leave(request.lane)
    const { received, lane, inFlight } = request
    reply.code(status).send({ error: refusal })
    settings.onTaken({ received, answered: now(), lane, inFlight, body, heldMs: 0, refusal })
  }

  return app
}

function isNotification(request: FastifyRequest): boolean {
  return request.method === 'POST' && request.url !== probePath
}

/** A notification is a JSON object with a string `deviceId` (PUSH-022, PUSH-040); all else is refused. */
function readBody(body: string): { deviceId: string; refusal?: never } | { deviceId?: never; refusal: string } {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch (error) {
    return { refusal: `the body is not JSON: ${(error as Error).message}` }
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { refusal: 'the body is not a JSON object' }
  const { deviceId } = value as { deviceId?: unknown }
  return typeof deviceId === 'string' ? { deviceId } : { refusal: 'the body has no string member deviceId' }
}
