import type { BayeuxMessage } from '../protocol/bayeux/message.ts'
import { customerText } from '../protocol/chat/customer-text.ts'
import type { ChatEvent } from '../protocol/chat/event.ts'
import { writeMarker } from '../protocol/marker.ts'
import { seededUniform } from '../protocol/seeded.ts'
import type { ShardOperation, ShardRow } from '../protocol/stream/shard-stream.ts'
import { endMs, type FakeHistory, type FakeRow, sessions, startMs } from './fake-history.ts'
import { run } from './fake-messages.ts'

const channel = '/service/chatV2/care'
const actionsOfSession = 36
/** What is planned before it does not fall into the absence that each customer has. */
const absenceMs = 1_000

/** What came together, as `fakeBody` writes it; told = those with rows of their own. */
export interface FakeArrival {
  asked: BayeuxMessage[]
  told: number[]
  messages: BayeuxMessage[]
}

/**
 * Some chats over CometD, long polling, on a target that makes no mistake. Each customer loses its connection once, every
 * second one by our own doing, and goes on from its last position.
 */
export function fakeCometHistory(seed: number): FakeHistory {
  const history: FakeHistory = { mode: 'comet', notifyRequestor: false, rows: [], posts: [] }
  for (let session = 0; session < sessions; session += 1)
    chat(history.rows, session, seededUniform(seed, `comet ${session}`))
  history.rows.sort((a, b) => a.row.answered - b.row.answered)
  return history
}

function chat(rows: FakeRow[], session: number, uniform: () => number): void {
  const between = (low: number, high: number) => low + uniform() * (high - low)
  const place = { run, shard: 0, session }
  const customer = { nickname: 'Ann', participantId: 1, type: 'Client' } as const
  const agent = { nickname: 'Bob', participantId: 2, type: 'Agent' } as const
  const tokens = { alias: '0', userId: 'deprecated', chatId: 'deprecated', secureKey: `key${session}` }
  const events: ChatEvent[] = []
  const sequences = { a: 0, c: 0 }
  let ids = 0
  let arrivals = 0
  let nowMs = startMs + between(0, 2_000)

  function happen(event: Omit<ChatEvent, 'index' | 'utcTime'>): ChatEvent {
    const whole = { ...event, index: events.length + 1, utcTime: Math.floor(nowMs / 1000) * 1000 } as ChatEvent
    events.push(whole)
    return whole
  }
  const shown = (messages: ChatEvent[], more: object = {}) => ({
    ...{ statusCode: 0, chatEnded: false, ...tokens, messages: structuredClone(messages) },
    ...{ nextPosition: events.length + 1, ...more },
  })

  function add(operation: ShardOperation, answer: object, more: Partial<ShardRow>): void {
    const row: ShardRow = {
      ...{ session, operation, status: 200, errorCode: 0, position: -1, sequence: -1, triggered: 0, unsent: 0 },
      ...{ planned: nowMs, ready: nowMs, sent: nowMs, answered: nowMs, ...more },
    }
    rows.push({ row, answer: answer as FakeRow['answer'] })
  }

  /** The answer to one request of our own, behind what came with it. */
  function arrive(asked: BayeuxMessage, reply: object, before: BayeuxMessage[] = [], told: number[] = []): void {
    const id = String(++ids)
    const messages = [...before, { channel: asked.channel!, id, successful: true, ...reply }]
    const arrival: FakeArrival = { asked: [{ ...asked, id }], told, messages }
    add('arrival', arrival, { position: ++arrivals, sequence: 0 })
  }

  const clientId = `a1b2c3d4e5f6g7h8i9j0k${session}`
  const advice = { reconnect: 'retry', interval: 0, timeout: 30_000 }
  const hands = { version: '1.0', supportedConnectionTypes: ['long-polling'], advice }

  function request(operation: ShardOperation, make: () => object, more: Partial<ShardRow> = {}): void {
    const sent = nowMs
    nowMs += between(2, 8)
    const answer = make()
    add(operation, answer, { planned: sent - 0.2, ready: sent - 0.2, sent, ...more })
    arrive({ channel }, {}, [{ channel, data: structuredClone(answer) }])
  }

  function agentSays(): ChatEvent {
    // Whole microseconds, as markers have them.
    const plannedMs = Math.round((nowMs - between(2, 20)) * 1000) / 1000
    const marker = { ...place, side: 'a', sequence: ++sequences.a, plannedMs, latenessUs: 250 } as const
    return happen({ from: agent, type: 'Message', text: `${writeMarker(marker)}good morning` })
  }

  function notify(event: ChatEvent): void {
    const position = event.index
    const message = { channel, data: { ...shown([event]), monitored: false, channel } }
    add('notification', message, { position, sequence: 1, sent: nowMs - 50 })
    arrive({ channel: '/meta/connect' }, {}, [structuredClone(message)], [0])
  }

  function absence(): void {
    const isOwn = session % 2 === 0
    const lostMs = nowMs
    const position = events.length + 1
    for (const ms of [300, 400]) {
      nowMs = lostMs + ms
      agentSays()
    }
    nowMs = lostMs + absenceMs
    if (isOwn) arrive({ channel: '/meta/handshake' }, { ...hands, clientId: `${clientId}z` })
    arrive({ channel: '/meta/connect', advice: { timeout: 0 } }, { advice })
    const resumed = () => shown(events.slice(position - 1))
    request('resume', resumed, { planned: lostMs, ready: nowMs, sequence: isOwn ? 1 : 0, position })
  }

  arrive({ channel: '/meta/handshake' }, { ...hands, clientId })
  request('requestChat', () => shown([happen({ from: customer, type: 'ParticipantJoined' })]))
  arrive({ channel: '/meta/connect', advice: { timeout: 0 } }, { advice })
  nowMs += 100
  notify(happen({ from: agent, type: 'ParticipantJoined' }))
  for (let action = 0; action < actionsOfSession; action += 1) {
    nowMs += between(100, 1_500)
    if (action === actionsOfSession / 2) absence()
    else if (uniform() < 0.6) notify(agentSays())
    else {
      const marker = { ...place, side: 'c', sequence: ++sequences.c, plannedMs: nowMs - 0.2, latenessUs: 200 } as const
      const said = () => shown([happen({ from: customer, type: 'Message', text: customerText(marker) })])
      request('send', said, { sequence: marker.sequence, planned: marker.plannedMs })
    }
  }
  nowMs = endMs - 6_000 + session * 50
  request('finalRefresh', () => shown(events), { position: 1 })
  nowMs = endMs - 3_000 + session * 50
  request('disconnect', () => ({ statusCode: 0, chatEnded: true, messages: [] }))
  arrive({ channel: '/meta/disconnect' }, {})
}
