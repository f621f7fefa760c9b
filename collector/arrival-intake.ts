import { type BayeuxMessage, isEvent, isMeta } from '../protocol/bayeux/message.ts'
import { createArrivalWatch } from '../protocol/checks/bayeux/arrivals.ts'
import { checkErrorForm } from '../protocol/checks/bayeux/shape.ts'
import { readArrival } from '../protocol/stream/bayeux-arrival.ts'
import type { ShardRow } from '../protocol/stream/shard-stream.ts'
import { type Violation, violation } from '../protocol/violation.ts'
import { countKind, type RunContext } from './run-context.ts'
import type { Session } from './session.ts'

/**
 * Bayeux messages that came together, but for the notifications among them, which have rows of their own: replies to
 * handshake, connect, subscribe, publish and disconnect, and what carries the answers of the chat. `body` undefined: they
 * were lost on their way to us.
 */
export function takeArrival(context: RunContext, shard: number, row: ShardRow, body: string | undefined): void {
  context.coverage.arrivals += 1
  if (body === undefined) return
  const session = context.sessions.of(shard, row.session, context.nowMs())
  const arrival = readArrival(body)
  const { messages = [], told, text } = arrival
  context.coverage.seen.add(row.sequence === 0 ? 'response' : 'frame')
  session.arrivals ??= createArrivalWatch()
  const { shape, rules } = session.arrivals.came({ ...arrival, ordinal: row.position, socket: row.sequence })
  messages.forEach((message, at) => {
    if (told.has(at)) return
    countKind(context, kindOf(message))
    rules.push(...newSession(context, session, message))
    // The exact form is our own server's, and a warning elsewhere.
    if (context.settings.isReference) rules.push(...checkErrorForm(message))
  })
  // Events are looked through with the rows of their own.
  const replies = messages.filter(each => !isEvent(each))
  rules.push(...context.leaks.check(JSON.stringify(replies), session.name))
  const report = { atMs: row.answered, session: session.name, message: text }
  context.counting.add('schema_violations', shape.length)
  context.counting.add('rule_violations', rules.length)
  for (const each of [...shape, ...rules]) context.violations.add({ ...each, ...report })
}

/** BX-021, over all sessions of the run. */
function newSession({ leaks }: RunContext, { name }: Session, message: BayeuxMessage): Violation[] {
  const { channel, successful, clientId } = message
  if (channel !== '/meta/handshake' || successful !== true || typeof clientId !== 'string') return []
  const isAgain = leaks.isKnown(clientId)
  leaks.learn(clientId, name)
  if (!isAgain) return []
  const shown = `${clientId.slice(0, 4)}…`
  return [violation('BX-021', 'A clientId was given twice', shown, 'another one each time', '/clientId')]
}

function kindOf(message: BayeuxMessage): string {
  const { channel } = message
  if (isEvent(message)) return 'bayeux-event'
  if (!isMeta(channel)) return 'bayeux-publish-reply'
  const name = channel!.slice('/meta/'.length)
  return `bayeux-${/^(un)?subscribe$/.test(name) ? 'subscription' : name}-reply`
}
