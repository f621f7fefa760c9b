import type { BayeuxMessage } from '../../bayeux/message.ts'
import { type Violation, violation } from '../../violation.ts'

/** Which requests of one client were answered: BX-171, BX-174 and BX-175 over all of its links. */
export interface AnswerWatch {
  /** @param holdMs how long the server may hold a connect of this moment. */
  sent(messages: readonly BayeuxMessage[], atMs: number, holdMs: number): Violation[]
  received(messages: readonly BayeuxMessage[], atMs: number): Violation[]
  /** A link is gone, and with it the answers to what went over it. */
  lost(ids: readonly string[]): void
  /** Nothing more comes, but for what may still be held on this channel. */
  finish(heldChannel?: string): Violation[]
}

interface Asked {
  channel: string
  sentMs: number
  limitMs: number
  isSuperseded: boolean
}

/** What a client waits for, beyond the hold time. */
const patienceMs = 10_000
/** Answers that a second one is told by; a session of hours has more than anybody keeps. */
const mostDone = 100

/** @param isSocket there a second connect takes the place of the first, which is then never answered. */
export function createAnswerWatch(isSocket: boolean): AnswerWatch {
  const asked = new Map<string, Asked>()
  const done = new Set<string>()
  let connect: string | undefined

  function sent({ id, channel }: BayeuxMessage, atMs: number, holdMs: number): Violation[] {
    if (id === undefined || channel === undefined) return []
    const isConnect = channel === '/meta/connect'
    asked.set(id, { channel, sentMs: atMs, limitMs: patienceMs + (isConnect ? holdMs : 0), isSuperseded: false })
    if (!isConnect) return []
    const held = connect === undefined ? undefined : asked.get(connect)
    connect = id
    if (!held) return []
    held.isSuperseded = isSocket
    const what = 'A connect was sent while another one was under way'
    return [violation('BX-174', what, 'two connects', 'one connect at a time')]
  }

  function received({ id, channel, successful }: BayeuxMessage, atMs: number): Violation[] {
    if (id === undefined || successful === undefined) return []
    const key = String(id)
    const request = asked.get(key)
    if (!request) {
      const what = done.has(key) ? 'A request was answered twice' : 'An answer belongs to no request'
      return [violation('BX-171', what, `${channel} with id ${key}`, 'one answer to each request', '/id')]
    }
    asked.delete(key)
    done.add(key)
    if (done.size > mostDone) done.delete(done.values().next().value!)
    if (connect === key) connect = undefined
    const found: Violation[] = []
    if (channel !== undefined && channel !== request.channel)
      found.push(violation('BX-171', 'An answer has another channel', channel, request.channel, '/channel'))
    if (request.isSuperseded)
      found.push(violation('BX-171', 'A connect that another one replaced was answered', `id ${key}`, 'no answer'))
    const tookMs = Math.round(atMs - request.sentMs)
    if (tookMs > request.limitMs)
      found.push(violation('BX-175', `${request.channel} was answered late`, `${tookMs} ms`, `${request.limitMs} ms`))
    return found
  }

  return {
    sent: (messages, atMs, holdMs) => messages.flatMap(each => sent(each, atMs, holdMs)),
    received: (messages, atMs) => messages.flatMap(each => received(each, atMs)),
    lost(ids) {
      for (const id of ids) {
        asked.delete(id)
        if (connect === id) connect = undefined
      }
    },
    finish(heldChannel) {
      const open = [...asked].filter(([, { isSuperseded, channel }]) => !isSuperseded && channel !== heldChannel)
      return open.map(([id, { channel }]) =>
        violation('BX-171', `${channel} was not answered`, 'no answer', `an answer with id ${id}`),
      )
    },
  }
}
