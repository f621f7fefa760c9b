import { type Distribution, sample } from '../protocol/distribution.ts'
import { seededUniform } from '../protocol/seeded.ts'
import { createFifo } from './fifo.ts'

/** One node with its lane and the sessions that it serves, in virtual time. */
export interface LaneSetting {
  seed: number
  sessions: number
  /** Events of all sessions, at independent instants; whose turn it is is chance. */
  eventsPerSecond: number
  pushTime: Distribution
  timeout?: { share: number; timeoutMs: number }
  /** Undefined = nothing is repeated. */
  resend?: { delayMs: number; attempts: number; confirmMs: number; unconfirmed: number }
  /** The receiver hangs: each POST that begins meanwhile is lost, with the timeout or at the end when connections break. */
  outage?: { fromMs: number; toMs: number; timeoutMs: number }
  durationMs: number
  /** Waits are taken of POSTs that come after it. */
  warmUpMs: number
}

export interface LaneOutcome {
  events: number
  posts: number
  meanWaitMs: number
  /** Busy time of the lane by the whole time. */
  load: number
  sessionsTouched: number
  queuedAfterOutage: number
  /** From the end of the outage to the first empty queue; undefined = not before the end. */
  drainMs: number | undefined
}

/**
 * Four kinds of things happen: an event, the end of a POST, a repetition that is due, a confirmation. Each comes in the order of
 * time by itself, because delays are constant, so the next one is the least of four and no heap is needed.
 */
export function simulateLane(setting: LaneSetting): LaneOutcome {
  const { sessions, eventsPerSecond, pushTime, timeout, resend, outage, durationMs, warmUpMs } = setting
  const stream = (name: string) => seededUniform(setting.seed, name)
  const [gaps, speakers, times, hangs, misses] = ['gap', 'speaker', 'time', 'hang', 'miss'].map(stream) as Stream[]
  const last = new Uint32Array(sessions)
  const confirmed = new Uint32Array(sessions)
  const queue = createFifo(4)
  const repetitions = createFifo(4)
  const confirmations = createFifo(2)
  const outcome: LaneOutcome = {
    events: 0,
    posts: 0,
    meanWaitMs: 0,
    load: 0,
    sessionsTouched: 0,
    queuedAfterOutage: 0,
    drainMs: undefined,
  }
  let now = 0
  let nextEventMs = gap()
  let endMs = Number.POSITIVE_INFINITY
  let inFlight = { session: 0, isLost: false }
  let busyMs = 0
  let waits = 0
  let waitedMs = 0
  let isOver = outage === undefined

  for (;;) {
    const repetitionMs = repetitions.head(0)
    const confirmationMs = confirmations.head(0)
    now = Math.min(nextEventMs, endMs, repetitionMs, confirmationMs)
    if (now > durationMs) break
    if (!isOver && now >= outage!.toMs) {
      isOver = true
      outcome.queuedAfterOutage = queue.length()
    }
    if (now === endMs) answered()
    else if (now === confirmationMs) confirm()
    else if (now === repetitionMs) repeat()
    else event()
  }
  outcome.meanWaitMs = waits === 0 ? 0 : waitedMs / waits
  outcome.load = busyMs / durationMs
  for (const events of last) if (events > 0) outcome.sessionsTouched += 1
  return outcome

  function gap(): number {
    return now - (Math.log(1 - gaps!()) * 1_000) / eventsPerSecond
  }

  function event() {
    const session = Math.floor(speakers!() * sessions)
    outcome.events += 1
    last[session]! += 1
    notify(session, last[session]!, 0)
    nextEventMs = gap()
  }

  function notify(session: number, event: number, attempt: number) {
    queue.push(now, session, event, attempt)
    if (resend && attempt <= resend.attempts) repetitions.push(now + resend.delayMs, session, event, attempt)
    if (endMs === Number.POSITIVE_INFINITY) begin()
  }

  function begin() {
    const session = queue.head(1)
    if (now >= warmUpMs) {
      waits += 1
      waitedMs += now - queue.head(0)
    }
    queue.shift()
    const lostMs = hangMs()
    const takesMs = lostMs ?? sample(pushTime, times!)
    inFlight = { session, isLost: lostMs !== undefined }
    busyMs += takesMs
    endMs = now + takesMs
  }

  function hangMs(): number | undefined {
    if (outage && now >= outage.fromMs && now < outage.toMs) return Math.min(outage.timeoutMs, outage.toMs - now)
    return timeout && hangs!() < timeout.share ? timeout.timeoutMs : undefined
  }

  function answered() {
    outcome.posts += 1
    const { session, isLost } = inFlight
    if (resend && !isLost && (resend.unconfirmed === 0 || misses!() >= resend.unconfirmed))
      confirmations.push(now + resend.confirmMs, session)
    endMs = Number.POSITIVE_INFINITY
    if (queue.length() > 0) begin()
    if (outage && now >= outage.toMs && queue.length() === 0) outcome.drainMs ??= now - outage.toMs
  }

  /** A refresh takes all that there is. */
  function confirm() {
    const session = confirmations.head(1)
    confirmations.shift()
    confirmed[session] = last[session]!
  }

  /** Only the last event of a session is repeated (CS-064). */
  function repeat() {
    const [session, event, attempt] = [repetitions.head(1), repetitions.head(2), repetitions.head(3)]
    repetitions.shift()
    if (last[session] !== event || confirmed[session]! >= event || attempt >= resend!.attempts) return
    notify(session, event, attempt + 1)
  }
}

type Stream = () => number
