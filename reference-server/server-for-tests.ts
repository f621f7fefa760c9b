import { readFileSync } from 'node:fs'
import type { ChatEvent } from '../protocol/chat/event.ts'
import type { PushMode } from '../protocol/push/mode.ts'
import type { ManualClock } from './actors.ts'
import { loadConfiguration } from './configuration/configuration.ts'
import type { Log } from './log.ts'
import { type ReferenceServer, type ReferenceServerSettings, startReferenceServer } from './main.ts'
import { type ReceivedPost, type Sink, startSink } from './push-sender/sender-for-tests.ts'
import { createManualClock } from './time/manual-clock.ts'
import { createSeededRandom } from './time/seeded-random.ts'

export interface ChatAnswer {
  statusCode: number
  chatEnded: boolean
  messages: ChatEvent[]
  alias: string
  chatId: string
  userId: string
  secureKey: string
  nextPosition: number
  errors?: { code: number; advice: string }[]
}

/** A customer over REST, who keeps the newest tokens (CV2-088). */
export interface Customer {
  tokens: { chatId: string; userId: string; secureKey: string; alias: string }
  ask(operation: string, fields?: Record<string, string>, node?: number): Promise<ChatAnswer>
}

export interface TestServer {
  server: ReferenceServer
  clock: ManualClock
  sink: Sink
  lines: string[]
  /** Request chat as it is; `node` counts from 0. */
  request(form: Record<string, string>, node?: number): Promise<ChatAnswer>
  /** A chat of `Ann Bee` that gets pushes in this mode. */
  chat(mode: PushMode | 'off', userData?: Record<string, string>, node?: number): Promise<Customer>
  control(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>
  /** Bodies of the POSTs so far, once everything is at rest. */
  settledPosts(): Promise<ReceivedPost[]>
  close(): Promise<void>
}

const asyncPush = readFileSync(new URL('./async-push.ini', import.meta.url), 'utf8')
const service = '/genesys/2/chat/customer-support'

/** A whole reference server on real ports under a manual clock, and a sink for its pushes. */
export async function startTestServer(
  changes: Partial<ReferenceServerSettings> & { set?: string[]; sink?: Sink } = {},
): Promise<TestServer> {
  const { set = [], sink = await startSink((_n, response) => response.end()), ...settings } = changes
  const lines: string[] = []
  const say = (line: string) => lines.push(line)
  const log: Log = { debug: say, info: say, warn: say, error: say }
  const clock = createManualClock()
  const random = createSeededRandom(7, 'test')
  const configuration = loadConfiguration({
    text: asyncPush,
    set: [`push.customhttp.url=${sink.url}/push`, 'refserver.customhttp-node-path=true', ...set],
    log,
  })
  const server = await startReferenceServer({
    configuration,
    gmsNodes: 1,
    chatServers: 1,
    port: 0,
    controlPort: 0,
    clock,
    agentClock: clock,
    random,
    log,
    ...settings,
  })

  const post = async (path: string, form: Record<string, string>, node = 0): Promise<ChatAnswer> => {
    const response = await fetch(server.urls[node]! + path, { method: 'POST', body: new URLSearchParams(form) })
    return (await response.json()) as ChatAnswer
  }
  return {
    server,
    clock,
    sink,
    lines,
    request: (form, node) => post(service, form, node),
    async chat(mode, userData = {}, node = 0) {
      const data = { ...pushData(mode), ...userData }
      const form = Object.fromEntries(Object.entries(data).map(([key, value]) => [`userData[${key}]`, value]))
      const { chatId, userId, secureKey, alias } = await post(
        service,
        { firstName: 'Ann', lastName: 'Bee', ...form },
        node,
      )
      const tokens = { chatId, userId, secureKey, alias }
      return {
        tokens,
        async ask(operation, fields = {}, at = node) {
          const { chatId: id, ...keys } = tokens
          const answer = await post(`${service}/${id}/${operation}`, { ...keys, ...fields }, at)
          if (answer.secureKey) tokens.secureKey = answer.secureKey
          if (answer.alias) tokens.alias = answer.alias
          return answer
        },
      }
    },
    async control(method, path, body) {
      const response = await fetch(server.control + path, {
        method,
        ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      })
      return { status: response.status, body: await response.json() }
    },
    async settledPosts() {
      const moving = await server.settle(5000)
      if (moving) throw new Error(`not at rest: ${JSON.stringify(moving)}`)
      return sink.posts
    },
    async close() {
      await server.close()
      await sink.close()
    },
  }
}

function pushData(mode: PushMode | 'off'): Record<string, string> {
  if (mode === 'off') return { GCTI_Chat_AsyncMode: 'true' }
  return {
    GCTI_Chat_AsyncMode: 'true',
    GCTI_Chat_PushSubscribe: 'true',
    GCTI_GMS_PushDeviceId: 'dev-0001',
    GCTI_GMS_PushDeviceType: 'customhttp',
    GCTI_GMS_PushIncludePayload: String(mode !== 'device-id'),
    GCTI_GMS_PushResend: String(mode === 'reliable'),
  }
}
