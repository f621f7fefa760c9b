import type { Carrier } from './carrier.ts'
import type { Core } from './core.ts'
import type { BayeuxMessage } from './message.ts'
import type { Session } from './session.ts'

/** All that leaves the server leaves here, so that a planted fault can act on it. */
export function send(
  core: Core,
  carrier: Carrier,
  session: Session | undefined,
  events: readonly string[],
  replies: readonly string[],
): void {
  const change = core.fault?.()?.bayeuxOut
  if (!change) {
    write(core, carrier, session, events, replies)
    return
  }
  const messages = [...events, ...replies].map(text => JSON.parse(text) as BayeuxMessage)
  const changed = change(messages, { transport: carrier.transport, clientId: session?.clientId })
  if (changed === undefined) carrier.fail()
  else if (changed.length > 0) {
    const texts = changed.map(message => JSON.stringify(message))
    const firstReply = changed.findIndex(message => 'successful' in message)
    // Out of order only in the order in which the fault wants them.
    const at = firstReply < 0 ? texts.length : firstReply
    write(core, carrier, session, texts.slice(0, at), texts.slice(at))
  }
}

function write(
  { onWrite }: Core,
  carrier: Carrier,
  session: Session | undefined,
  events: readonly string[],
  replies: readonly string[],
): void {
  if (onWrite && session && events.length > 0) onWrite(session, events)
  carrier.send(events, replies)
}
