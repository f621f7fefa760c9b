import type { AnsweredEvent, ChatAnswer } from '../../protocol/chat/answer.ts'
import type { HttpAnswer } from './http.ts'

/** An answer of the chat API: what came over HTTP, and the members of its JSON object one step nearer. */
export interface Answer extends HttpAnswer {
  /** {} when the body is no JSON object. */
  body: ChatAnswer & Record<string, unknown>
  bytes: Buffer
  statusCode: number | undefined
  chatEnded: boolean | undefined
  /** [] when there is none. */
  messages: readonly AnsweredEvent[]
  nextPosition: number | undefined
  /** Code of the first error. */
  code: number | undefined
}

export function readAnswer(http: HttpAnswer): Answer {
  const body = jsonObject(http.text) as Answer['body']
  const { statusCode, chatEnded, nextPosition } = body
  return {
    ...http,
    body,
    bytes: http.bytes ?? Buffer.from(http.text),
    statusCode,
    chatEnded,
    messages: Array.isArray(body.messages) ? body.messages : [],
    nextPosition,
    code: Array.isArray(body.errors) ? body.errors[0]?.code : undefined,
  }
}

export function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {}
  } catch {
    return {}
  }
}

/** `200, statusCode 0, Message #3, nextPosition 4`. */
export function describeAnswer({ status, body, messages, code, nextPosition, chatEnded }: Answer): string {
  const events = messages.map(event => `${event.type} #${event.index ?? '–'}`)
  const shown = events.length > 6 ? [`${events.length} events up to ${events.at(-1)}`] : events
  return [
    String(status),
    ...(body.statusCode === undefined ? [] : [`statusCode ${body.statusCode}`]),
    ...(code === undefined ? [] : [`code ${code}`]),
    ...(chatEnded === true ? ['chatEnded'] : []),
    ...shown,
    ...(nextPosition === undefined ? [] : [`nextPosition ${nextPosition}`]),
  ].join(', ')
}
