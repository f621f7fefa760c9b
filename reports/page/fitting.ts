/** GitHub takes 64 KB in a comment; the rest is left to whoever quotes it. */
export const mostSummaryBytes = 48 * 1024
/** Room for the sentence that names what was left out. */
const sentenceBytes = 300

export const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** A part of a summary that is kept or left out as a whole; an empty one is not there. */
export interface Section {
  /** As the sentence at the end calls it. */
  name: string
  text: string
}

/**
 * Markdown that fits into a comment: sections that do not fit are left out whole and named.
 * @param sections the most important first
 * @param page the file that has all of it
 */
export function fitted(head: string, sections: readonly Section[], foot: string, page: string): string {
  const left: string[] = []
  let room = mostSummaryBytes - bytesOf(head) - bytesOf(foot) - sentenceBytes
  const kept = sections.filter(({ name, text }) => {
    if (text === '') return false
    const size = bytesOf(text) + 2
    if (size > room) {
      left.push(name)
      return false
    }
    room -= size
    return true
  })
  const cut =
    left.length === 0
      ? []
      : [`_Left out because the summary would be longer than 48 KB: ${left.join(', ')}. See ${page}._`]
  return [head, ...kept.map(({ text }) => text), ...cut, foot].join('\n\n')
}
