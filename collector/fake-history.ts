import { customerText } from '../protocol/chat/customer-text.ts'
import type { ChatEvent } from '../protocol/chat/event.ts'
import { type DeviceId, writeDeviceId } from '../protocol/device-id.ts'
import { writeMarker } from '../protocol/marker.ts'
import { isPushed, type PushMode } from '../protocol/push/mode.ts'
import { seededUniform } from '../protocol/seeded.ts'
import type { ShardOperation, ShardRow } from '../protocol/stream/shard-stream.ts'
import { run } from './fake-messages.ts'
import { createTimeline } from './fake-timeline.ts'

/** Some chats on a target that makes no mistake, as rows of one shard and POSTs at the receiver, in virtual time. */
export interface FakeHistory {
  /** `comet`: chats over CometD, where nobody is pushed. */
  mode: PushMode | 'comet'
  notifyRequestor: boolean
  rows: FakeRow[]
  posts: FakePost[]
}

export type PushedHistory = FakeHistory & { mode: PushMode }

export interface FakeRow {
  row: ShardRow
  answer: Record<string, unknown> & { messages?: ChatEvent[]; nextPosition?: number }
}

export interface FakePost {
  session: number
  receivedMs: number
  body: { deviceId: string; message?: Record<string, unknown> & { nextPosition: number; messages: ChatEvent[] } }
  /** What it announces, and which of its notices it is. */
  event: ChatEvent
  attempt: number
}

export interface FakeHistoryOptions {
  seed: number
  mode: PushMode
  notifyRequestor?: boolean
  shard?: number
}

export const startMs = 1_795_220_000_000
export const resendDelayMs = 2_000
export const sessions = 5
const actionsOfSession = 36
/** Both parties have come and gone by then. */
export const endMs = startMs + 60_000

export function fakeHistory({ seed, mode, notifyRequestor = false, shard = 0 }: FakeHistoryOptions): PushedHistory {
  const history: PushedHistory = { mode, notifyRequestor, rows: [], posts: [] }
  for (let session = 0; session < sessions; session += 1)
    chat(history, { run, shard, session }, seededUniform(seed, `${mode} ${session}`))
  history.rows.sort((a, b) => a.row.answered - b.row.answered)
  history.posts.sort((a, b) => a.receivedMs - b.receivedMs)
  return history
}

function chat({ mode, notifyRequestor, rows, posts }: PushedHistory, place: DeviceId, uniform: () => number): void {
  const { session } = place
  const between = (low: number, high: number) => low + uniform() * (high - low)
  const { at, nowMs, play } = createTimeline(startMs)
  const customer = { nickname: 'Ann', participantId: 1, type: 'Client' } as const
  const agent = { nickname: 'Bob', participantId: 2, type: 'Agent' } as const
  const tokens = {
    alias: '201',
    chatId: `0001Abc123DEF00${session}`,
    userId: `0A1B2C3D4E5F000${session}`,
    secureKey: '0011aa22bb33cc44dd55',
  }
  const events: ChatEvent[] = []
  const sequences = { a: 0, c: 0 }
  let laneFreeMs = 0
  /** The client has asked for all below; the node has handed out all below. */
  let known = 1
  let retrieved = 2
  let repetition = 0
  let refresh: { isOpen: boolean; triggeredMs: number } = { isOpen: false, triggeredMs: 0 }

  const nextPosition = () => events.length + 1

  function happen(event: Omit<ChatEvent, 'index' | 'utcTime'>): ChatEvent {
    const whole = { ...event, index: nextPosition(), utcTime: Math.floor(nowMs() / 1000) * 1000 } as ChatEvent
    events.push(whole)
    const isOwn = event.from.participantId === 1
    if ((!isOwn || notifyRequestor) && isPushed(event.type, mode)) announce(whole, 0)
    return whole
  }

  function announce(event: ChatEvent, attempt: number): void {
    laneFreeMs = Math.max(laneFreeMs + 0.5, nowMs() + between(2, 20))
    const isOver = event.type === 'ParticipantLeft'
    const deviceId = writeDeviceId(place)
    const message = {
      secureKey: 'opaque-cometd-key',
      chatId: 'deprecated',
      nextPosition: nextPosition(),
      messages: [mode === 'payload' ? event : notice(event, attempt, isOver ? -1 : retrieved)],
      alias: '0',
      chatEnded: isOver,
      userId: 'deprecated',
      statusCode: 0,
      monitored: false,
    }
    const body = mode === 'device-id' ? { deviceId } : { deviceId, message: structuredClone(message) }
    const receivedMs = laneFreeMs
    posts.push({ session, receivedMs, body, event, attempt })
    if (isOver) return
    at(receivedMs, () => triggered(receivedMs))
    const id = ++repetition
    if (mode === 'reliable')
      at(nowMs() + resendDelayMs, () => {
        if (id === repetition) announce(event, attempt + 1)
      })
  }

  const notice = ({ utcTime }: ChatEvent, attempt: number, position: number): ChatEvent => ({
    from: { nickname: '', participantId: 0, type: 'Client' },
    index: 0,
    text: 'PUSH-NOTIFICATION',
    type: 'PushUrl',
    utcTime,
    userData: {
      'notify-attempt': String(attempt),
      'notify-position': String(position),
      'user-id': tokens.userId,
      'session-id': tokens.chatId,
    },
  })

  function triggered(receivedMs: number): void {
    if (refresh.triggeredMs === 0) refresh.triggeredMs = receivedMs
    // A client that is slow now and then is reminded.
    const delayMs = uniform() < 0.06 ? resendDelayMs * 1.3 : between(1, 10)
    at(nowMs() + delayMs, pull)
  }

  function pull(): void {
    if (refresh.isOpen || refresh.triggeredMs === 0) return
    const { triggeredMs } = refresh
    refresh = { isOpen: true, triggeredMs: 0 }
    request('refresh', { position: known, triggered: triggeredMs, planned: triggeredMs }, () => {
      refresh.isOpen = false
      pull()
    })
  }

  function request(operation: ShardOperation, more: Partial<ShardRow>, then = () => {}): void {
    const sent = nowMs()
    const row = { ...emptyRow, session, operation, planned: sent - 0.2, ready: sent - 0.2, sent, ...more }
    if (row.ready < row.planned) row.ready = row.planned
    at(sent + between(0.5, 4), () => {
      const answer = served(row)
      at(nowMs() + between(0.5, 4), () => {
        row.answered = nowMs()
        rows.push({ row, answer })
        if (row.position > 0) known = Math.max(known, answer.nextPosition ?? 0)
        then()
      })
    })
  }

  function served({ operation, position, planned, sequence }: ShardRow): FakeRow['answer'] {
    if (operation === 'requestChat') happen({ from: customer, type: 'ParticipantJoined' })
    if (operation === 'send') {
      const text = customerText({ ...place, side: 'c', sequence, plannedMs: planned, latenessUs: 200 })
      happen({ from: customer, type: 'Message', text })
    }
    if (operation === 'disconnect') {
      const userData = { 'quit-reason-code': '0' }
      if (notifyRequestor) happen({ from: customer, type: 'ParticipantLeft', userData })
      return { statusCode: 0, chatEnded: true, messages: [] }
    }
    const from = operation === 'requestChat' ? 1 : position < 0 ? nextPosition() : position
    if (position > 0) {
      retrieved = nextPosition()
      repetition += 1
    }
    const messages = structuredClone(events.filter(({ index }) => index >= from))
    return { statusCode: 0, chatEnded: false, ...tokens, messages, nextPosition: nextPosition() }
  }

  function act(): void {
    const die = uniform()
    if (die < 0.5) {
      // Whole microseconds, as markers have them.
      const plannedMs = Math.round((nowMs() - 0.25) * 1000) / 1000
      const marker = { ...place, side: 'a', sequence: ++sequences.a, plannedMs, latenessUs: 250 } as const
      happen({ from: agent, type: 'Message', text: `${writeMarker(marker)}good morning` })
    } else if (die < 0.65) happen({ from: agent, type: die < 0.6 ? 'TypingStarted' : 'TypingStopped' })
    else if (die < 0.9) {
      const planned = Math.round((nowMs() - 0.2) * 1000) / 1000
      request('send', { sequence: ++sequences.c, planned })
    } else request('ping', { position: known })
  }

  at(startMs + between(0, 2_000), () =>
    request('requestChat', {}, () => {
      known = 2
      at(nowMs() + between(20, 200), () => happen({ from: agent, type: 'ParticipantJoined' }))
      let actMs = nowMs() + 400
      // Now and then two in a row, so that pushes wait for each other.
      for (let action = 0; action < actionsOfSession; action += 1) {
        actMs += uniform() < 0.3 ? between(1, 5) : between(100, 1_500)
        at(actMs, act)
      }
    }),
  )
  at(endMs - 6_000, () => request('finalRefresh', { position: 1 }))
  at(endMs - 3_000, () => request('disconnect', {}))
  play()
}

const emptyRow = {
  session: 0,
  status: 200,
  errorCode: 0,
  answered: 0,
  position: -1,
  sequence: -1,
  triggered: 0,
  unsent: 0 as const,
}
