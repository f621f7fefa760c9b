import type { CaseHead } from './case-head.ts'
import type { Area, Need } from './rules/rule.ts'
import type { Story } from './story/story.ts'

/** A short story that a target lives up to, or does not. docs/how-to/add-a-case.md shows how one is written. */
export interface Case extends CaseHead {
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
