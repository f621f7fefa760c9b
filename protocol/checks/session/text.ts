import type { AnsweredEvent } from '../../chat/answer.ts'
import { type Marker, readMarker } from '../../marker.ts'
import { type Violation, violation } from '../../violation.ts'
import type { IndexedEvent } from './answer-alone.ts'
import type { SessionState } from './state.ts'
import { placeOf, type Transcript } from './transcript.ts'

export interface CheckedText {
  violations: Violation[]
  foreign: boolean
  /** As the transcript keeps it; 0 = no marker, or a text that is not counted. */
  mark: number
  /** When the text left its writer, 0 = unknown. */
  sentMs: number
}

const nothing: CheckedText = { violations: [], foreign: false, mark: 0, sentMs: 0 }

/**
 * What the marker of a text says. That a session shows only its own events is CV2-085 for answers ("exactly the visible
 * events") and PUSH-022 for pushes (the device id of the subscription, not of another).
 */
export function checkText(
  state: SessionState,
  event: IndexedEvent,
  by: 'answer' | 'push' | 'notification',
  at: string,
): CheckedText {
  if (state.options.textsAreMarked === false) return nothing
  const marker = readMarker(event.text)
  const pointer = `${at}/text`
  if (!marker) {
    if (event.type !== 'Message' || event.from.type !== 'Client') return nothing
    const what = 'A message of the client does not start with the marker that each of its texts was sent with'
    return { ...nothing, violations: [violation('CV2-065', what, event.text, 'the text as it was sent', pointer)] }
  }
  const { run, shard, session } = state.options
  if (marker.run !== run || marker.shard !== shard || marker.session !== session) {
    const rule = { push: 'PUSH-022', answer: 'CV2-085', notification: 'CV2-127' }[by]
    const expected = `events of session ${shard}.${session} of run ${run} only`
    return {
      violations: [violation(rule, 'The event belongs to another session', event.text, expected, pointer)],
      foreign: true,
      mark: 0,
      sentMs: 0,
    }
  }
  // Typing previews and notices repeat the count of the text they announce.
  if (event.type !== 'Message') return nothing
  const violations = [...checkWriter(event, marker, at), ...checkVerbatim(state, event.text!, marker, pointer)]
  if (placeOf(state.transcript, event.index) < 0) violations.push(...checkSequence(state, event, marker, pointer))
  const mark = marker.sequence * 2 + (marker.side === 'a' ? 1 : 0)
  return { violations, foreign: false, mark, sentMs: marker.plannedMs + marker.latenessUs / 1000 }
}

/** CV2-079: what the client sent comes from the client; CV2-053: what the agent said, from the agent. */
function checkWriter({ from }: AnsweredEvent, { side }: Marker, at: string): Violation[] {
  const expected = side === 'c' ? 'Client' : 'Agent'
  if (from.type === expected) return []
  const rule = side === 'c' ? 'CV2-079' : 'CV2-053'
  return [violation(rule, 'The text was written by another party', from.type, expected, `${at}/from/type`)]
}

function checkVerbatim({ options }: SessionState, text: string, marker: Marker, pointer: string): Violation[] {
  if (marker.side !== 'c' || !options.customerText || options.customerText(marker) === text) return []
  return [
    violation(
      'CV2-065',
      `Message ${marker.sequence} of the client is not as it was sent`,
      text,
      'the text verbatim',
      pointer,
    ),
  ]
}

/**
 * The agent writes one text after the other, so its count grows with the index. The client's may not: its sends can be
 * in flight together and overtake each other; there only a text that is there twice is wrong (CV2-079), and not even
 * that when a send had no answer and was repeated (CV2-082).
 */
function checkSequence(state: SessionState, event: IndexedEvent, marker: Marker, pointer: string): Violation[] {
  const { transcript } = state
  const { sequence, side } = marker
  const place = -1 - placeOf(transcript, event.index)
  if (side === 'c') {
    if (state.sendUncertain || !transcript.marks.includes(sequence * 2)) return []
    const what = `Message ${sequence} of the client is in the transcript twice`
    return [violation('CV2-079', what, event.text, 'one Message event a send', pointer)]
  }
  const below = agentSequence(transcript, place - 1, -1) ?? 0
  const above = agentSequence(transcript, place, 1) ?? Number.POSITIVE_INFINITY
  if (below < sequence && sequence < above) return []
  const expected = `above ${below}${above === Number.POSITIVE_INFINITY ? '' : ` and below ${above}`}`
  return [
    violation('CV2-088', `Messages of the agent are out of order at index ${event.index}`, sequence, expected, pointer),
  ]
}

function agentSequence({ marks }: Transcript, from: number, step: 1 | -1): number | undefined {
  for (let at = from; at >= 0 && at < marks.length; at += step) if (marks[at]! & 1) return marks[at]! >> 1
  return undefined
}
