// GMS's custom HTTP provider: one POST at a time, the next only after the reply, nothing repeated by itself.
import * as http from 'node:http'
import * as https from 'node:https'

export type Push = { deviceId: string; index: number; type: string; attempt?: number; body: string }
export type What = 'sent' | 'dropped' | 'doubled' | 'failed' | 'unsent'
export type Entry = { what: What; deviceId: string; index: number; type: string; attempt?: number; at: number }
export type OutboxOptions = {
  url: string
  drop: number
  double: number
  seed: number
  record(entry: Entry): void
  timeoutMs?: number
}
export type Outbox = { put(push: Push): void; close(): Promise<void> }

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

const createPoster = (url: string, timeoutMs: number) => {
  const { Agent, request } = url.startsWith('https:') ? https : http
  // The timeout concerns only idle connections: they go before the receiver could close them under a POST.
  const agent = new Agent({ keepAlive: true, maxSockets: 1, timeout: 1_000 })
  const post = (body: string): Promise<boolean> =>
    new Promise(resolve => {
      let delivered = false
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
  return { post, destroy: () => agent.destroy() }
}

export function createOutbox(options: OutboxOptions): Outbox {
  const poster = createPoster(options.url, options.timeoutMs ?? 5_000)
  const roll = dice(options.seed)
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
      if (!(await poster.post(push.body))) record('failed', push)
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
    /** Lets the POST in flight finish; what was still waiting is recorded as unsent. */
    async close() {
      closed = true
      await running
      for (const push of waiting.splice(head)) record('unsent', push)
      poster.destroy()
    },
  }
}
