import type { LedgerSink } from '../judging/ledger-books.ts'
import type { ExpectedEvent, SeenPost } from '../judging/session-ledger.ts'
import { onlyOneInFlight } from '../protocol/checks/lane.ts'
import { readDeviceId } from '../protocol/device-id.ts'
import type { PushNotification } from '../protocol/push/notification.ts'
import type { ObservedPush } from '../protocol/stream/observation.ts'
import { type Violation, violation } from '../protocol/violation.ts'
import { shardParty } from './clocks.ts'
import { sessionEnded } from './failed-requests.ts'
import { parsedObject } from './json.ts'
import { countKind, phaseOf, type RunContext, recordAtLeast, recordLatency, seeTypes } from './run-context.ts'
import { seenPost, tellsOfEnd, wrongPost } from './seen-post.ts'
import type { Session } from './session.ts'

export interface PushIntake {
  take(push: ObservedPush): void
  sink: LedgerSink<Session>
}

/** Told after each POST that announces an event, for what the trace knows about it. */
export type OnAnnounced = (session: Session, index: number, receivedMs: number) => void

/** Attempts beyond this are counted with it. */
const mostAttempts = 30

export function createPushIntake(contextOf: () => RunContext, onAnnounced: OnAnnounced): PushIntake {
  /** POSTs whose fate the ledger may only decide later, and whether a check has named their fault already. */
  const posts = new WeakMap<SeenPost, { body: string; isReported: boolean }>()

  function report(context: RunContext, broken: Violation, atMs: number, session: string, message: string): void {
    context.counting.add('rule_violations')
    context.violations.add({ ...broken, atMs, session, message })
  }

  function take(push: ObservedPush): void {
    const context = contextOf()
    context.lastPostMs = context.nowMs()
    context.columns?.count('pushes')
    const atMs = push.received + context.clocks.between('receiver', 'collector', push.received).offsetMs
    context.counting.achieve('pushes_received', phaseOf(context, atMs))
    context.nodes.posted(push.lane)
    countKind(context, `push-${push.mode}`)
    const body = push.mode === 'refused' ? undefined : parsedObject(push.body)
    const device = typeof body?.deviceId === 'string' ? readDeviceId(body.deviceId) : undefined
    const { run, shards } = context.settings
    const isOurs = device?.run === run && shards.includes(device.shard)
    const name = isOurs ? `${device.shard}.${device.session}` : ''
    for (const broken of push.violations) {
      context.counting.add('schema_violations')
      context.violations.add({ ...broken, atMs, session: name, message: push.body })
    }
    context.coverage.pushes += 1
    checkLane(context, push, atMs, name)
    if (!body) {
      context.ledger.refused()
      return
    }
    if (!isOurs) {
      context.ledger.postedToNobody()
      const wrong = violation(
        'PUSH-022',
        'A push came for a device of no session',
        body.deviceId,
        'a device of this run',
        '/deviceId',
      )
      report(context, wrong, atMs, '', push.body)
      return
    }
    takeOurs(
      context,
      push,
      body as unknown as PushNotification,
      context.sessions.of(device.shard, device.session, context.nowMs()),
    )
  }

  function takeOurs(context: RunContext, push: ObservedPush, body: PushNotification, session: Session): void {
    // From here on by the shard's clock, as the instants of plan and answers are.
    const receivedMs =
      push.received + context.clocks.between('receiver', shardParty(session.shard), push.received).offsetMs
    const found = push.violations.length > 0 ? undefined : watched(context, push, receivedMs, body, session)
    if (push.mode === 'advice') {
      context.ledger.advised()
      return
    }
    const post = seenPost(context.settings.run, push, body, receivedMs)
    if (!post) {
      context.ledger.unreadable()
      return
    }
    if (post.event) seeTypes(context, [post.event])
    if (tellsOfEnd(post, body)) sessionEnded(context, session)
    if (session.lane !== push.lane) context.nodes.joined(push.lane)
    session.lane = push.lane
    if (context.settings.isComet) session.chatId ??= chatIdIn(body)
    if (post.attempt !== undefined) countAttempt(context, post.attempt)
    posts.set(post, { body: push.body, isReported: found === 'wrong' || push.violations.length > 0 })
    context.ledger.posted(session.ledger, post)
    const index = post.event?.index ?? (post.attempt === 0 ? (post.nextPosition ?? 0) - 1 : 0)
    if (index > 0) onAnnounced(session, index, push.received)
  }

  function watched(
    context: RunContext,
    push: ObservedPush,
    receivedMs: number,
    body: PushNotification,
    session: Session,
  ): 'wrong' | 'fine' {
    const { violations } = session.watch.push({
      mode: push.mode,
      push: body,
      lane: push.lane,
      receivedMs,
      queueAgeMs: context.queueAgeMs,
    })
    for (const broken of violations) report(context, broken, receivedMs, session.name, push.body)
    return violations.length > 0 ? 'wrong' : 'fine'
  }

  function checkLane(context: RunContext, { lane, inFlight, body }: ObservedPush, atMs: number, name: string): void {
    const { isHoldingAnswers, areLanesNodes } = context.settings
    const broken = onlyOneInFlight({ lane, inFlight, isHolding: isHoldingAnswers && areLanesNodes })
    if (broken) report(context, broken, atMs, name, body)
  }

  function countAttempt({ attempts, columns }: RunContext, attempt: number): void {
    const at = Math.min(mostAttempts, Math.max(0, attempt))
    while (attempts.length <= at) attempts.push(0)
    attempts[at]! += 1
    if (at > 0) columns?.count('resends')
  }

  const sink: LedgerSink<Session> = {
    delivered(session, event, receivedMs) {
      const { plannedMs, latenessUs = 0 } = event
      if (plannedMs === undefined) return
      const context = contextOf()
      const { boundMs } = context.clocks.between(shardParty(session.shard), 'receiver', receivedMs)
      const ms = receivedMs - plannedMs
      recordLatency(context, 'push_latency', plannedMs, ms, boundMs)
      recordLatency(context, 'push_latency_raw', plannedMs, ms - latenessUs / 1000, boundMs)
    },
    wrong(session, kind, post) {
      if (kind === 'duplicate') contextOf().columns?.count('duplicates')
      if (kind === 'out-of-order') contextOf().columns?.count('out_of_order')
      const known = posts.get(post)
      if (known?.isReported) return
      report(contextOf(), wrongPost(kind, post), post.receivedMs, session.name, known?.body ?? '')
    },
    missed(session, event, as) {
      if (as === 'covered') return
      missedEvent(contextOf(), session, event, as, 'push')
    },
  }
  return { take, sink }
}

/** PUSH-055; the trace tells of events by it. */
function chatIdIn({ message }: PushNotification): string | undefined {
  return typeof message === 'object' ? message?.messages?.[0]?.userData?.['session-id'] : undefined
}

export function missedEvent(
  context: RunContext,
  session: Session,
  event: ExpectedEvent,
  as: 'lost' | 'open',
  thing: 'push' | 'notification',
): void {
  const things = thing === 'push' ? 'pushes' : 'notifications'
  const { plannedMs, latenessUs = 0 } = event
  if (plannedMs !== undefined) {
    // Waited for less than W where the run was cut short.
    const nowMs = context.nowMs()
    const { offsetMs } = context.clocks.between('collector', shardParty(session.shard), nowMs)
    const waitedMs = Math.min(context.settings.observeMs, nowMs + offsetMs - plannedMs)
    recordAtLeast(context, `${thing}_latency`, plannedMs, waitedMs)
    recordAtLeast(context, `${thing}_latency_raw`, plannedMs, waitedMs - latenessUs / 1000)
  }
  const what =
    as === 'lost' ? `No ${thing} came for an event` : `The ${thing} for an event was still missing at the end`
  const name = event.index > 0 ? `${event.type} with index ${event.index}` : event.type
  const note = violation(`${things}_${as}`, what, `no ${thing}`, `a ${thing} for ${name}`)
  context.violations.note({ ...note, atMs: plannedMs ?? context.nowMs(), session: session.name, message: '' })
}
