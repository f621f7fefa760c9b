import type { TraceRecord } from '../../protocol/stream/trace.ts'
import type { ManualClock, TranscriptStore } from '../actors.ts'
import { loadConfiguration } from '../configuration/configuration.ts'
import type { FaultGate } from '../faults/gate.ts'
import type { Log } from '../log.ts'
import type { ChatOperation, ChatOutcome, ChatRequest, CometNotice, PushNotice, ServerToNode } from '../messages.ts'
import { createManualClock } from '../time/manual-clock.ts'
import { createSeededRandom } from '../time/seeded-random.ts'
import { createChatServer } from './chat-server.ts'

export type Answer = Extract<ChatOutcome, { kind: 'ok' }>

export const pushData = {
  GCTI_Chat_PushSubscribe: 'true',
  GCTI_GMS_PushDeviceId: 'cg-run-0-0',
  GCTI_GMS_PushDeviceType: 'customhttp',
  GCTI_GMS_PushIncludePayload: 'true',
}
export const reliableData = { ...pushData, GCTI_GMS_PushResend: 'true' }
export const asyncData = { GCTI_Chat_AsyncMode: 'true' }

const base = '[settings]\nflex-push-on-join = true\n'

/** A Chat Server on a manual clock with one node, for the tests of this folder. */
export function startTestServer(
  options: {
    ini?: string
    dbid?: number
    node?: string | undefined
    clock?: ManualClock
    store?: TranscriptStore
  } = {},
) {
  const clock = options.clock ?? createManualClock()
  const lines: string[] = []
  const write = (line: string) => void lines.push(line)
  const log: Log = { debug: write, info: write, warn: write, error: write }
  const configuration = loadConfiguration({ text: base + (options.ini ?? ''), log })
  const trace: TraceRecord[] = []
  let gate: FaultGate | undefined
  const server = createChatServer({
    dbid: options.dbid ?? 201,
    configuration,
    clock,
    random: createSeededRandom(options.dbid ?? 1, 'test'),
    log,
    tracer: () => ({ record: record => void trace.push(record) }),
    faults: () => gate,
    ...(options.store ? { store: options.store } : {}),
  })
  server.start()
  const node = connectNode()

  function connectNode(name = 'node-1', cluster = 'A', registers = true) {
    const notices: PushNotice[] = []
    const comet: CometNotice[] = []
    let reply: ChatOutcome | undefined
    let isClosed = false
    const receive = (message: ServerToNode) => {
      if (message.kind === 'notify') notices.push(message.notice)
      else if (message.kind === 'reply') reply = message.outcome
      else comet.push(message)
    }
    const connection = server.connect({ send: receive }, () => {
      isClosed = true
    })!
    if (registers) connection.send({ kind: 'register', node: name, cluster })
    let id = 0
    return {
      notices,
      comet,
      connection,
      isClosed: () => isClosed,
      request(request: ChatRequest, mayRestore = false): ChatOutcome {
        connection.send({ kind: 'request', id: ++id, node: name, request, mayRestore })
        return reply!
      },
    }
  }

  function startChat(userData: Record<string, string> = {}, more: Partial<ChatRequest> = {}) {
    const answer = node.request({
      operation: 'requestChat',
      service: 'customer-support',
      chatId: '',
      userId: '',
      secureKey: '',
      nickname: 'Ann',
      nodeGroup: 'A',
      userData,
      ...more,
    })
    if (answer.kind !== 'ok') throw new Error(`request chat was refused: ${answer.reason}`)
    const tokens = { chatId: answer.chatId, userId: answer.userId!, secureKey: answer.secureKey! }
    const ask = (operation: ChatOperation, fields: Partial<ChatRequest> = {}): ChatOutcome =>
      node.request({ operation, service: 'customer-support', ...tokens, ...fields })
    const ok = (operation: ChatOperation, fields: Partial<ChatRequest> = {}): Answer => {
      const outcome = ask(operation, fields)
      if (outcome.kind !== 'ok') throw new Error(`${operation} was refused: ${outcome.reason}`)
      return outcome
    }
    const view = () => server.desk.view(answer.chatId)!
    return {
      ...tokens,
      answer,
      ask,
      ok,
      view,
      agent: (nickname = 'Bob') => server.desk.join(answer.chatId, nickname)!,
      customer: () => view().parties[0]!,
      types: () => view().transcript.map(event => event.type),
    }
  }

  return {
    server,
    clock,
    configuration,
    lines,
    trace,
    node,
    desk: server.desk,
    connectNode,
    startChat,
    plant: (planted: FaultGate | undefined) => {
      gate = planted
    },
    seconds: (seconds: number) => clock.advance(seconds * 1000),
    set: (option: string, value: string | undefined, section = 'settings') => configuration.set(section, option, value),
  }
}
