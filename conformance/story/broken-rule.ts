/** The target broke a rule. Thrown by `must` and by the checks that look at every message. */
export class BrokenRule extends Error {
  readonly rule: string
  readonly what: string
  readonly expected: string
  readonly found: string
  /** JSON pointer into the message, '' = the whole or none. */
  readonly at: string
  /** An exact value that is decided or observed only, in a rule that is documented at its core (basis DX, DO). */
  readonly isEdge: boolean

  constructor(broken: {
    rule: string
    what: string
    expected: string
    found: string
    at?: string
    isEdge?: boolean
  }) {
    super(`${broken.rule}: ${broken.what}: expected ${broken.expected}, found ${broken.found}`)
    this.rule = broken.rule
    this.what = broken.what
    this.expected = broken.expected
    this.found = broken.found
    this.at = broken.at ?? ''
    this.isEdge = broken.isEdge ?? false
  }
}

/** The suite is wrong, or could not do what the story asks: never the target's failure. */
export class StoryError extends Error {}
