import { once } from 'node:events'
import { connect } from 'node:net'
import type { Log } from '../log.ts'
import type { ChatOutcome, ChatRequest, NodeToServer } from '../messages.ts'
import { type GmsNode, type GmsNodeSettings, startGmsNode } from './gms-node.ts'
import type { NodeOptions } from './node-options.ts'

export const ok: ChatOutcome = {
  kind: 'ok',
  alias: '201',
  chatId: '0001Abc123DEF001',
  userId: '0A1B2C3D4E5F0001',
  secureKey: '0011aa22bb33cc44dd55',
  nextPosition: 2,
  chatEnded: false,
  events: [],
}

export const tokens = { userId: '0A1B2C3D4E5F0001', secureKey: '0011aa22bb33cc44dd55', alias: '201' }

/** What a scripted Chat Server says; 'silent' = nothing. */
export type Script = (request: ChatRequest, mayRestore: boolean) => ChatOutcome | 'silent'

export interface TestNode {
  gms: GmsNode
  /** Requests by the alias of the Chat Server that got them. */
  seen: { alias: string; request: ChatRequest }[]
  messages: NodeToServer[]
  lines: string[]
  addServer(alias: string, script: Script): void
  post(path: string, form?: Record<string, string>, headers?: Record<string, string>): Promise<Answer>
}

export interface Answer {
  status: number
  headers: Headers
  body: unknown
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

const defaultOptions: NodeOptions = {
  hasService: service => service === 'care' || service === 'locked',
  includePayload: () => false,
  credentials: service => (service === 'locked' ? { username: 'ann', password: 'b:c' } : undefined),
  maxMessageBytes: () => 40,
  maxBodyBytes: () => 2000,
  adminCredentials: () => ({ username: 'default', password: 'password' }),
}

/** A real node on a real port, with scripted Chat Servers behind it. */
export async function startTestNode(
  options: Partial<NodeOptions> = {},
  more: Pick<GmsNodeSettings, 'files' | 'patience'> = {},
): Promise<TestNode> {
  const lines: string[] = []
  const say: Log['info'] = line => lines.push(line)
  const log: Log = {
    debug: say,
    info: say,
    warn: say,
    error: (line, fields) => lines.push(line, String(fields?.error)),
  }
  const gms = await startGmsNode({
    node: 'gms-1',
    cluster: 'GMS_Cluster',
    notificationMode: true,
    host: '127.0.0.1',
    port: 0,
    options: { ...defaultOptions, ...options },
    log,
    push: () => {},
    ...more,
  })
  const seen: TestNode['seen'] = []
  const messages: NodeToServer[] = []
  return {
    gms,
    seen,
    messages,
    lines,
    addServer(alias, script) {
      gms.connect(alias, {
        send(message) {
          messages.push(message)
          if (message.kind !== 'request') return
          seen.push({ alias, request: message.request })
          const outcome = script(message.request, message.mayRestore === true)
          if (outcome !== 'silent') gms.receive({ kind: 'reply', id: message.id, outcome })
        },
      })
    },
    post: async (path, form = {}, headers = {}) =>
      answerOf(await fetch(gms.url + path, { method: 'POST', body: new URLSearchParams(form), headers })),
  }
}

/** Bytes as they are, for what no HTTP client would send. @returns what came back until the end of the connection. */
export async function sendRaw(port: number, bytes: Buffer | string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', chunk => chunks.push(chunk))
  socket.on('error', () => {})
  socket.end(bytes)
  if (!socket.closed) await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}
