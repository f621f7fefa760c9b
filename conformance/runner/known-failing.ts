import { wildcard } from './select.ts'

/** Cases that are known to fail on a target, each with the reason: docs/how-to/add-a-case.md. */
export interface KnownFailing {
  /** Id of a case, `*` allowed. */
  case: string
  reason: string
}

/** @throws Error with the place when the file is not such a list. */
export function readKnownFailing(text: string, file: string): KnownFailing[] {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`)
  }
  if (!Array.isArray(list)) throw new Error(`${file}: an array of {"case", "reason"} is needed`)
  return list.map((entry: Partial<KnownFailing>, at) => {
    const members = Object.keys(entry ?? {})
    const odd = members.find(member => member !== 'case' && member !== 'reason')
    if (odd !== undefined)
      throw new Error(`${file}, entry ${at + 1}: there is no member ${odd}; case and reason are needed`)
    const isGiven = (value: unknown) => typeof value === 'string' && value.trim() !== ''
    if (!isGiven(entry?.case) || !isGiven(entry?.reason))
      throw new Error(`${file}, entry ${at + 1}: both case and reason are needed, as texts`)
    return entry as KnownFailing
  })
}

export interface KnownFailingList {
  /** Why this case is known to fail. */
  reasonOf(caseId: string): string | undefined
  /** What is wrong with the list, once all cases have run: entries that passed or that match nothing. */
  problems(ran: readonly { id: string; hasFailed: boolean }[], known: readonly string[]): string[]
}

export function knownFailingList(entries: readonly KnownFailing[]): KnownFailingList {
  const patterns = entries.map(entry => ({ ...entry, pattern: wildcard(entry.case) }))
  return {
    reasonOf: id => patterns.find(({ pattern }) => pattern.test(id))?.reason,
    problems(ran, known) {
      return patterns.flatMap(({ case: text, pattern }) => {
        if (!known.some(id => pattern.test(id))) return [`known failing: ${text} matches no case`]
        const passed = ran.filter(({ id, hasFailed }) => pattern.test(id) && !hasFailed).map(({ id }) => id)
        return passed.length === 0 ? [] : [`known failing: ${text} is listed, but ${passed.join(', ')} passed`]
      })
    },
  }
}
