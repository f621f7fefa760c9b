import type { FaultGate } from '../faults/gate.ts'
import { isPlanted } from '../faults/is-planted.ts'
import type { ChatOutcome, ChatRequest, Link, NodeToServer, ServerToNode } from '../messages.ts'
import type { Unanswered } from './chat-answer.ts'

export type Done = (outcome: ChatOutcome | Unanswered) => void

/** The Chat Servers that a node is connected with. Any of them may own a session; the alias is only a hint (CV2-106). */
export interface ChatServers {
  connect(alias: string, link: Link<NodeToServer>): void
  /** Requests that it still owes an answer are not tried elsewhere: they may have been executed. */
  disconnect(alias: string): void
  reply(message: ServerToNode & { kind: 'reply' }): void
  /** `done` may be called synchronously. */
  request(request: ChatRequest, alias: string, done: Done): void
  /** A message that has no answer; lost where this Chat Server is not connected. */
  tell(alias: string, message: NodeToServer): void
  links(): Iterable<Link<NodeToServer>>
  pending(): number
}

interface Pending {
  request: ChatRequest
  done: Done
  /** The Chat Server that has it now. */
  at: string
  /** Those that said no, undefined while only one was asked. */
  refusedBy: string[] | undefined
  /** Nobody has the session: who is asked now may look for it in the store. */
  mayRestore: boolean
}

const unanswered: Unanswered = { kind: 'unanswered' }
const notHere: ChatOutcome = { kind: 'refused', reason: 'not-here' }

export function createChatServers(node: string, fault?: () => FaultGate | undefined): ChatServers {
  const links = new Map<string, Link<NodeToServer>>()
  /** Keys of `links`, in the order of connection. */
  let aliases: string[] = []
  const pendingById = new Map<number, Pending>()
  let lastId = 0
  let turn = 0
  let restoreTurn = 0

  const send = (pending: Pending) => {
    const id = ++lastId
    pendingById.set(id, pending)
    links.get(pending.at)!.send({ kind: 'request', id, node, request: pending.request, mayRestore: pending.mayRestore })
  }

  /** CS-123, CV2-104: asks the next one that has not been asked. @returns false when there is none. */
  const tryNext = (pending: Pending): boolean => {
    pending.refusedBy = [...(pending.refusedBy ?? []), pending.at]
    const next = aliases.find(alias => !pending.refusedBy!.includes(alias))
    if (next === undefined) return false
    pending.at = next
    send(pending)
    return true
  }

  /** Once, in turn, when all have said that they do not know the session (CV2-104, CS-081). */
  const tryRestoring = (pending: Pending): boolean => {
    const next = aliases[restoreTurn++ % aliases.length]
    if (pending.mayRestore || next === undefined) return false
    Object.assign(pending, { mayRestore: true, refusedBy: undefined, at: next })
    send(pending)
    return true
  }

  /** New sessions go round; a session goes to the server that its client knows. */
  const firstChoice = (request: ChatRequest, alias: string): string => {
    if (request.operation === 'requestChat') return aliases[turn++ % aliases.length]!
    return links.has(alias) ? alias : aliases[0]!
  }

  return {
    connect(alias, link) {
      links.set(alias, link)
      aliases = [...links.keys()]
    },
    disconnect(alias) {
      if (!links.delete(alias)) return
      aliases = [...links.keys()]
      for (const [id, pending] of pendingById) {
        if (pending.at !== alias) continue
        pendingById.delete(id)
        pending.done(unanswered)
      }
    },
    reply({ id, outcome }) {
      const pending = pendingById.get(id)
      if (!pending) return
      pendingById.delete(id)
      const reason = outcome.kind === 'refused' ? outcome.reason : undefined
      if (reason === 'not-here' && !pending.mayRestore) {
        if (tryNext(pending) || tryRestoring(pending)) return
      } else if ((reason === 'limited' && !isPlanted(fault, 'no-other-instance')) || reason === 'unavailable') {
        if (tryNext(pending)) return
      }
      pending.done(reason === 'unavailable' ? unanswered : outcome)
    },
    request(request, alias, done) {
      if (aliases.length === 0) return done(isPlanted(fault, 'no-instance-is-fatal') ? notHere : unanswered)
      if (!links.has(alias) && request.chatId !== '' && isPlanted(fault, 'dead-alias-refused')) return done(notHere)
      send({ request, done, at: firstChoice(request, alias), refusedBy: undefined, mayRestore: false })
    },
    tell: (alias, message) => links.get(alias)?.send(message),
    links: () => links.values(),
    pending: () => pendingById.size,
  }
}
