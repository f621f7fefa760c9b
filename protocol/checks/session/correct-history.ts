import type { AnsweredEvent } from '../../chat/answer.ts'
import type { ChatEvent } from '../../chat/event.ts'
import { writeDeviceId } from '../../device-id.ts'
import { writeMarker } from '../../marker.ts'
import { isPushed, type PushMode } from '../../push/mode.ts'
import type { WatchedAnswer } from './answer.ts'
import type { WatchedPush } from './push.ts'

/**
 * Test support: one session on a server that does everything right, with random activity and random delays, as the
 * stream of answers and pushes that a collector would process. Written from the specification, not from a server.
 */
export type Delivery =
  | { kind: 'answer'; processedMs: number; seen: WatchedAnswer }
  | { kind: 'push'; processedMs: number; seen: WatchedPush }

export interface HistoryOptions {
  seed: number
  mode: PushMode
  notifyRequestor: boolean
  /** Actions of client and agent together. */
  actions: number
  endsBy: 'agent' | 'client' | 'nobody'
}

export const identity = { run: 'a1b2', shard: 3, session: 17 }
export const queueAgeMs = 500
export const resendDelayMs = 1500
const most = 3
const startMs = 1_795_000_000_000

export function correctHistory(options: HistoryOptions): Delivery[] {
  const random = seeded(options.seed)
  const between = (low: number, high: number) => low + random() * (high - low)
  const chance = (share: number) => random() < share
  const timeline: { atMs: number; run: () => void }[] = []
  let now = startMs
  const at = (atMs: number, run: () => void) => {
    const place = timeline.findLastIndex(other => other.atMs <= atMs) + 1
    timeline.splice(place, 0, { atMs, run })
  }

  const skewMs = between(-10, 10)
  const deliveries: Delivery[] = []
  const events: ChatEvent[] = []
  const tokens = {
    alias: '201',
    chatId: '0001Abc123DEF001',
    userId: '0A1B2C3D4E5F0001',
    secureKey: '0011aa22bb33cc44dd55',
  }
  const counts = { index: 0, c: 0, a: 0 }
  let over = false
  let subscribed = false
  let removed = false
  let laneFreeMs = 0
  // Where the reference is silent both readings occur: hidden events at the end retrieved or not, exact or next visible.
  const readings = { hiddenCount: chance(0.5), nextVisible: chance(0.5), joinCounts: chance(0.5) }
  let retrievedTo = 1
  let handedOut = 2
  let waiting: { attempt: number; id: number } | undefined
  let timerId = 0

  const client = { nickname: 'Ann Bee', participantId: 1, type: 'Client' as const }
  const agent = { nickname: 'Ava', participantId: 2, type: 'Agent' as const }
  const marker = (side: 'c' | 'a', plannedMs: number) =>
    writeMarker({ ...identity, side, sequence: ++counts[side], plannedMs, latenessUs: 120 })

  const post = (push: WatchedPush['push'], mode: PushMode) => {
    const receivedMs = Math.max(laneFreeMs, now + between(1, chance(0.1) ? 300 : 20))
    laneFreeMs = receivedMs + between(0.2, 5)
    const previous = deliveries.findLast(({ kind }) => kind === 'push')
    const processedMs = Math.max(previous?.processedMs ?? 0, receivedMs + between(0, 30))
    deliveries.push({
      kind: 'push',
      processedMs,
      seen: { mode, push, lane: 'n1', receivedMs: receivedMs + skewMs, queueAgeMs },
    })
  }
  const deviceId = writeDeviceId(identity)
  const message = (event: ChatEvent, chatEnded: boolean) => ({
    deviceId,
    message: { statusCode: 0, chatEnded, nextPosition: counts.index + 1, messages: [event] as [ChatEvent] },
  })
  const notice = (attempt: number, position: number) => {
    const userData = {
      'notify-attempt': String(attempt),
      'notify-position': String(position),
      'user-id': tokens.userId,
      'session-id': tokens.chatId,
    }
    const from = { nickname: '', participantId: 0, type: 'Client' as const }
    const event = {
      from,
      index: 0,
      text: 'PUSH-NOTIFICATION',
      type: 'PushUrl' as const,
      utcTime: wholeSecond(now),
      userData,
    }
    post(message(event, position === -1), 'reliable')
  }
  const position = () =>
    readings.nextVisible ? (events.find(({ index }) => index >= retrievedTo)?.index ?? retrievedTo) : retrievedTo
  const wait = (attempt: number) => {
    const id = ++timerId
    waiting = { attempt, id }
    at(now + resendDelayMs, () => {
      if (waiting?.id !== id || attempt >= most) return
      notice(attempt + 1, position())
      wait(attempt + 1)
    })
  }

  const append = (event: Omit<ChatEvent, 'index' | 'utcTime'>, chatEnded = false) => {
    const complete = { ...event, index: ++counts.index, utcTime: wholeSecond(now) } as ChatEvent
    if (complete.type !== 'ParticipantLeft' || !['0', '3'].includes(event.userData?.['quit-reason-code'] ?? ''))
      events.push(complete)
    if (!subscribed || removed || !isPushed(event.type, options.mode)) return
    if (event.from.participantId === 1 && event.type !== 'ParticipantLeft' && !options.notifyRequestor) return
    if (options.mode === 'payload') post(message(complete, chatEnded), 'payload')
    else if (options.mode === 'device-id') post({ deviceId }, 'device-id')
    else if (event.type === 'ParticipantLeft' && event.from.participantId === 1) {
      waiting = undefined
      notice(0, -1)
    } else {
      notice(0, position())
      wait(0)
    }
  }
  /** Events at an index that the client never sees (CV2-066). */
  const hide = () => void ++counts.index

  let known = 1
  // Some clients take nextPosition from a send without position and so skip events.
  const careless = chance(0.2)
  let leaving = false
  const request = (operation: string, asked: number, serve: () => WatchedAnswer['answer']) => {
    const sentMs = now
    at(now + between(0.5, chance(0.1) ? 200 : 10), () => {
      const answer = serve()
      at(now + between(0.5, chance(0.1) ? 200 : 10), () => {
        const answeredMs = now
        if (operation !== 'send' || asked > 0 || careless) known = Math.max(known, answer?.nextPosition ?? 0)
        const previous = deliveries.findLast(({ kind }) => kind === 'answer')
        // Rows come in batches, so an answer is mostly processed later than a push.
        const processedMs = Math.max(
          previous?.processedMs ?? 0,
          now + (chance(0.3) ? between(0, 1000) : between(0, 20)),
        )
        deliveries.push({
          kind: 'answer',
          processedMs,
          seen: { operation, position: asked, sentMs, answeredMs, answer },
        })
      })
    })
  }
  const pull = (asked: number): AnsweredEvent[] => {
    const from = asked < 0 ? 1 : asked
    if (from === 0) return []
    const shown = events.filter(({ index }) => index >= from)
    // A client that skips a part has not retrieved it.
    if (from <= handedOut) {
      handedOut = counts.index + 1
      const last = shown.at(-1)?.index ?? 0
      retrievedTo = Math.max(retrievedTo, readings.hiddenCount ? handedOut : last + 1)
    }
    waiting = undefined
    return structuredClone(shown)
  }
  const answered = (messages: AnsweredEvent[]): WatchedAnswer['answer'] =>
    over && removed
      ? { statusCode: 0, chatEnded: true, messages, nextPosition: counts.index + 1 }
      : { statusCode: 0, chatEnded: false, messages, nextPosition: counts.index + 1, ...tokens }
  const gone = () => ({
    statusCode: 2 as const,
    chatEnded: true,
    messages: [],
    errors: [{ code: 249, advice: 'referenceId[1]' }],
  })

  const refresh = (asked: number, operation = 'refresh') => {
    if (leaving) return
    request(operation, asked, () => {
      if (left || (removed && told)) return gone()
      if (removed) told = true
      return answered(pull(asked))
    })
  }
  let told = false
  let left = false

  request('requestChat', -1, () => {
    subscribed = true
    append({ from: client, type: 'ParticipantJoined' })
    const messages = structuredClone(events)
    if (readings.joinCounts) retrievedTo = 2
    at(now + between(5, 300), () => !removed && append({ from: agent, type: 'ParticipantJoined' }))
    return { statusCode: 0, chatEnded: false, messages, nextPosition: counts.index + 1, ...tokens }
  })

  const act = () => {
    const die = random()
    if (die < 0.3)
      append({ from: agent, type: 'Message', text: `${marker('a', now)}ok ${Math.floor(random() * 1000)}` })
    else if (die < 0.4) append({ from: agent, type: chance(0.5) ? 'TypingStarted' : 'TypingStopped' })
    else if (die < 0.5) hide()
    else if (die < 0.7) {
      const text = `${marker('c', now)}line one\n  line two`
      const asked = chance(0.2) ? known : -1
      request('send', asked, () => {
        if (removed || left) return gone()
        append({ from: client, type: 'Message', text })
        return answered(asked > 0 ? pull(asked) : [])
      })
    } else refresh(chance(0.15) ? -1 : chance(0.05) ? 0 : known, chance(0.3) ? 'ping' : 'refresh')
  }
  // The agent's seat is taken before the first action, so that its join is the first of its events.
  let actMs = startMs + 1000
  for (let done = 0; done < options.actions; done++) {
    actMs += chance(0.7) ? between(0, 300) : between(0, 4000)
    at(actMs, () => !removed && !left && act())
  }
  const endMs = actMs + 2000
  if (options.endsBy === 'agent') {
    at(endMs, () => {
      append({ from: agent, type: 'ParticipantLeft' })
      over = true
      append({ from: client, type: 'ParticipantLeft', userData: { 'quit-reason-code': '4' } }, true)
      removed = true
    })
    at(endMs + 700, () => refresh(known))
    at(endMs + 1800, () => refresh(known))
  } else {
    at(endMs, () => refresh(1, 'finalRefresh'))
    if (options.endsBy === 'client')
      at(endMs + 3000, () => {
        leaving = true
        request('disconnect', -1, () => {
          left = true
          if (options.notifyRequestor)
            append({ from: client, type: 'ParticipantLeft', userData: { 'quit-reason-code': '0' } }, true)
          removed = true
          return { statusCode: 0, chatEnded: true, messages: [] }
        })
      })
  }

  for (let next = timeline.shift(); next; next = timeline.shift()) {
    now = next.atMs
    next.run()
  }
  return deliveries.sort((a, b) => a.processedMs - b.processedMs)
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000
}

function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
