import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TraceRecord } from '../../protocol/stream/trace.ts'
import type { ManualClock } from '../actors.ts'
import type { FaultGate } from '../faults/gate.ts'
import type { Log } from '../log.ts'
import type { PushNotice } from '../messages.ts'
import { createManualClock } from '../time/manual-clock.ts'
import { createPushSender, type PushSender } from './push-sender.ts'

export interface ReceivedPost {
  path: string
  contentType: string | undefined
  body: unknown
  /** POSTs that were unanswered when this one came. */
  inFlight: number
  socket: object
}

export interface Sink {
  url: string
  posts: ReceivedPost[]
  /** Answers the oldest unanswered POST; only where `answer` is undefined. */
  release(status?: number): void
  close(): Promise<void>
}

/** A receiver of pushes; `answer` undefined = each POST waits for `release`. */
export async function startSink(answer?: (n: number, response: ServerResponse) => void): Promise<Sink> {
  const posts: ReceivedPost[] = []
  const waiting: ServerResponse[] = []
  const server = createServer(async (request, response) => {
    const inFlight = waiting.length
    waiting.push(response)
    let text = ''
    for await (const chunk of request) text += chunk
    const { socket } = request
    posts.push({
      path: request.url!,
      contentType: request.headers['content-type'],
      body: JSON.parse(text),
      inFlight,
      socket,
    })
    if (!answer) return
    waiting.splice(waiting.indexOf(response), 1)
    answer(posts.length, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    release(status = 200) {
      waiting.shift()?.writeHead(status).end()
    },
    async close() {
      server.closeAllConnections()
      server.close()
      if (server.listening) await once(server, 'close')
    },
  }
}

export function notice(index: number, changes: Partial<PushNotice> = {}): PushNotice {
  return {
    chatId: '0001Abc123DEF001',
    service: 'care',
    deviceId: 'dev-0001',
    deviceType: 'customhttp',
    debug: false,
    form: 'event',
    includePayload: true,
    index,
    eventType: 'Message',
    event: {
      from: { nickname: 'Ann', participantId: 2, type: 'Agent' },
      index,
      type: 'Message',
      text: `text ${index}`,
      utcTime: 1_600_000_011_000,
    },
    attempt: 0,
    notifyPosition: index,
    content: {},
    nextPosition: index + 1,
    chatEnded: false,
    secureKey: 'raw-key',
    ...changes,
  }
}

export interface TestSender {
  sender: PushSender
  clock: ManualClock
  lines: { level: keyof Log; line: string; fields: Record<string, unknown> | undefined }[]
  trace: TraceRecord[]
}

export interface TestSenderOptions {
  /** `section` → options; `push.customhttp.url` is the usual one. */
  sections: Record<string, Record<string, string>>
  enabled?: string[]
  nodePath?: boolean
  modeAMessage?: boolean
  fault?: FaultGate
}

export function startTestSender(options: TestSenderOptions): TestSender {
  const clock = createManualClock(1_600_000_011_500)
  const lines: TestSender['lines'] = []
  const trace: TraceRecord[] = []
  const at = (level: keyof Log) => (line: string, fields?: Record<string, unknown>) => {
    lines.push({ level, line, fields })
  }
  const sender = createPushSender({
    node: 'gms-1',
    clock,
    log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
    sections: {
      enabledTypes: new Set(options.enabled ?? ['comet', 'customhttp']),
      hasSection: name => name in options.sections,
      option: (section, name) => options.sections[section]?.[name],
    },
    timeoutMs: () => 5000,
    contentType: () => 'application/json;charset=UTF-8',
    trustAll: false,
    nodePath: options.nodePath ?? false,
    modeAMessage: () => options.modeAMessage ?? false,
    writeToken: () => 'opaque-cometd-key',
    tracer: { record: record => trace.push(record) },
    fault: () => options.fault,
  })
  return { sender, clock, lines, trace }
}

/** Waits for a condition; the deadline is far above what it may take. */
export async function until(condition: () => boolean, what = 'the condition'): Promise<void> {
  const endsAt = performance.now() + 5000
  while (!condition()) {
    if (performance.now() > endsAt) throw new Error(`waited 5 s for ${what}`)
    await new Promise(resolve => setImmediate(resolve))
  }
}
