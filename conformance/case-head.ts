import type { Need } from './rules/rule.ts'

/** What is known of a case before its story is told. */
export interface CaseHead {
  /** The rule that it is mainly about, and a slug: `CV2-087/after-send`. It is the name in every report: never renamed. */
  id: `${string}-${number}/${string}`
  /** The statement that is tried, one sentence in the present tense without a final stop. */
  title: string
  /** The rule of the id first. A failure names one of them, or the rule of a message that is malformed. */
  rules: readonly [string, ...string[]]
  /** What the target must offer beyond the chat API; what the story uses must stand here, and nothing else. */
  needs?: readonly Need[]
  /**
   * Nothing else runs on the stack meanwhile. Implied by time control, configuration, server control and fault injection;
   * said explicitly by a case that holds a POST back, which blocks its node for everybody.
   */
  alone?: true
}
