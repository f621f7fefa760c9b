import { type BayeuxMessage, isMeta } from '../../bayeux/message.ts'
import { type Violation, violation } from '../../violation.ts'
import { type AnswerWatch, createAnswerWatch } from './answers.ts'
import { checkChannels, checkPlaces, noMessages } from './beside.ts'
import { checkReceived } from './shape.ts'

/** A request that our client has sent; `isAtOnce` where a connect asked not to be held. */
export interface AskedMessage {
  id: string
  channel: string
  isAtOnce: boolean
}

/** What came together: a frame of a WebSocket, or the messages of an HTTP response. */
export interface Arrival {
  /** From 1, of this customer: what is missing shows. */
  ordinal: number
  /** Number of the WebSocket, 0 = an HTTP response, which answers what its request asked and nothing else. */
  socket: number
  /** Asked on this WebSocket since the arrival before, or by this request. */
  asked: readonly AskedMessage[]
  /** Places in `messages` of those that are looked at elsewhere. */
  told: ReadonlySet<number>
  /** undefined = it is no array of at least one object. */
  messages: readonly BayeuxMessage[] | undefined
  text: string
}

/** Holds one customer's arrivals against what it has asked, over all of its connections. */
export interface ArrivalWatch {
  came(arrival: Arrival): { shape: Violation[]; rules: Violation[] }
}

/** One connection: a WebSocket, or one HTTP request with its response. */
interface Connection {
  answers: AnswerWatch
  /** Connects that asked not to be held. */
  probes: Set<string>
  /** All that was asked on it is known. */
  isWhole: boolean
  hasLeft: boolean
}

export function createArrivalWatch(): ArrivalWatch {
  let last = 0
  let socket = 0
  let connection: Connection | undefined
  let chatChannel: string | undefined

  function connectionOf(arrival: Arrival): Connection {
    const isNext = arrival.ordinal === last + 1
    last = arrival.ordinal
    if (arrival.socket === 0) return open(false, true)
    // What went over an earlier one was lost with it.
    if (!connection || socket !== arrival.socket) connection = open(true, isNext)
    socket = arrival.socket
    // Who has not seen all that was asked cannot tell what belongs to nothing.
    if (!isNext) connection.isWhole = false
    return connection
  }

  function ask({ answers, probes }: Connection, asked: readonly AskedMessage[]): void {
    // That our own client asks one connect at a time is its own affair; being late is a latency.
    answers.sent(
      asked.map(({ id, channel }) => ({ id, channel })),
      0,
      Number.POSITIVE_INFINITY,
    )
    for (const { id, channel, isAtOnce } of asked) {
      if (isAtOnce) probes.add(id)
      if (!isMeta(channel)) chatChannel = channel
    }
  }

  return {
    came(arrival) {
      const { messages, told, asked } = arrival
      const on = connectionOf(arrival)
      ask(on, asked)
      if (!messages) return { shape: [noMessages(arrival.socket, arrival.text)], rules: [] }
      const shape = messages.flatMap((each, at) => (told.has(at) ? [] : checkReceived(each)))
      const rules = [
        ...checkPlaces(messages),
        ...checkChannels(messages, chatChannel),
        ...checkProbes(messages, on),
        ...(on.isWhole ? on.answers.received(messages, 0) : []),
      ]
      if (on.isWhole) rules.push(...(arrival.socket === 0 ? on.answers.finish() : checkLeaving(messages, on)))
      return { shape, rules }
    },
  }
}

function open(isSocket: boolean, isWhole: boolean): Connection {
  return { answers: createAnswerWatch(isSocket), probes: new Set(), isWhole, hasLeft: false }
}

function checkProbes(messages: readonly BayeuxMessage[], { probes }: Connection): Violation[] {
  return messages.flatMap(({ channel, successful, advice, id }, at) => {
    if (channel !== '/meta/connect' || !probes.delete(String(id))) return []
    if (successful !== true || advice !== undefined) return []
    const what = 'A connect with a timeout of 0 was answered without advice'
    return [violation('BX-042', what, 'no advice', 'an advice', `/${at}/advice`)]
  })
}

/** A WebSocket keeps the order: what was asked before the disconnect is answered before it, but for the held connect. */
function checkLeaving(messages: readonly BayeuxMessage[], on: Connection): Violation[] {
  const found: Violation[] = []
  for (const [at, { channel, successful, advice }] of messages.entries()) {
    if (channel === '/meta/disconnect' && successful === true) {
      on.hasLeft = true
      found.push(...on.answers.finish('/meta/connect'))
    } else if (on.hasLeft && channel === '/meta/connect' && advice?.reconnect !== 'none') {
      const what = 'The held connect was answered after the disconnect without being told to end'
      found.push(violation('BX-111', what, advice?.reconnect, 'advice to reconnect "none"', `/${at}/advice`))
    }
  }
  return found
}
