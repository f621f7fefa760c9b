import type { AnsweredEvent } from '../../chat/answer.ts'
import { type Violation, violation } from '../../violation.ts'
import type { IndexedEvent } from './answer-alone.ts'
import { printOf } from './event-print.ts'
import type { SessionState } from './state.ts'
import { checkText } from './text.ts'
import { flag, insertAt, isShown, placeOf, shownSince, type Transcript } from './transcript.ts'

export type SeenBy = 'answer' | 'push' | 'notification'

export interface SeenEvent {
  violations: Violation[]
  /** Belongs to another session or run, by its marker. */
  foreign: boolean
  /** Known from an earlier push. */
  wasPushed: boolean
}

/**
 * Takes one copy of an event into what is known of the session. Pushes and answers travel on different sockets, so
 * copies come in any order; nothing here depends on which one is first.
 */
export function seeEvent(state: SessionState, event: IndexedEvent, by: SeenBy, at: string): SeenEvent {
  const { transcript } = state
  const text = checkText(state, event, by, at)
  // A foreign event says nothing about this session: its index may even be taken by an own event.
  if (text.foreign) return { violations: text.violations, foreign: true, wasPushed: false }

  const violations: Violation[] = []
  const { index, utcTime } = event
  const flags = (by === 'push' ? flag.pushed : 0) | (isPushOnly(event, by) ? flag.pushOnly : 0)
  const print = printOf(event)
  const place = placeOf(transcript, index)
  if (place >= 0) {
    const wasPushed = (transcript.flags[place]! & flag.pushed) !== 0
    if (transcript.prints[place] !== print || transcript.utcTimes[place] !== utcTime) {
      const rule = by === 'push' ? 'PUSH-043' : 'CV2-055'
      const expected = 'type, text, from and utcTime as in the copy seen before'
      violations.push(
        violation(rule, `The event with index ${index} differs from another copy of it`, told(event), expected, at),
      )
    }
    transcript.flags[place]! |= flags
    return { violations, foreign: false, wasPushed }
  }
  if (index < transcript.forgottenBelow) return { violations, foreign: false, wasPushed: false }

  violations.push(...checkParty(state, event, at))
  const before = -1 - place
  violations.push(...checkTime(state, event, before, at))
  violations.push(...text.violations)
  if (isShown(transcript, index) && (flags & flag.pushOnly) === 0) {
    violations.push(missedBefore(transcript, event, text.sentMs, at))
  }
  insertAt(transcript, before, { index, print, utcTime, mark: text.mark, sentMs: text.sentMs, flags })
  return { violations, foreign: false, wasPushed: false }
}

/** The answer left the event out, or, when the text was written after it, had counted too far. */
function missedBefore(transcript: Transcript, event: IndexedEvent, sentMs: number, at: string): Violation {
  const { index } = event
  if (sentMs > (shownSince(transcript, index) ?? Number.POSITIVE_INFINITY)) {
    const what = `Index ${index} was assigned after an answer whose nextPosition was already above it`
    return violation('CV2-087', what, told(event), 'nextPosition = highest index assigned + 1', at)
  }
  const what = `An earlier answer covered index ${index} and did not contain this event`
  return violation('CV2-088', what, told(event), 'every visible event exactly once and in order', at)
}

/** CV2-061, PUSH-033: reasons 0 and 3 travel in pushes only, so answers need not have that event. */
function isPushOnly(event: AnsweredEvent, by: SeenBy): boolean {
  const reason = event.userData?.['quit-reason-code']
  return by === 'push' && event.type === 'ParticipantLeft' && (reason === '0' || reason === '3')
}

/**
 * CV2-053: participantId names one party, the client has 1. Only the type is compared: a nickname may change, and the
 * event that says so (CV2-064) can come after the first one that shows it.
 */
function checkParty({ parties }: SessionState, { from }: AnsweredEvent, at: string): Violation[] {
  const { participantId, type } = from
  const pointer = `${at}/from`
  if ((participantId === 1) !== (type === 'Client')) {
    return [
      violation(
        'CV2-053',
        'The client and only the client is participant 1',
        from,
        'participantId 1 of type Client',
        pointer,
      ),
    ]
  }
  const known = parties.get(participantId)
  if (known === undefined) parties.set(participantId, type)
  if (known === undefined || known === type) return []
  return [violation('CV2-053', `Participant ${participantId} was of type ${known}`, from, `type ${known}`, pointer)]
}

/** CV2-056, against the known events just below and above. */
function checkTime(
  { transcript }: SessionState,
  { index, utcTime }: AnsweredEvent,
  place: number,
  at: string,
): Violation[] {
  const { utcTimes } = transcript
  const below = place > 0 ? utcTimes[place - 1]! : Number.NEGATIVE_INFINITY
  const above = utcTimes[place] ?? Number.POSITIVE_INFINITY
  if (below <= utcTime && utcTime <= above) return []
  const expected = below > utcTime ? `at least ${below}` : `at most ${above}`
  return [violation('CV2-056', `utcTime decreases with growing index at ${index}`, utcTime, expected, `${at}/utcTime`)]
}

function told({ index, type, text, from }: AnsweredEvent): unknown {
  return { index, type, from: from.participantId, ...(text === undefined ? {} : { text }) }
}
