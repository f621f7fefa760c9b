import type { ChatServerHealth, ChatServerParts } from '../actors.ts'
import { hostNow } from '../clock.ts'
import { isPlanted } from '../faults/is-planted.ts'
import type { ChatOutcome, ChatRequest, CometSign } from '../messages.ts'
import { attachLine, detachLine } from './comet/attach-line.ts'
import { answering, serveComet } from './comet/serve-comet.ts'
import { answer, serveCustomer } from './customer-request.ts'
import { createDeadlines } from './deadlines.ts'
import { createEndedSessions } from './ended-sessions.ts'
import { type Environment, settings } from './environment.ts'
import { makeChatId } from './identifiers.ts'
import { idleDue } from './idle-control.ts'
import { lifeDue, touch } from './life-cycle.ts'
import { isLimited } from './load-limits.ts'
import { createNodeConnections, type NodeConnections } from './node-connections.ts'
import { createNodeRegistry, type RegisteredNode } from './node-registry.ts'
import { createNotifier } from './notifier.ts'
import type { Observers } from './observers.ts'
import { closeSession } from './removal.ts'
import { resendDue } from './resend.ts'
import { createRestoration, type Restoration } from './restoration.ts'
import { saveSession } from './save-session.ts'
import { createServerCounts, healthOf } from './server-counts.ts'
import { customerOf, type Session } from './session.ts'
import { joinCustomer, startSession } from './start-session.ts'
import { visibleFrom } from './transcript.ts'

/** A Chat Server between one start and the stop after it: all that is lost with its process. */
export interface RunningServer {
  readonly environment: Environment
  readonly sessions: ReadonlyMap<string, Session>
  readonly connections: NodeConnections
  /** Live, or ended not long ago. */
  known(chatId: string): Session | undefined
  /** One step on a session; deadlines and observers follow it. */
  step<Result>(session: Session, action: () => Result): Result
  health(): ChatServerHealth
  nextDeadline(): number | undefined
  /** Undefined where nothing is stored. */
  readonly restoration: Restoration | undefined
  /** No new sessions from now on (CS-106). */
  refuseNew(): void
  dispose(): void
}

export function runServer(parts: ChatServerParts, pid: number, observers: Observers): RunningServer {
  const { clock, random, log } = parts
  const alias = String(parts.dbid)
  const options = parts.configuration.reader(`chat-server-${alias}`, 'chat-server')
  const sessions = new Map<string, Session>()
  const endedSessions = createEndedSessions()
  const nodes = createNodeRegistry(parts.faults)
  const counts = createServerCounts()
  const deadlines = createDeadlines(clock, due)
  const connections = createNodeConnections(nodes, serve, hear)
  const store = parts.store?.open()
  let isLimitedNow = false
  let isStopping = false

  const environment: Environment = {
    alias,
    options,
    random,
    faults: parts.faults,
    now: clock.now,
    accepted(session, event) {
      counts.eventsStored++
      if (event.type === 'ParticipantLeft' && event.from.participantId === 1) counts.flexUsers--
      parts.tracer?.()?.record(['accepted', session.chatId, event.index, hostNow(), event.type, alias])
      observers.accepted(session, event)
    },
    notify: createNotifier(parts, nodes, counts),
    dropFile: fileId => parts.files?.remove(fileId),
    ended(session) {
      sessions.delete(session.chatId)
      endedSessions.add(session)
      for (const { fileId } of session.files?.files ?? []) parts.files?.remove(fileId)
      observers.ended(session)
      updateLimits()
      log.debug('session ended', { server: alias, chatId: session.chatId, events: session.transcript.length })
    },
    log: (line, session, fields) => log.debug(line, { server: alias, chatId: session.chatId, ...fields }),
  }

  function due(session: Session, nowMs: number): void {
    if (session.lifeAtMs !== 0 && session.lifeAtMs <= nowMs) lifeDue(environment, session)
    if (session.idleAtMs !== 0 && session.idleAtMs <= nowMs) idleDue(environment, session)
    if (session.resendAtMs !== 0 && session.resendAtMs <= nowMs) resendDue(environment, session)
    save(session)
    observers.flush()
  }

  function save(session: Session): void {
    if (!store || saveSession(store, options, parts.faults, session)) return
    // The documentation's word for a storage error that cannot be mended (OPT-043).
    if (options.text(settings, 'transcript-save-on-error') !== 'close') return
    closeSession(environment, session, 5)
    saveSession(store, options, parts.faults, session)
  }

  function step<Result>(session: Session, action: () => Result): Result {
    try {
      return action()
    } finally {
      save(session)
      deadlines.update(session)
      observers.flush()
    }
  }

  const restoration =
    store &&
    createRestoration({
      store,
      environment,
      isStopping: () => isStopping,
      isLimited: () => isLimitedNow,
      take(session, action) {
        sessions.set(session.chatId, session)
        counts.sessionsRestored++
        counts.flexUsers++
        observers.restored(session)
        step(session, action)
        updateLimits()
        // A CometD session may have lost it.
        if (!session.comet) for (const { link } of nodes.all()) link.send({ kind: 'restored', chatId: session.chatId })
      },
    })

  function serve(asked: ChatRequest, mayRestore: boolean, node: RegisteredNode | undefined): ChatOutcome {
    const request = parts.faults?.()?.request?.(asked) ?? asked
    const outcome =
      request.operation === 'requestChat' ? requestChat(request, node) : operate(request, mayRestore, node)
    return parts.faults?.()?.outcome?.(request, outcome) ?? outcome
  }

  function requestChat(request: ChatRequest, node: RegisteredNode | undefined): ChatOutcome {
    updateLimits()
    if (isStopping || isLimitedNow) return { kind: 'refused', reason: 'limited', alias }
    let chatId = makeChatId(random)
    while (known(chatId)) chatId = makeChatId(random)
    const session = startSession(environment, chatId, request)
    sessions.set(chatId, session)
    counts.sessionsCreated++
    counts.flexUsers++
    observers.started(session)
    log.debug('session started', { server: alias, chatId, async: session.isAsync, push: session.push !== undefined })
    return step(session, () => {
      attachLine(environment, session, request, node)
      answering(session, request, node, () => joinCustomer(environment, session))
      updateLimits()
      return answer(environment, session, visibleFrom(environment, session, 1), false)
    })
  }

  function operate(request: ChatRequest, mayRestore: boolean, node: RegisteredNode | undefined): ChatOutcome {
    const mayLoad = mayRestore || isPlanted(parts.faults, 'returned-instance-reclaims')
    const session = (known(request.chatId) ?? (mayLoad && restoration?.byClient(request, node))) || 'not-here'
    if (typeof session === 'string') return { kind: 'refused', reason: session, chatId: request.chatId }
    if (isLimitedNow && isPlanted(parts.faults, 'limit-refuses-running-chats'))
      return { kind: 'refused', reason: 'over', alias, chatId: request.chatId }
    const outcome = step(session, () =>
      request.comet ? serveComet(environment, session, request, node) : serveCustomer(environment, session, request),
    )
    if (session.over && !session.restIsOwed) endedSessions.release(session)
    return outcome
  }

  function hear({ kind, chatId, attachment }: CometSign, node: RegisteredNode | undefined): void {
    const session = sessions.get(chatId)
    if (!session) return
    if (kind === 'detach') detachLine(session, node, attachment)
    else step(session, () => touch(environment, session))
  }

  function known(chatId: string): Session | undefined {
    return sessions.get(chatId) ?? endedSessions.get(chatId)
  }

  function updateLimits(): void {
    const was = isLimitedNow
    isLimitedNow = isLimited(was, { sessions: sessions.size, flexUsers: counts.flexUsers }, options)
    if (was === isLimitedNow || !options.flag(settings, 'limits-reached-report-scs')) return
    if (isLimitedNow) log.warn('SERVICE UNAVAILABLE: a load limit is reached', { server: alias })
    else log.info('service is restored', { server: alias })
  }

  return {
    environment,
    sessions,
    connections,
    known,
    step,
    health() {
      updateLimits()
      let pushSubscriptions = 0
      for (const session of sessions.values()) if (session.push && customerOf(session).present) pushSubscriptions++
      const serviceUnavailable = isLimitedNow && options.flag(settings, 'limits-reached-report-scs')
      const gauges = { sessions: sessions.size, pushSubscriptions, gmsNodes: nodes.size, serviceUnavailable }
      return healthOf({ app_dbid: parts.dbid, process_os_pid: pid }, gauges, counts)
    },
    nextDeadline: deadlines.next,
    restoration,
    refuseNew() {
      isStopping = true
    },
    dispose() {
      deadlines.clear()
      store?.close()
      connections.closeAll()
    },
  }
}
