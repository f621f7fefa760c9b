import { isOwnCut } from '../../protocol/stream/row-sequence.ts'
import type { ShardOperation, ShardRow } from '../../protocol/stream/shard-stream.ts'
import type { Trigger } from '../../protocol/stream/trigger.ts'
import { begun, rowOf, steered } from './answer.ts'
import { fileAnswered } from './file-answered.ts'
import type { PlannedSession } from './plan.ts'
import { noCounts, type ShardCounts } from './report.ts'
import { type Action, createSession, isTooLate, nextAction, type Session, trigger } from './session.ts'
import { createSessionRequests, serviceUrl } from './session-requests.ts'
import type { ShardSettings } from './shard-settings.ts'

/** The customers of one VU: data, and the requests that they make. */
export interface Shard {
  counts: ShardCounts
  /** By number; those that are over are forgotten. */
  sessions: ReadonlyMap<number, Session>
  /** Begins a session: request chat at once. */
  requestChat(plan: PlannedSession): void
  /** At once when the session is free, else as soon as it is. */
  act(session: Session, action: Action): void
  /** A customer message of whoever is live in this slot, or in the next one. */
  say(slot: number, plannedMs: number): void
  /** A file request likewise. */
  share(slot: number, plannedMs: number): void
  /** A push of this session came: refresh. */
  pushed(message: Trigger): void
  live(): number
  inFlight(): number
  /** Customers hear everything over CometD: what one of them leaves behind must be looked at before it leaves. */
  isComet: boolean
  /** Of a CometD customer: something came unasked. */
  heard(session: Session, row: ShardRow, text: string): void
  /** Bayeux messages came together: for whoever validates them, and for nobody here. */
  arrived(row: ShardRow, text: string): void
  /** Its connection is lost; nothing is sent until it is back. */
  away(session: Session): void
  /** Resumed, by the answer to that row, or not answered. */
  back(session: Session, row: ShardRow, answer: string): void
  /** It never will be. */
  gone(session: Session, sinceMs: number): void
  /** Nothing in flight, nothing waiting. */
  isQuiet(): boolean
  /** What was never ready is reported as blocked. */
  giveUp(): void
}

export function createShard(settings: ShardSettings): Shard {
  const { run, shard, now, report, comet } = settings
  // A map: an array would keep a place for each session that ever was.
  const sessions = new Map<number, Session>()
  const occupants: Session[] = []
  const counts = noCounts()
  let live = 0
  let inFlight = 0
  let waiting = 0
  const requests = createSessionRequests(settings, counts, {
    left(session) {
      session.isBusy = true
      inFlight++
    },
    answered,
  })

  function begin(plan: PlannedSession) {
    const session = createSession(plan, run, shard)
    sessions.set(plan.session, session)
    occupants[plan.slot] = session
    if (isTooLate(plan.plannedMs, plan.plannedMs, now())) {
      session.state = 'failed'
      return unsent(session, 'requestChat', plan.plannedMs, 1)
    }
    counts.sessions_started++
    requests.begin(session)
  }

  function pump(session: Session) {
    for (let action = nextAction(session); action !== undefined; action = nextAction(session)) {
      if (action === 'refresh') return requests.refresh(session)
      waiting--
      const { operation, isNext = false } = action
      const plannedMs = isNext ? Math.max(action.plannedMs, session.freeSinceMs) : action.plannedMs
      const isLate = isDroppable(operation) && isTooLate(plannedMs, session.freeSinceMs, now())
      if (isLate) unsent(session, operationOf(action), plannedMs, 1)
      else if (operation === 'send') return requests.send(session, plannedMs)
      else if (operation === 'file') return requests.file(session, plannedMs)
      else if (operation === 'cut') comet?.cut(session)
      else return requests.ask(session, operation, plannedMs)
    }
    const isDone = session.state === 'over' || session.state === 'failed'
    if (isDone && !session.isBusy && !session.isAway) passOn(session)
  }

  /** What a session that is over had still to say is said by another; its pings are no longer owed. */
  function passOn(session: Session) {
    for (const action of session.waiting.splice(0)) {
      waiting--
      if (action.operation === 'send' || action.operation === 'file')
        pass(session.plan.slot, action.operation, action.plannedMs, action.dueMs)
    }
    sessions.delete(session.plan.session)
    comet?.leave(session)
  }

  function answered(row: ShardRow, answer: string) {
    // A session is not forgotten while it waits for an answer.
    const session = sessions.get(row.session)!
    session.isBusy = false
    inFlight--
    if (row.operation === 'requestChat') {
      begun(session, row.status, answer, serviceUrl(settings, session))
      if (session.state === 'live') live++
    } else {
      const wasLive = session.state === 'live'
      if (session.fileTurn) answer = fileAnswered(session, session.fileTurn, row.status, answer)
      else steered(session, row.status, answer, row.position >= 0)
      if (wasLive && session.state === 'over') live--
    }
    if (row.status !== 0) counts.answers++
    session.freeSinceMs = row.answered
    report.row(row, answer)
    pump(session)
  }

  /** What a notification or the answer to a resume says about the session. */
  function steer(session: Session, row: ShardRow, text: string) {
    const wasLive = session.state === 'live'
    if (wasLive) steered(session, row.status, text, row.position >= 0)
    if (wasLive && session.state !== 'live') live--
  }

  /** @param givenUpMs 0 = there was nobody who could have waited for it */
  function unsent(session: Session, operation: ShardOperation, plannedMs: number, why: 1 | 2, givenUpMs = now()) {
    counts[why === 1 ? 'dropped_iterations' : 'actions_blocked']++
    const readyMs = why === 1 ? Math.max(plannedMs, session.freeSinceMs) : 0
    report.row({ ...rowOf(session.plan.session, operation, plannedMs, readyMs), sent: givenUpMs, unsent: why }, '')
  }

  function act(session: Session, action: Action) {
    waiting++
    session.waiting.push(action)
    pump(session)
  }

  function pass(slot: number, operation: 'send' | 'file', plannedMs: number, dueMs = plannedMs) {
    for (let i = 0; i < occupants.length; i++) {
      const session = occupants[(slot + i) % occupants.length]
      const speaks = session && (session.state === 'live' || session.state === 'starting')
      if (speaks && dueMs < session.plan.endsMs) return act(session, { operation, plannedMs, dueMs })
    }
    const last = occupants[slot] ?? occupants[0]
    if (last) unsent(last, operationOf({ operation, plannedMs }), plannedMs, 2, 0)
  }

  return {
    counts,
    sessions,
    isComet: comet !== undefined,
    requestChat: begin,
    act,
    say: (slot, plannedMs) => pass(slot, 'send', plannedMs),
    share: (slot, plannedMs) => pass(slot, 'file', plannedMs),
    pushed(message) {
      counts.triggers++
      report.triggered(message)
      const session = sessions.get(message.session)
      if (!session) return
      session.announced = Math.max(session.announced, message.nextPosition - 1)
      trigger(session, message.receivedMs, message.heldMs)
      pump(session)
    },
    heard(session, row, text) {
      counts.notifications++
      steer(session, row, text)
      report.row(row, text)
      pump(session)
    },
    arrived(row, text) {
      counts.arrivals++
      report.row(row, text)
    },
    away(session) {
      session.isAway = true
      inFlight++
    },
    back(session, row, answer) {
      session.isAway = false
      inFlight--
      if (row.status !== 0) counts.answers++
      counts.resumes++
      steer(session, row, answer)
      session.freeSinceMs = row.answered
      // Whom we cut off ourselves has nothing to say before it is back.
      if (isOwnCut(row)) {
        session.excusedMs = row.answered
        for (const action of session.waiting) {
          action.dueMs ??= action.plannedMs
          action.plannedMs = Math.max(action.plannedMs, row.answered)
        }
      }
      report.row(row, answer)
      pump(session)
    },
    gone(session, sinceMs) {
      session.isAway = false
      inFlight--
      if (session.state === 'live') {
        session.state = 'failed'
        live--
      }
      unsent(session, 'resume', sinceMs, 2)
      pump(session)
    },
    live: () => live,
    inFlight: () => inFlight,
    isQuiet: () => inFlight === 0 && waiting === 0,
    giveUp() {
      for (const session of sessions.values()) {
        for (const action of session.waiting.splice(0)) {
          waiting--
          unsent(session, operationOf(action), action.plannedMs, 2)
        }
      }
    },
  }
}

/** A session must end and be looked at even late. */
function isDroppable(operation: Action['operation']): boolean {
  return operation === 'send' || operation === 'ping' || operation === 'file'
}

/** Of a file request whose turn never came, that of most of them. */
function operationOf({ operation }: Action): ShardOperation {
  return operation === 'file' ? 'fileDownload' : operation === 'cut' ? 'resume' : operation
}
