import type { Area, Need } from './rules/rule.ts'
import type { Story } from './story/story.ts'

/** A short story that a target lives up to, or does not. docs/how-to/add-a-case.md shows how one is written. */
export interface Case {
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
  run(story: Story): Promise<void>
}

export interface CaseSection {
  area: Area
  /** Name of the rule section, which is also the name of the file. */
  section: string
  cases: readonly Case[]
}

export function cases(area: Area, section: string, list: readonly Case[]): CaseSection {
  return { area, section, cases: list }
}

/** Without agent, clock, sink or administration: what may be pointed at a production-like GMS first. */
export function isCustomerOnly(each: Case): boolean {
  return (each.needs ?? []).length === 0
}

const exclusive: ReadonlySet<Need> = new Set(['time control', 'configuration', 'server control', 'fault injection'])

export function runsAlone(each: Case): boolean {
  return each.alone === true || (each.needs ?? []).some(need => exclusive.has(need))
}
