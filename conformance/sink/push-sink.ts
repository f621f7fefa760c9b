import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAwake } from '../awake.ts'
import { epochMs } from '../epoch.ts'
import { jsonObject } from '../story/answer.ts'
import { selfSignedCertificate } from './self-signed.ts'

/** A POST as it came. */
export interface ReceivedPost {
  /** In the order of arrival, over all devices. */
  number: number
  /** Epoch ms when it was read. */
  atMs: number
  method: string
  path: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  /** Names and values as they came, in turn. */
  rawHeaders: readonly string[]
  bytes: Buffer
  text: string
  /** POSTs of the same device that were not answered when this one came. */
  inFlight: number
}

/** How a POST is answered. */
export interface SinkAnswer {
  status?: number
  delayMs?: number
  /** Not before `release`. */
  hold?: true
  /** The connection is closed without an answer. */
  reset?: true
  /** For so many POSTs, then as before; default: from now on. */
  times?: number
}

/** The suite's own receiver of customhttp pushes: one for all cases, told apart by device id. */
export interface PushSink {
  /** Where the target is to post; nodes may add a segment of their own. */
  url: string
  /** The same over TLS, with a certificate that nobody trusts; listens from the first call on. */
  secureUrl(): Promise<string>
  postsOf(deviceId: string): readonly ReceivedPost[]
  /** Of all devices. */
  count(): number
  /** POSTs that name no device, in the order in which they came. */
  nameless(): readonly ReceivedPost[]
  /** All POSTs on this path or below it, for what carries no device id. */
  postsAt(path: string): readonly ReceivedPost[]
  answer(deviceId: string, how: SinkAnswer): void
  release(deviceId: string): void
  /** Whether an answer waits for `release`. */
  isHolding(deviceId: string): boolean
  /** Resolves at the next POST of this device, or after `ms`. */
  waitFor(deviceId: string, ms: number): Promise<void>
  /** Forgets a device, and answers what is still held. */
  forget(deviceId: string): void
  close(): Promise<void>
}

interface Device {
  posts: ReceivedPost[]
  inFlight: number
  answers: SinkAnswer[]
  held: (() => void)[]
  waiting: Set<() => void>
}

export async function startPushSink(settings: { host: string; port: number; publicUrl?: string }): Promise<PushSink> {
  const devices = new Map<string, Device>()
  const odd: ReceivedPost[] = []
  let received = 0

  const deviceOf = (id: string) => {
    let device = devices.get(id)
    if (!device) {
      device = { posts: [], inFlight: 0, answers: [], held: [], waiting: new Set() }
      devices.set(id, device)
    }
    return device
  }

  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    const text = bytes.toString('utf8')
    const post: ReceivedPost = {
      number: ++received,
      atMs: epochMs(),
      method: request.method ?? '',
      path: request.url ?? '/',
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      rawHeaders: request.rawHeaders,
      bytes,
      text,
      inFlight: 0,
    }
    const { deviceId } = jsonObject(text)
    if (typeof deviceId !== 'string') {
      odd.push(post)
      response.end()
      return
    }
    const device = deviceOf(deviceId)
    post.inFlight = device.inFlight
    device.inFlight += 1
    response.once('close', () => {
      device.inFlight -= 1
    })
    device.posts.push(post)
    respond(device, response)
    for (const wake of device.waiting) wake()
  }

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    take(request, response).catch(() => response.destroy())
  }
  const server = createServer(listener)
  let secure: Promise<SecureServer> | undefined
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(settings.port, settings.host, resolve)
  })
  const { port } = server.address() as AddressInfo

  return {
    url: settings.publicUrl ?? `http://${settings.host}:${port}/push`,
    async secureUrl() {
      secure ??= new Promise(resolve => {
        const tls = createSecureServer(selfSignedCertificate(), listener)
        tls.listen(0, settings.host, () => resolve(tls))
      })
      return `https://${settings.host}:${((await secure).address() as AddressInfo).port}/push`
    },
    count: () => received,
    postsOf: id => devices.get(id)?.posts ?? [],
    nameless: () => odd,
    postsAt: path =>
      [...odd, ...[...devices.values()].flatMap(device => device.posts)].filter(post => post.path.startsWith(path)),
    answer(id, how) {
      const { answers } = deviceOf(id)
      if (how.times === undefined) answers.length = 0
      answers.push({ ...how })
    },
    isHolding: id => (devices.get(id)?.held.length ?? 0) > 0,
    release(id) {
      for (const send of deviceOf(id).held.splice(0)) send()
    },
    waitFor(id, ms) {
      const { waiting } = deviceOf(id)
      return new Promise(resolve => {
        const done = () => {
          callOff()
          waiting.delete(done)
          resolve()
        }
        const callOff = afterAwake(ms, done)
        waiting.add(done)
      })
    },
    forget(id) {
      for (const send of devices.get(id)?.held ?? []) send()
      devices.delete(id)
    },
    async close() {
      const tls = await secure
      tls?.closeAllConnections()
      tls?.close()
      server.closeAllConnections()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

function respond(device: Device, response: ServerResponse): void {
  const how = nextAnswer(device)
  if (how.reset) {
    response.destroy()
    return
  }
  const send = () => {
    response.statusCode = how.status ?? 200
    response.end()
  }
  if (how.hold) {
    device.held.push(send)
    // Who has given up waits for nothing any more.
    response.once('close', () => {
      device.held = device.held.filter(each => each !== send)
    })
  } else if (how.delayMs) setTimeout(send, how.delayMs)
  else send()
}

function nextAnswer({ answers }: Device): SinkAnswer {
  const [how] = answers
  if (how?.times === undefined) return how ?? {}
  how.times -= 1
  if (how.times <= 0) answers.shift()
  return how
}
