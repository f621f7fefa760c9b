import { type BayeuxMessage, isEvent, parseCallback, parseMessages } from '../../../protocol/bayeux/message.ts'
import type { HttpAnswer } from '../http.ts'

/** What came back for one request: over HTTP the answer, over WebSocket the frames up to the last of its replies. */
export interface Reception {
  /** 0 over WebSocket. */
  status: number
  /** Names in lower case; {} over WebSocket. */
  headers: Readonly<Record<string, string>>
  text: string
  /** [] when they are none. */
  messages: readonly BayeuxMessage[]
  events: readonly BayeuxMessage[]
  replies: readonly BayeuxMessage[]
  /** The first one; {} without any. */
  reply: BayeuxMessage
}

/** A request under way; it may be held, so that a story looks before it waits. */
export type Asked = Promise<Reception> & {
  readonly isAnswered: boolean
  /** Cuts the connection; over WebSocket that of the whole session. */
  abort(): void
}

export function readReception({ status, headers, text }: Omit<HttpAnswer, 'bytes'>, callback?: string): Reception {
  const messages =
    status === 200 ? ((callback === undefined ? parseMessages(text) : parseCallback(text, callback)) ?? []) : []
  return { status, headers, text, ...sorted(messages) }
}

export function readFrames(texts: readonly string[]): Reception {
  return { status: 0, headers: {}, text: texts.join('\n'), ...sorted(texts.flatMap(text => parseMessages(text) ?? [])) }
}

function sorted(messages: readonly BayeuxMessage[]) {
  const replies = messages.filter(each => !isEvent(each))
  return { messages, events: messages.filter(isEvent), replies, reply: replies[0] ?? {} }
}

/** @param answer settles when it is there; failures are told to whoever waits. */
export function asked(answer: Promise<Reception>, abort: () => void): Asked {
  let isAnswered = false
  const promise = answer.finally(() => {
    isAnswered = true
  })
  // A request that a story cuts off, or looks at no more, fails for nobody.
  promise.catch(() => {})
  return Object.defineProperties(promise, { isAnswered: { get: () => isAnswered }, abort: { value: abort } }) as Asked
}

/** `/meta/connect ok`, `/foo 402::Unknown client`, `event /foo`. */
export function describeMessages(messages: readonly BayeuxMessage[]): string {
  if (messages.length === 0) return 'no messages'
  const told = messages.slice(0, 4).map(each => {
    if (isEvent(each)) return `event ${each.channel}`
    return `${each.channel} ${each.successful === true ? 'ok' : each.error}`
  })
  return [...told, ...(messages.length > 4 ? [`${messages.length - 4} more`] : [])].join(', ')
}
