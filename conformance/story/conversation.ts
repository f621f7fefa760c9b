import { maskKeys } from './mask-keys.ts'

/** One thing that happened in a story, as a failure prints it. */
export interface Turn {
  /** One line: `customer sends "hello" → 200, statusCode 0, nextPosition 3`. */
  said: string
  /** As it went over the wire, keys masked; absent for what has no wire form. */
  request?: string
  answer?: string
}

export interface Conversation {
  turns: readonly Turn[]
  say(turn: Turn): void
}

export function createConversation(): Conversation {
  const turns: Turn[] = []
  return {
    turns,
    say({ said, request, answer }) {
      turns.push({
        said: maskKeys(said),
        ...(request === undefined ? {} : { request: maskKeys(request) }),
        ...(answer === undefined ? {} : { answer: maskKeys(answer) }),
      })
    },
  }
}
