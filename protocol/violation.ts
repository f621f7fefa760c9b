/** A broken rule, as checks return it; the edge that called the check decides whether to count, store or throw it. */
export interface Violation {
  /** Rule id of the specification: `CV2-087`, `PUSH-035`, `CS-065`. */
  rule: string
  /** What is wrong, in one sentence without a final stop. */
  what: string
  /** JSON pointer into the message, '' = the whole message. */
  at: string
  expected: string
  found: string
}

const shownLength = 200

/** Shortens a value for a person; violations must not carry whole transcripts. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? 'nothing')
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text
}

export function violation(rule: string, what: string, found: unknown, expected: string, at = ''): Violation {
  return { rule, what, at, expected, found: shown(found) }
}
