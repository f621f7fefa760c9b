// GMS's custom HTTP provider: one POST at a time, the next only after the reply, nothing repeated by itself.
import * as http from 'node:http'
import * as https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTokenBucket } from './token-bucket.ts'

export type Push = { url: string; deviceId: string; index: number; type: string; attempt?: number; body: string }
export type What = 'sent' | 'dropped' | 'doubled' | 'failed' | 'unsent'
export type Entry = { what: What; deviceId: string; index: number; type: string; attempt?: number; at: number }
export type OutboxOptions = {
  drop: number
  double: number
  seed: number
  record(entry: Entry): void
  timeoutMs?: number
  /** POSTs that may begin in a second; without it as many as the receiver takes. */
  rate?: number
}
export type Outbox = { put(push: Push): void; drain(withinMs: number): Promise<void>; close(): Promise<void> }

/** A small reproducible generator (mulberry32): numbers from 0 up to, not including, 1. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Of the token bucket. */
const burst = 5

const createPoster = (timeoutMs: number) => {
  // The timeout concerns only idle connections: they go before the receiver could close them under a POST.
  const options = { keepAlive: true, maxSockets: 1, timeout: 1_000 }
  const agents = { plain: new http.Agent(options), secure: new https.Agent(options) }
  const post = (url: string, body: string): Promise<boolean> =>
    new Promise(resolve => {
      let delivered = false
      const secure = url.startsWith('https:')
      const { request } = secure ? https : http
      const agent = secure ? agents.secure : agents.plain
      const headers = { 'content-type': 'application/json;charset=UTF-8', 'content-length': Buffer.byteLength(body) }
      const posting = request(url, { method: 'POST', agent, headers }, reply => {
        const status = reply.statusCode ?? 0
        reply.once('end', () => {
          delivered = status >= 200 && status < 300
        })
        reply.once('error', () => {})
        reply.resume()
      })
      const deadline = setTimeout(() => posting.destroy(), timeoutMs)
      posting.once('error', () => {})
      posting.once('close', () => {
        clearTimeout(deadline)
        resolve(delivered)
      })
      posting.end(body)
    })
  const destroy = (): void => {
    agents.plain.destroy()
    agents.secure.destroy()
  }
  return { post, destroy }
}

export function createOutbox(options: OutboxOptions): Outbox {
  const poster = createPoster(options.timeoutMs ?? 5_000)
  const roll = dice(options.seed)
  const take =
    options.rate === undefined ? undefined : createTokenBucket(options.rate, burst, () => performance.now(), sleep)
  let waiting: Push[] = []
  let head = 0
  let running: Promise<void> | undefined
  let closed = false

  const record = (what: What, { deviceId, index, type, attempt }: Push): void => {
    const tried = attempt === undefined ? {} : { attempt }
    options.record({ what, deviceId, index, type, ...tried, at: Date.now() })
  }

  const deliver = async (push: Push): Promise<void> => {
    // Exactly one throw per push, so that a seed means the same run whatever the shares are.
    const thrown = roll()
    if (thrown < options.drop) return record('dropped', push)
    const twice = thrown < options.drop + options.double
    record(twice ? 'doubled' : 'sent', push)
    for (let copies = twice ? 2 : 1; copies > 0; copies -= 1) {
      if (!(await poster.post(push.url, push.body))) record('failed', push)
    }
  }

  const run = async (): Promise<void> => {
    while (!closed && head < waiting.length) {
      const push = waiting[head]!
      head += 1
      if (head === 1024) {
        waiting = waiting.slice(head)
        head = 0
      }
      await take?.()
      await deliver(push)
    }
    running = undefined
  }

  return {
    put(push) {
      if (closed) return record('unsent', push)
      waiting.push(push)
      running ??= run()
    },
    /** Waits until nothing is waiting any more, for a while. */
    async drain(withinMs) {
      let patience: NodeJS.Timeout | undefined
      const enough = new Promise<void>(resolve => {
        patience = setTimeout(resolve, withinMs)
      })
      await Promise.race([running, enough])
      clearTimeout(patience)
    },
    /** Lets the POST in flight finish; what was still waiting is recorded as unsent. */
    async close() {
      closed = true
      await running
      for (const push of waiting.splice(head)) record('unsent', push)
      poster.destroy()
    },
  }
}
