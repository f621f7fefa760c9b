import type { ChatAnswer } from '../../chat/answer.ts'
import { type Violation, violation } from '../../violation.ts'
import { checkAnswerAlone, type IndexedEvent, isIndexed } from './answer-alone.ts'
import { seeEvent } from './event.ts'
import { confirmNotices, explainUpTo } from './notice.ts'
import { floorAt, raiseFloor } from './positions.ts'
import type { SessionState } from './state.ts'
import { flag, markShown } from './transcript.ts'

export interface WatchedAnswer {
  /** As in the shard's rows; `ping` and `finalRefresh` are refreshes. */
  operation: string
  /** Requested transcriptPosition, −1 = none was sent. */
  position: number
  /** Shard clock, epoch ms. */
  sentMs: number
  answeredMs: number
  /** undefined = no usable answer came (timeout, refused connection, HTTP error, broken shape). */
  answer?: ChatAnswer | undefined
}

const refreshes = new Set(['refresh', 'ping', 'finalRefresh', 'resume'])

export function watchAnswer(state: SessionState, seen: WatchedAnswer): Violation[] {
  const { answer, operation } = seen
  // Request chat may be refused for the load of the moment (CV2-039) and succeed later.
  if (answer?.statusCode === 2 && answer.chatEnded === true && operation !== 'requestChat')
    end(state, seen.answeredMs, 'fatal')
  if (answer?.statusCode !== 0) {
    if (operation === 'send') state.sendUncertain = true
    // The server may have served a pull whose answer got lost: it may have confirmed.
    if (pulls(seen)) state.notices.unansweredSinceMs = Math.min(state.notices.unansweredSinceMs, seen.sentMs)
    return []
  }
  const violations = [...checkIdentity(state, answer), ...checkEnd(state, seen, answer)]
  const messages = Array.isArray(answer.messages) ? answer.messages : []
  violations.push(...checkAnswerAlone(answer))
  const own: IndexedEvent[] = []
  messages.forEach((event, at) => {
    if (!isIndexed(event)) return
    const checked = seeEvent(state, event, 'answer', `/messages/${at}`)
    violations.push(...checked.violations)
    if (!checked.foreign) own.push(event)
  })
  violations.push(...checkWhole(state, seen, own, answer.nextPosition))
  if (Number.isInteger(answer.nextPosition)) violations.push(...checkNextPosition(state, seen, answer.nextPosition!))
  if (operation === 'requestChat') explainUpTo(state.notices, answer.nextPosition ?? 0)
  if (pulls(seen)) violations.push(...confirmNotices(state, seen, own, answer.nextPosition))
  return eachOnce(violations)
}

/** One wrong value can contradict several things that are known; it is one violation all the same. */
function eachOnce(violations: readonly Violation[]): Violation[] {
  return violations.filter(
    ({ rule, at }, i) => violations.findIndex(earlier => earlier.rule === rule && earlier.at === at) === i,
  )
}

/** Effective position: a refresh without one means 1 = all, any other operation 0 = none (OQ-05). */
function asked({ operation, position }: WatchedAnswer): number {
  if (position >= 0) return position
  return refreshes.has(operation) ? 1 : 0
}

/** CS-067, CS-068: what confirms reliable pushes. */
function pulls(seen: WatchedAnswer): boolean {
  return refreshes.has(seen.operation) || seen.position >= 1
}

function checkIdentity(state: SessionState, { chatId, userId }: ChatAnswer): Violation[] {
  state.userId ??= userId!
  if (chatId === undefined || chatId === state.chatId) return []
  const known = state.chatId
  state.chatId ??= chatId
  if (known === undefined) return []
  return [violation('CV2-031', 'The chatId changed within the session', chatId, known, '/chatId')]
}

function end(state: SessionState, atMs: number, by: 'disconnect' | 'over' | 'fatal'): void {
  state.ended ??= { atMs, by }
}

/** Requests that left before the end was known to the client may still be served. */
function checkEnd(
  state: SessionState,
  { operation, sentMs, answeredMs }: WatchedAnswer,
  answer: ChatAnswer,
): Violation[] {
  const { ended } = state
  const over = answer.chatEnded === true
  const violations: Violation[] = []
  if (ended && sentMs >= ended.atMs && (!over || ended.by !== 'over')) {
    const rule = { disconnect: 'CV2-101', over: 'CV2-108', fatal: 'CV2-023' }[ended.by]
    const what = `${operation} succeeded after the end of the session (${ended.by})`
    violations.push(violation(rule, what, { statusCode: 0, chatEnded: over }, 'a fatal answer'))
  }
  const { removedAtMs } = state.notices
  if (removedAtMs !== undefined && !over && sentMs > removedAtMs + state.options.clockBoundMs()) {
    const what = `${operation} succeeded after a push had told that the party was removed`
    violations.push(violation('PUSH-057', what, 'statusCode 0', 'chatEnded true or a fatal answer'))
  }
  if (over) end(state, answeredMs, operation === 'disconnect' ? 'disconnect' : 'over')
  return violations
}

/**
 * A refresh from n shows every visible event from n to its own nextPosition: what is known from elsewhere must be there,
 * and what turns up later must not lie in between. No clock is needed: nextPosition tells what was assigned then.
 */
function checkWhole(
  { transcript, options }: SessionState,
  seen: WatchedAnswer,
  events: readonly IndexedEvent[],
  nextPosition: number | undefined,
): Violation[] {
  const from = asked(seen)
  const isRefresh = refreshes.has(seen.operation)
  if (from === 0 && options.isComet) return isRefresh ? [] : checkOwn(seen, events)
  if (from === 0) {
    if (events.length === 0 || (!isRefresh && seen.operation !== 'send')) return []
    const what = 'The answer has events although none were asked for'
    return [violation(isRefresh ? 'CV2-084' : 'CV2-080', what, indexesOf(events), 'no events', '/messages')]
  }
  if (!isRefresh) return []
  const rule = options.isComet ? 'CV2-129' : from === 1 ? 'CV2-083' : 'CV2-085'
  const violations: Violation[] = []
  const below = events.filter(({ index }) => index < from)
  if (below.length > 0) {
    const what = `The answer has events below the position ${from} that was asked for`
    violations.push(violation(rule, what, indexesOf(below), `indexes from ${from} on`, '/messages'))
  }
  const to = nextPosition ?? (events.at(-1)?.index ?? 0) + 1
  const present = new Set(events.map(({ index }) => index))
  const missing: number[] = []
  const later: number[] = []
  // From the newest down: a refresh mostly asks for the last few events of a long transcript.
  for (let at = transcript.indexes.length - 1; at >= 0; at--) {
    const index = transcript.indexes[at]!
    if (index < from) break
    if (index >= to || present.has(index) || (transcript.flags[at]! & flag.pushOnly) !== 0) continue
    if (transcript.sentMs[at]! > seen.answeredMs) later.unshift(index)
    else missing.unshift(index)
  }
  if (missing.length > 0) {
    const what = `Visible events from ${from} on are missing in the answer: ${missing.slice(0, 10).join(', ')}`
    violations.push(violation(rule, what, indexesOf(events), `also ${missing.slice(0, 10).join(', ')}`, '/messages'))
  }
  if (later.length > 0) {
    const what = `nextPosition is above index ${later[0]}, which was assigned after the answer`
    violations.push(violation('CV2-087', what, nextPosition, 'highest index assigned + 1', '/nextPosition'))
  }
  markShown(transcript, Math.max(from, transcript.forgottenBelow), to, seen.answeredMs)
  return violations
}

/** Over CometD the answer shows what the operation itself has done, and nothing else (CV2-117). */
function checkOwn({ operation }: WatchedAnswer, events: readonly IndexedEvent[]): Violation[] {
  const isFine = events.length === 0 || (events.length === 1 && events[0]!.from.participantId === 1)
  if (operation === 'requestChat' || isFine) return []
  const what = `The answer to ${operation} shows more than its own event`
  return [violation('CV2-117', what, indexesOf(events), 'no event, or one of the customer', '/messages')]
}

/** Against what was known before the request left; against its own events it was checked already. */
function checkNextPosition(
  { floors }: SessionState,
  { sentMs, answeredMs }: WatchedAnswer,
  nextPosition: number,
): Violation[] {
  const floor = floorAt(floors, sentMs)
  raiseFloor(floors, answeredMs, nextPosition)
  if (nextPosition >= floor) return []
  const what = 'nextPosition is lower than what was known when the request left'
  return [violation('CV2-087', what, nextPosition, `at least ${floor}`, '/nextPosition')]
}

function indexesOf(events: readonly { index: number }[]): string {
  return events.length === 0
    ? 'no events'
    : `indexes ${events
        .slice(0, 20)
        .map(({ index }) => index)
        .join(', ')}`
}
