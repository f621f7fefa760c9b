/**
 * What is known of one session's transcript, compact: parallel arrays sorted by index (numbers only), and the ranges
 * that some answer has shown whole.
 */
export interface Transcript {
  indexes: number[]
  prints: number[]
  utcTimes: number[]
  /** Marker of the event: sequence × 2 + (agent ? 1 : 0), 0 = none. */
  marks: number[]
  /** When the text left its writer, by its marker; 0 = none. */
  sentMs: number[]
  flags: number[]
  /** Events below were forgotten: nothing is judged there. */
  forgottenBelow: number
  /** Ranges [from, to) that an answer has shown whole, apart from each other, ascending. */
  shown: { from: number; to: number }[]
  /** The last ranges with the instant of their answer, as they came. */
  shownAt: { from: number; to: number; answeredMs: number }[]
}

export const flag = {
  pushed: 1,
  /** Not demanded from answers: a ParticipantLeft whose reason is pushed only (CV2-061). */
  pushOnly: 2,
} as const

/** Longest session that is kept whole; beyond it the older half is forgotten (about 40 bytes an event). */
const mostEvents = 4096
const mostRanges = 8
const mostAnswers = 16

export function emptyTranscript(): Transcript {
  return {
    indexes: [],
    prints: [],
    utcTimes: [],
    marks: [],
    sentMs: [],
    flags: [],
    forgottenBelow: 0,
    shown: [],
    shownAt: [],
  }
}

/** @returns where the index is, or −1 − (where it belongs). Most events are the newest, so the search starts there. */
export function placeOf({ indexes }: Transcript, index: number): number {
  let high = indexes.length
  if (high === 0 || indexes[high - 1]! < index) return -1 - high
  let low = 0
  while (low < high) {
    const middle = (low + high) >> 1
    if (indexes[middle]! < index) low = middle + 1
    else high = middle
  }
  return indexes[low] === index ? low : -1 - low
}

export function insertAt(
  transcript: Transcript,
  place: number,
  event: { index: number; print: number; utcTime: number; mark: number; sentMs: number; flags: number },
): void {
  transcript.indexes.splice(place, 0, event.index)
  transcript.prints.splice(place, 0, event.print)
  transcript.utcTimes.splice(place, 0, event.utcTime)
  transcript.marks.splice(place, 0, event.mark)
  transcript.sentMs.splice(place, 0, event.sentMs)
  transcript.flags.splice(place, 0, event.flags)
  if (transcript.indexes.length > mostEvents) forgetOlderHalf(transcript)
}

const columns = ['indexes', 'prints', 'utcTimes', 'marks', 'sentMs', 'flags'] as const

function forgetOlderHalf(transcript: Transcript): void {
  const half = mostEvents / 2
  transcript.forgottenBelow = transcript.indexes[half]!
  for (const column of columns) transcript[column].splice(0, half)
}

export function isShown({ shown }: Transcript, index: number): boolean {
  return shown.some(({ from, to }) => from <= index && index < to)
}

/** When an answer first said that it shows this index; undefined = not, or too long ago. */
export function shownSince({ shownAt }: Transcript, index: number): number | undefined {
  return shownAt.find(({ from, to }) => from <= index && index < to)?.answeredMs
}

/** Merges [from, to) into the shown ranges. */
export function markShown(transcript: Transcript, from: number, to: number, answeredMs: number): void {
  if (to <= from) return
  transcript.shownAt = [...transcript.shownAt, { from, to, answeredMs }].slice(-mostAnswers)
  let merged = { from, to }
  const apart = transcript.shown.filter(range => {
    const touches = range.from <= merged.to && merged.from <= range.to
    if (touches) merged = { from: Math.min(range.from, merged.from), to: Math.max(range.to, merged.to) }
    return !touches
  })
  transcript.shown = [...apart, merged].sort((a, b) => a.from - b.from).slice(-mostRanges)
}
