import type { BayeuxMessage, Transport } from '../../protocol/bayeux/message.ts'
import { lossKinds, type ShardRow } from '../../protocol/stream/shard-stream.ts'
import type { CometCustomer } from './comet-customer.ts'
import { createCometCustomers } from './comet-customers.ts'
import type { SessionMode } from './mode-mix.ts'
import type { PlannedSession } from './plan.ts'
import { createShard } from './shard.ts'

/** Test support: a shard whose customers come over CometD, and a server that is played by the test. */
export function cometBench(transport: Exclude<Transport, 'callback-polling'>, mode: SessionMode = 'off') {
  let nowMs = 1_000
  const rows: { row: ShardRow; answer: string }[] = []
  const sent: { customer: CometCustomer; link: number; messages: readonly BayeuxMessage[] }[] = []
  const dropped: number[] = []
  const losses: [atMs: number, kind: string, why: string][] = []
  const arrivals: { row: ShardRow; text: string }[] = []
  const comet = createCometCustomers({
    transport,
    service: 'care',
    notifyRequestor: false,
    startMs: 0,
    now: () => nowMs,
    // Opens at once, but never while it is asked for.
    open: (customer, link) => void queueMicrotask(() => comet.opened(customer, link)),
    send: (customer, link, messages) => void sent.push({ customer, link, messages }),
    drop: (_, link) => void dropped.push(link),
    heard: (session, row, text) => shard.heard(session, row, text),
    arrived: (row, text) => void arrivals.push({ row: { ...row }, text }),
    away: session => shard.away(session),
    back: (session, row, answer) => shard.back(session, row, answer),
    gone: (session, sinceMs) => shard.gone(session, sinceMs),
    lost: ({ answered, sequence }, why) => void losses.push([answered, lossKinds[sequence]!, why]),
  })
  const shard = createShard({
    run: 'abc',
    shard: 0,
    serviceUrls: ['http://a/genesys/2/chat/care'],
    notifyRequestor: false,
    fileBytes: 100,
    now: () => nowMs,
    receiverOffsetMs: () => 0,
    comet,
    report: {
      row: (row, answer) => void rows.push({ row: { ...row }, answer }),
      triggered() {},
      error() {},
      settled: async () => {},
      flush() {},
      state() {},
      end: async () => {},
    },
    post() {
      throw new Error('nothing goes over REST')
    },
  })
  const plan = (session: number): PlannedSession => ({
    ...{ session, slot: session, plannedMs: nowMs, mode, endsBy: 'drain', endsMs: 9e6 },
  })

  /** What was sent and is not answered; the test's server takes it from here. */
  function take(channel: string): { link: number; message: BayeuxMessage; customer: CometCustomer } {
    for (const [at, { customer, link, messages }] of sent.entries()) {
      const message = messages.find(each => each.channel === channel)
      if (!message) continue
      sent.splice(at, 1)
      return { link, message, customer }
    }
    throw new Error(`nothing was sent on ${channel}: ${JSON.stringify(sent.map(({ messages }) => messages))}`)
  }

  const bench = {
    comet,
    shard,
    rows,
    sent,
    dropped,
    arrivals,
    losses,
    at(ms: number) {
      nowMs = ms
      comet.tick(ms)
    },
    /** Operation of each row, in order. */
    did: () => rows.map(({ row }) => row.operation),
    take,
    say(customer: CometCustomer, link: number, ...messages: object[]) {
      comet.came(customer, link, JSON.stringify(messages), nowMs, nowMs)
    },
    /** Answers what was sent on that channel, after these messages. */
    reply(channel: string, more: object = {}, before: object[] = []) {
      const { link, message, customer } = take(channel)
      bench.say(customer, link, ...before, { channel, id: message.id, successful: true, ...more })
      return { link, message, customer }
    },
    /** A chat that is live, its connect held. */
    async live(session: number) {
      shard.requestChat(plan(session))
      await Promise.resolve()
      bench.reply('/meta/handshake', handshake(session))
      const { message } = bench.reply(chatChannel, {}, [answer(2)])
      bench.reply('/meta/connect')
      return { session: shard.sessions.get(session)!, asked: message }
    },
  }
  return bench
}

export const chatChannel = '/service/chatV2/care'

export function handshake(session: number): object {
  const supportedConnectionTypes = ['websocket', 'long-polling']
  return { version: '1.0', clientId: `client${session}`, supportedConnectionTypes }
}

const tokens = { alias: '0', userId: 'deprecated', chatId: 'deprecated', secureKey: 'k' }

export function answer(nextPosition: number, messages: object[] = []): object {
  return { channel: chatChannel, data: { messages, chatEnded: false, statusCode: 0, ...tokens, nextPosition } }
}

export function event(index: number, participantId = 2): object {
  const from = { nickname: 'a', participantId, type: participantId === 1 ? 'Client' : 'Agent' }
  return { from, index, type: 'Message', text: 'hi', utcTime: 1_000 }
}

export function notification(index: number, more: object = {}): object {
  const data = { messages: [event(index)], chatEnded: false, statusCode: 0, ...tokens, nextPosition: index + 1 }
  return { channel: chatChannel, data: { ...data, monitored: false, channel: chatChannel, ...more } }
}
