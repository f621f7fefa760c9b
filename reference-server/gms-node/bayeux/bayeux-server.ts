import type { Clock } from '../../clock.ts'
import type { FaultGate } from '../../faults/gate.ts'
import type { Log } from '../../log.ts'
import type { Random } from '../../random.ts'
import { createDeadlineHeap } from '../../time/deadline-heap.ts'
import type { BayeuxOptions } from './bayeux-options.ts'
import type { Carrier } from './carrier.ts'
import type { Core, EndReason, ServiceHandler } from './core.ts'
import { deliver } from './deliver.ts'
import { dismiss } from './dismiss.ts'
import { errorTexts } from './errors.ts'
import { exchange } from './exchange.ts'
import { release } from './hold-connect.ts'
import type { BayeuxMessage } from './message.ts'
import { eventText } from './reply.ts'
import type { Session } from './session.ts'
import { forget, wakeAt } from './session-life.ts'
import { createSubscriptions } from './subscriptions.ts'

/**
 * A Bayeux server without sockets (rules BX-001 ff.): no I/O, time and chance from outside, one timer for all sessions.
 *
 * A transport reads a body or a frame (`readMessages`) and gives it to `exchange` together with a `Carrier`, where answers
 * and events go. `http-endpoint.ts` and `web-socket.ts` are all that knows sockets.
 *
 * A service registers a channel and gets what is published there; to answer it delivers to the publisher's session:
 *
 *     bayeux.onService('/service/echo', (session, data, channel) => bayeux.deliver(session, channel, data))
 *
 * `/service/chatV2/` with its last slash takes all channels one level below. A session may be kept and delivered to at any
 * time, until `onEnd` tells that it is gone; after that deliveries do nothing. What is delivered before the handler returns
 * travels with the publish's own reply, everything else with the held connect or the next answer.
 */
export interface BayeuxServer {
  readonly options: BayeuxOptions
  /** @returns why the whole request is refused, undefined when it was taken. */
  exchange(carrier: Carrier, messages: BayeuxMessage[]): string | undefined
  onService(channel: string, handler: ServiceHandler): void
  /** Called once for each session that has ended. */
  onEnd(listener: (session: Session, reason: EndReason) => void): void
  deliver(session: Session, channel: string, data: unknown): void
  /** For who has the JSON text of a whole message at hand. */
  deliverText(session: Session, message: string): void
  /** Ends it without being asked (BX-116). @returns false when nobody has this clientId. */
  dismiss(clientId: string): boolean
  sessions(): number
  /** Those that have not ended. */
  live(): Session[]
  /** Held connects fail, and there is no timer afterwards. */
  close(): void
}

export interface BayeuxParts {
  options: BayeuxOptions
  clock: Clock
  random: Random
  log: Log
  fault?: (() => FaultGate | undefined) | undefined
  onWrite?: Core['onWrite']
}

export function createBayeuxServer({ options, clock, random, log, fault, onWrite }: BayeuxParts): BayeuxServer {
  let cancelTimer: (() => void) | undefined
  let armedForMs = 0
  let isRunning = false
  let isClosed = false
  const deadlines = createDeadlineHeap<Session>()
  const core: Core = {
    options,
    texts: errorTexts[options.profile],
    clock,
    random,
    log,
    fault,
    onWrite,
    sessions: new Map(),
    subscriptions: createSubscriptions(),
    services: new Map(),
    published: new Map(),
    queuedLength: 0,
    heldByBrowser: new Map(),
    deadlines,
    arm,
    ended: [],
  }

  function arm(): void {
    const first = deadlines.first()
    if (isRunning || !first || (cancelTimer && armedForMs <= first.queuedForMs)) return
    cancelTimer?.()
    armedForMs = first.queuedForMs
    cancelTimer = clock.at(armedForMs, run)
  }

  function run(): void {
    cancelTimer = undefined
    isRunning = true
    const nowMs = clock.now()
    for (let first = deadlines.first(); first && first.queuedForMs <= nowMs; first = deadlines.first()) {
      deadlines.remove(first)
      due(first, nowMs)
    }
    isRunning = false
    arm()
  }

  /** The entry may have been earlier than the deadline: it is then put right. */
  function due(session: Session, nowMs: number): void {
    if (session.held && session.heldUntilMs <= nowMs) release(core, session)
    else if (session.held) wakeAt(core, session, session.heldUntilMs)
    else if (session.expiresAtMs > nowMs) wakeAt(core, session, session.expiresAtMs)
    else forget(core, session, 'expired')
  }

  if (options.echo)
    core.services.set('/service/echo', (session, data, channel) => deliver(core, session, eventText(channel, data)))

  return {
    options,
    // Kept connections may still bring some when the node has begun to stop.
    exchange: (carrier, messages) => (isClosed ? 'the node stops' : exchange(core, carrier, messages)),
    onService(channel, handler) {
      core.services.set(channel, handler)
      core.published.clear()
    },
    onEnd: listener => void core.ended.push(listener),
    deliver: (session, channel, data) => deliver(core, session, eventText(channel, data)),
    deliverText: (session, message) => deliver(core, session, message),
    dismiss(clientId) {
      const session = core.sessions.get(clientId)
      if (!session || session.isEnded) return false
      log.info('CometD session ended by the server', { transport: session.held?.transport ?? session.madeOver })
      dismiss(core, session)
      return true
    },
    sessions: () => core.sessions.size,
    live: () => [...core.sessions.values()].filter(({ isEnded }) => !isEnded),
    close() {
      isClosed = true
      cancelTimer?.()
      for (const { held } of core.sessions.values()) held?.fail()
      core.sessions.clear()
      for (let first = deadlines.first(); first; first = deadlines.first()) deadlines.remove(first)
    },
  }
}
