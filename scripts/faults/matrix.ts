import type { FaultDefinition } from '../../reference-server/faults/fault.ts'

/** What came of one planted fault. */
export interface FaultRow {
  fault: string
  does: string
  rules: readonly string[]
  /** Cases that cite one of its rules and named one of them first. */
  caughtBy: readonly { case: string; rule: string }[]
  /** Other cases that failed, with the rule that each named first; '' = it could not be judged. */
  alsoFailed: readonly { case: string; rule: string }[]
  casesRun: number
}

export interface FaultMatrix {
  faults: readonly FaultRow[]
  /** Faults that only a load run can see. */
  onlyInRuns: readonly string[]
  caught: number
}

/** Why a fault that no case catches is kept, by its name. */
export type Survivors = Readonly<Record<string, string>>

export function matrixOf(rows: readonly FaultRow[], all: readonly FaultDefinition[]): FaultMatrix {
  return {
    faults: rows.toSorted((a, b) => (a.fault < b.fault ? -1 : 1)),
    onlyInRuns: all.filter(each => each.inConformance === undefined).map(each => each.name),
    caught: rows.filter(row => row.caughtBy.length > 0).length,
  }
}

/** docs/fault-matrix.md. */
export function renderMatrix({ faults, onlyInRuns, caught }: FaultMatrix, survivors: Survivors): string {
  const named = (list: FaultRow['caughtBy']) => list.map(each => `${each.case} (${each.rule || 'error'})`).join(', ')
  const row = (each: FaultRow) =>
    `| \`${each.fault}\` | ${each.does} | ${each.rules.join(', ')} | ${named(each.caughtBy) || `**survived**: ${survivors[each.fault] ?? 'no reason is known'}`} | ${named(each.alsoFailed)} |`
  const share = faults.length === 0 ? 0 : (100 * caught) / faults.length
  return `# Planted faults and the cases that catch them

Written by \`npm run faults\`. Each fault of \`reference-server/faults/\` was planted alone; *caught* means that a case which
cites one of its rules failed and named one of them first. Cases are run until one has caught it, those that cite its
rules first; so the last column is not complete.

${caught} of ${faults.length} caught (${share.toFixed(1)} %).

| Fault | What is wrong | Rules | Caught by (rule named first) | Failed before |
| --- | --- | --- | --- | --- |
${faults.map(row).join('\n')}

Seen by load runs only: ${onlyInRuns.map(name => `\`${name}\``).join(', ') || 'none'}.
`
}
