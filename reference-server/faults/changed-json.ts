import type { Asked, Reply } from './gate.ts'

type Json = Record<string, unknown>

/** A `reply` gate that changes the JSON object of answers to some operations ('' = all) with HTTP 200. */
export function changedAnswer(operation: string, change: (body: Json) => Json): (reply: Reply, asked: Asked) => Reply {
  return (reply, asked) => {
    if (asked.operation === '' || (operation !== '' && asked.operation !== operation) || reply.status !== 200)
      return reply
    return { ...reply, body: JSON.stringify(change(JSON.parse(reply.body) as Json)) }
  }
}

/** The same, for every event of `messages`. */
export function changedEvents(operation: string, change: (event: Json) => Json): (reply: Reply, asked: Asked) => Reply {
  return changedAnswer(operation, body => ({ ...body, messages: ((body.messages ?? []) as Json[]).map(change) }))
}

export function without(body: Json, ...members: string[]): Json {
  return Object.fromEntries(Object.entries(body).filter(([member]) => !members.includes(member)))
}
