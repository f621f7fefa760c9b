import { isPlanted } from '../../faults/is-planted.ts'
import type { Carrier } from './carrier.ts'
import { connect } from './connect.ts'
import type { Core } from './core.ts'
import { endIfBlocked, flush } from './deliver.ts'
import { disconnect } from './disconnect.ts'
import { sayFarewell } from './dismiss.ts'
import { errors } from './errors.ts'
import { withExt } from './ext.ts'
import { handshake } from './handshake.ts'
import { type BayeuxMessage, hasLegalId } from './message.ts'
import { publish } from './publish.ts'
import { drain } from './queue.ts'
import { adviseHandshake, failure } from './reply.ts'
import { send } from './send.ts'
import type { Session } from './session.ts'
import { showLife } from './session-life.ts'
import { sessionOf } from './session-of.ts'
import { subscribe, unsubscribe } from './subscribe.ts'
import { readTimesync, timesyncMember } from './timesync.ts'

/**
 * One request or frame: all its messages in order, then the events that they caused and the replies (BX-100). Over HTTP
 * that is one response, unless a lone connect is held.
 * @returns why the whole is refused; nothing has happened then.
 */
export function exchange(core: Core, carrier: Carrier, asked: BayeuxMessage[]): string | undefined {
  const messages = core.fault?.()?.bayeuxIn?.(asked, carrier) ?? asked
  const first = messages[0]
  if (!first) return 'nothing to answer'
  if (messages.length > 1 && messages.some(isHandshake)) return 'a handshake travels alone'
  const session = isHandshake(first) ? undefined : sessionOf(core, carrier, first)
  if (session?.isEnded) return sayFarewell(core, carrier, session, messages)
  // What a connect finds waiting is its own to send.
  if (session && first.channel !== '/meta/connect') session.isBatching = true
  const replies: string[] = []
  let isHeld = false
  let isConnectAnswered = false
  try {
    for (const message of messages) {
      const isConnect = message.channel === '/meta/connect'
      const reply = answer(core, ownerOf(session, message), message, carrier, messages.length === 1)
      if (reply === undefined) isHeld = true
      else {
        isConnectAnswered ||= isConnect
        replies.push(reply)
      }
    }
  } finally {
    if (session) session.isBatching = false
  }
  finish(core, carrier, session, replies, isHeld, isConnectAnswered)
  return undefined
}

function isHandshake({ channel }: BayeuxMessage): boolean {
  return channel === '/meta/handshake'
}

/** One session per request: messages of another one in the same batch are unknown here (BX-101). */
function ownerOf(session: Session | undefined, { clientId }: BayeuxMessage): Session | undefined {
  return session && !session.isEnded && session.clientId === clientId ? session : undefined
}

function answer(
  core: Core,
  session: Session | undefined,
  message: BayeuxMessage,
  carrier: Carrier,
  isAlone: boolean,
): string | undefined {
  const reply = replyTo(core, session, message, carrier, isAlone)
  // Those of a connect are added when it leaves, those of a handshake with what else it agrees on.
  const isTimed = core.options.timesync && timedChannels.has(message.channel)
  if (!isTimed || reply === undefined) return reply
  const nowMs = core.clock.now()
  return withExt(reply, timesyncMember(readTimesync(message, nowMs), nowMs))
}

const timedChannels: ReadonlySet<unknown> = new Set(['/meta/subscribe', '/meta/unsubscribe', '/meta/disconnect'])

function replyTo(
  core: Core,
  session: Session | undefined,
  message: BayeuxMessage,
  carrier: Carrier,
  isAlone: boolean,
): string | undefined {
  const { channel } = message
  if (typeof channel !== 'string') return failure(message, errors.channelMissing)
  if (!hasLegalId(message)) return failure(message, errors.idInvalid)
  if (channel === '/meta/handshake') return handshake(core, message, carrier)
  // Only who connects is told what to do: others learn it from their own next connect (table A6).
  if (!session) return failure(message, core.texts.unknownSession, channel === '/meta/connect' ? adviseHandshake : '')
  if (channel === '/meta/connect') return connect(core, session, message, carrier, isAlone)
  if (channel === '/meta/disconnect') return disconnect(core, session, message)
  showLife(core, session)
  if (channel === '/meta/subscribe') return subscribe(core, session, message)
  if (channel === '/meta/unsubscribe') return unsubscribe(core, session, message)
  return publish(core, session, message, channel)
}

function finish(
  core: Core,
  carrier: Carrier,
  session: Session | undefined,
  replies: readonly string[],
  isHeld: boolean,
  isConnectAnswered: boolean,
): void {
  const isSocket = carrier.transport === 'websocket'
  if (isHeld && !isSocket) return
  // BX-134, BX-162: over callback-polling, and to who acknowledges, events go with a connect only.
  const takesEvents =
    session &&
    (isConnectAnswered ||
      ((carrier.transport !== 'callback-polling' || isPlanted(core.fault, 'events-with-any-callback')) &&
        (session.ack === undefined || isPlanted(core.fault, 'ack-delivers-at-once'))))
  const events = takesEvents ? drain(core, session) : []
  if (events.length > 0 || replies.length > 0) send(core, carrier, session, events, replies)
  endIfBlocked(core, carrier, session)
  if (session && !takesEvents) flush(core, session)
}
