import type { PushedMessage } from '../../push/notification.ts'
import { type Violation, violation } from '../../violation.ts'
import type { Claim, Composed, Notice, NoticeState, Pull, SessionState } from './state.ts'
import { flag, placeOf } from './transcript.ts'

const userDataAt = '/message/messages/0/userData'
const positionAt = `${userDataAt}/notify-position`
const flexMembers = ['secure-key', 'app-dbid', 'user-id', 'session-id']
/** Lists of things that wait for a later answer; forgetting the oldest only judges less. */
const mostWaiting = 8
/** A busy receiver stamps late; queue ages are judged with this much to spare. */
const stampSlackMs = 100

export interface Timed {
  /** Epoch ms, the receiver's stamp brought to the shard's clock. */
  receivedMs: number
  /** Longest time between its making in Chat Server and the stamp; Infinity where nobody knows. */
  queueAgeMs: number
}

/** A reliable push: a trigger without content (CS-060 ff., PUSH-050 ff.). */
export function watchNotice(state: SessionState, message: PushedMessage, timed: Timed): Violation[] {
  const userData = message.messages[0].userData ?? {}
  const attempt = Number(userData['notify-attempt'])
  const position = Number(userData['notify-position'])
  const violations = checkContent(state, userData)
  if (!Number.isInteger(attempt) || !Number.isInteger(position)) return violations
  const { notices } = state
  if (notices.removedAtMs !== undefined) {
    const what = 'A notice came after the one with notify-position -1'
    violations.push(violation('CS-073', what, position, 'no further notice', positionAt))
    return violations
  }
  violations.push(...checkAttempt(state, attempt, timed.receivedMs))
  if (attempt === 0) notices.announced = message.nextPosition - 1
  notices.last = { attempt, receivedMs: timed.receivedMs }
  notices.pulledSince = false
  if (position === -1) notices.removedAtMs = timed.receivedMs
  else {
    const { nextPosition } = message
    violations.push(...checkPosition(state, { attempt, position, nextPosition }, timed))
  }
  return violations
}

/** PUSH-055, PUSH-056. */
function checkContent({ options, chatId, userId }: SessionState, userData: Record<string, string>): Violation[] {
  const violations: Violation[] = []
  if (options.flexPushContent) {
    const expected = flexMembers.filter(member => options.flexPushContent!.includes(member))
    const found = flexMembers.filter(member => member in userData)
    if (expected.join() !== found.join()) {
      const what = 'The members of flex-push-content are not those configured'
      violations.push(
        violation('PUSH-055', what, found.join(', ') || 'none', expected.join(', ') || 'none', userDataAt),
      )
    }
  }
  // Answers over CometD have a literal in their place (CV2-125).
  if (options.isComet) return violations
  for (const [member, known] of [
    ['session-id', chatId],
    ['user-id', userId],
  ] as const) {
    const found = userData[member]
    if (found === undefined || known === undefined || found === known) continue
    violations.push(
      violation('PUSH-056', `${member} is not that of the session`, found, known, `${userDataAt}/${member}`),
    )
  }
  return violations
}

/**
 * CS-064: 0 first, then one more with each repetition. A further event starts at 0 again (OQ-29); after a pull that left
 * newer events waiting, the count may go on or start anew.
 */
function checkAttempt({ notices, options }: SessionState, attempt: number, receivedMs: number): Violation[] {
  if (attempt === 0) return []
  const { last } = notices
  const next = last === undefined ? 0 : last.attempt + 1
  if (attempt === next) return []
  if (notices.pulledSince && attempt < next) return []
  // A notice in between that was lost on its way leaves a gap as long as the delays it stands for.
  const waited = last === undefined ? Number.POSITIVE_INFINITY : receivedMs - last.receivedMs
  const { resendDelayMs } = options
  if (attempt > next && resendDelayMs !== undefined && waited > (attempt - next + 0.5) * resendDelayMs) return []
  const expected = last === undefined ? '"0" in the first notice' : `"0" or "${next}"`
  const what = 'notify-attempt does not grow by 1 with each repetition'
  return [violation('CS-064', what, String(attempt), expected, `${userDataAt}/notify-attempt`)]
}

/**
 * CS-065 and CS-061. A pull may be served before or after the notice was composed, and the notice waits in a queue: its
 * position is right when it was at some moment between the earliest and the latest instant of composing.
 */
function checkPosition(state: SessionState, notice: Notice, { receivedMs, queueAgeMs }: Timed): Violation[] {
  const { notices } = state
  const clockBoundMs = state.options.clockBoundMs()
  const { position, nextPosition } = notice
  if (position > nextPosition || (position === nextPosition && !isAllRetrieved(notices, position, receivedMs))) {
    const what = 'notify-position names content that is not there yet'
    return [violation('CS-065', what, position, `below nextPosition ${nextPosition}`, positionAt)]
  }
  const composedMs = receivedMs - queueAgeMs - clockBoundMs - stampSlackMs
  const composed = { ...notice, composedMs, announced: notices.announced }
  for (const pull of notices.confirmed) {
    const broken = retrievedBefore(state, pull, composed)
    if (broken) return [broken]
  }
  notices.recent = [...notices.recent, composed].slice(-mostWaiting)
  const base = notices.confirmed
    .filter(pull => pull.sentMs <= receivedMs + clockBoundMs)
    .reduce((highest, pull) => Math.max(highest, pull.nextPosition), notices.explainedTo)
  if (position > base) notices.claims = [...notices.claims, { position, receivedMs, base }].slice(-mostWaiting)
  return []
}

/** A ping that is pushed (OQ-31) comes when nothing is left to be retrieved; its position is then nextPosition. */
function isAllRetrieved({ confirmed, explainedTo }: NoticeState, position: number, receivedMs: number): boolean {
  return position <= explainedTo || confirmed.some(pull => pull.atMs <= receivedMs && pull.nextPosition >= position)
}

/**
 * What a pull forbids to a notice that was composed after it was served. That is certain when the notice counts further
 * than the pull did (both tell the highest index assigned, OQ-30), or by time: by the longest wait in the queue, or, for
 * a repetition, because it comes its delays after the text that it announces.
 */
function retrievedBefore(state: SessionState, pull: Pull, notice: Composed): Violation | undefined {
  const { attempt, position, nextPosition } = notice
  const isLater = nextPosition > pull.nextPosition || pull.atMs <= earliestOf(state, notice)
  if (!isLater) return undefined
  const isRetrieved = position < pull.retrievedTo
  if (attempt > 0 && (isRetrieved || nextPosition <= pull.nextPosition)) {
    const what = 'A notice was repeated although a refresh had retrieved what it announces'
    return violation('CS-061', what, String(attempt), 'no repetition after the refresh', `${userDataAt}/notify-attempt`)
  }
  if (!isRetrieved) return undefined
  const what = 'notify-position names content that a refresh answered before had retrieved'
  return violation('CS-065', what, position, `at least ${pull.retrievedTo}`, positionAt)
}

/** The earliest instant at which the notice can have been composed. */
function earliestOf({ transcript, options }: SessionState, { attempt, announced, composedMs }: Composed): number {
  const { resendDelayMs } = options
  const place = attempt === 0 || resendDelayMs === undefined ? -1 : placeOf(transcript, announced)
  const sentMs = place < 0 ? 0 : transcript.sentMs[place]!
  if (sentMs === 0) return composedMs
  return Math.max(composedMs, sentMs + attempt * resendDelayMs! - options.clockBoundMs())
}

/** Takes an answer that pulled the transcript; it may forbid or explain notices that were processed before it. */
export function confirmNotices(
  state: SessionState,
  seen: { position: number; sentMs: number; answeredMs: number },
  events: readonly { index: number }[],
  nextPosition: number | undefined,
): Violation[] {
  const { notices } = state
  const clockBoundMs = state.options.clockBoundMs()
  notices.pulledSince = true
  // Position 0 retrieves nothing (CS-068 lets it confirm; what the next notice then names is not said).
  if (seen.position === 0 || nextPosition === undefined) return []
  const from = seen.position < 0 ? 1 : seen.position
  // A hole before the asked position stays unretrieved, and hidden events at the end may or may not count as retrieved.
  const known = notices.confirmed.filter(pull => pull.isWhole && pull.atMs <= seen.sentMs)
  const isWhole = from <= known.reduce((highest, pull) => Math.max(highest, pull.nextPosition), notices.contiguousTo)
  const retrievedTo = isWhole ? (events.at(-1)?.index ?? 0) + 1 : 1
  const pull = { atMs: seen.answeredMs, sentMs: seen.sentMs, isWhole, retrievedTo, nextPosition }
  notices.confirmed.push(pull)
  if (notices.confirmed.length > mostWaiting) forget(notices, notices.confirmed.shift()!)
  raiseBases(notices, nextPosition, claim => pull.sentMs <= claim.receivedMs + clockBoundMs)
  const broken = notices.recent.map(notice => retrievedBefore(state, pull, notice))
  notices.recent = notices.recent.filter((_, at) => broken[at] === undefined)
  return broken.filter(one => one !== undefined)
}

/** Positions that request chat has shown already may count as retrieved, although it confirms nothing (CS-067). */
export function explainUpTo(notices: NoticeState, nextPosition: number): void {
  notices.explainedTo = Math.max(notices.explainedTo, nextPosition)
  raiseBases(notices, nextPosition, () => true)
}

function forget(notices: NoticeState, pull: Pull): void {
  explainUpTo(notices, pull.nextPosition)
  if (pull.isWhole) notices.contiguousTo = Math.max(notices.contiguousTo, pull.nextPosition)
}

function raiseBases(notices: NoticeState, nextPosition: number, applies: (claim: Claim) => boolean): void {
  for (const claim of notices.claims) if (applies(claim)) claim.base = Math.max(claim.base, nextPosition)
  notices.claims = notices.claims.filter(({ position, base }) => position > base)
}

/**
 * At the end of the session: positions above all that the client had asked for, with content in between that was there
 * to be retrieved, own sends included (CS-067). Hidden events in between are skipped rightly (CV2-066).
 */
export function unexplainedPositions({ notices, transcript, options }: SessionState): Violation[] {
  const { claims, unansweredSinceMs } = notices
  notices.claims = []
  return claims.flatMap(({ position, receivedMs, base }) => {
    if (receivedMs + options.clockBoundMs() >= unansweredSinceMs) return []
    const skipped = transcript.indexes.find(
      (index, at) => base <= index && index < position && (transcript.flags[at]! & flag.pushOnly) === 0,
    )
    if (skipped === undefined) return []
    const what = `notify-position skips event ${skipped}, which no refresh sent before had retrieved`
    return [violation('CS-065', what, position, `at most ${skipped}`, positionAt)]
  })
}
