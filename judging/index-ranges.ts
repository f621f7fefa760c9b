/** Half-open ranges of transcript indexes, flat pairs in rising order: [3, 5, 9, 10] = 3, 4 and 9. */
export type IndexRanges = number[]

/** A transcript with more separate gaps than this forgets its oldest ones: memory of a session stays bounded. */
const keptNumbers = 512

export function isInRanges(ranges: IndexRanges | undefined, index: number): boolean {
  if (ranges === undefined) return false
  for (let at = 0; at < ranges.length; at += 2) {
    if (index < ranges[at]!) return false
    if (index < ranges[at + 1]!) return true
  }
  return false
}

/** Adds [from, to), which must not overlap what is there. */
export function withRange(ranges: IndexRanges | undefined, from: number, to: number): IndexRanges | undefined {
  if (to <= from) return ranges
  if (ranges === undefined) return [from, to]
  if (ranges.at(-1) === from) {
    ranges[ranges.length - 1] = to
    return ranges
  }
  let at = 0
  while (at < ranges.length && ranges[at]! < from) at += 2
  ranges.splice(at, 0, from, to)
  return ranges.length > keptNumbers ? ranges.slice(-keptNumbers) : ranges
}

export function withoutIndex(ranges: IndexRanges | undefined, index: number): IndexRanges | undefined {
  return withoutRange(ranges, index, index + 1)
}

export function withoutRange(ranges: IndexRanges | undefined, from: number, to: number): IndexRanges | undefined {
  if (ranges === undefined) return undefined
  const kept: IndexRanges = []
  for (let at = 0; at < ranges.length; at += 2) {
    const start = ranges[at]!
    const end = ranges[at + 1]!
    if (start < Math.min(end, from)) kept.push(start, Math.min(end, from))
    if (Math.max(start, to) < end) kept.push(Math.max(start, to), end)
  }
  return kept.length > 0 ? kept : undefined
}

/** What of [from, to) is in `ranges`. */
export function rangesWithin(ranges: IndexRanges | undefined, from: number, to: number): IndexRanges {
  const found: IndexRanges = []
  for (let at = 0; at < (ranges?.length ?? 0); at += 2) {
    const start = Math.max(from, ranges![at]!)
    const end = Math.min(to, ranges![at + 1]!)
    if (start < end) found.push(start, end)
  }
  return found
}
