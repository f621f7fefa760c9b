/** What a part may import besides itself. Parts are named by their folder; the longest name that fits a file counts. */
export interface Permission {
  /** Folders and files of the project, as prefixes of a path from the root. */
  project: readonly string[]
  node: boolean
  npm: boolean
  k6: boolean
}

const generated = 'schemas/generated/'
const nothing: Permission = { project: [], node: false, npm: false, k6: false }
const program: Permission = { project: ['protocol/', generated], node: true, npm: true, k6: false }
const anything: Permission = { project: [''], node: true, npm: true, k6: true }

/** ARCHITECTURE.md prints it for people. */
export const importTable: Readonly<Record<string, Permission>> = {
  // The generator uses what generates; what it wrote runs anywhere.
  'schemas/': { ...nothing, node: true, npm: true },
  'schemas/generated/': nothing,
  'protocol/': { ...nothing, project: [generated] },
  'reference-server/': program,
  // What each process of ours has: its clock, and what it alone knows of its load. The target's has its own.
  'process/': { ...nothing, project: ['protocol/stream/observation.ts'], node: true },
  'receiver/': { ...program, project: [...program.project, 'process/'] },
  'collector/': { ...program, project: [...program.project, 'judging/', 'process/'] },
  'judging/': {
    ...nothing,
    project: [
      'protocol/instants.ts',
      'protocol/violation.ts',
      'protocol/threshold.ts',
      'protocol/regression-bound.ts',
      generated,
    ],
  },
  'planning/': { ...nothing, project: ['protocol/', 'judging/', generated] },
  'conformance/': program,
  'scenarios/': { ...nothing, project: ['protocol/'], k6: true },
  // Without k6, so that vitest can test them and the command line can read the options.
  'scenarios/load/': { ...nothing, project: ['protocol/', 'scenarios/options'] },
  'scenarios/options/': { ...nothing, project: ['protocol/'] },
  'scenarios/options.ts': { ...nothing, project: ['protocol/', 'scenarios/options/'] },
  'reports/': { ...program, project: ['judging/', 'planning/', 'protocol/instants.ts', generated] },
  'scripts/': anything,
  'bench/': anything,
  'tests/': anything,
  // Written from the documentation alone: it would prove nothing if it shared code with ours.
  'tests/second-server/': { ...nothing, node: true, npm: true },
}

/** Parts that whoever is allowed anything may import, and nobody else. */
const importedByNobody = ['scripts/', 'bench/', 'tests/']

/** Holds even for tests, which may otherwise reach across. */
const strangers: readonly (readonly [string, string])[] = [
  ['reference-server/', 'conformance/'],
  ['conformance/', 'reference-server/'],
]

/**
 * @param file path from the root; tests and what only tests import may reach across, but for the strangers
 * @param target path from the root, or the specifier of something outside the project
 * @returns why it may not be imported
 */
export function refusal(file: string, target: string, isTest: boolean): string | undefined {
  const part = partOf(file)
  if (part === undefined) return `${file} is in no part of the import table`
  if (strangers.some(([from, to]) => file.startsWith(from) && target.startsWith(to)))
    return `${part} never imports ${target}`
  if (isTest) return undefined
  const allowed = importTable[part]!
  if (target.startsWith('node:')) return allowed.node ? undefined : `${part} is pure: no node`
  if (target === 'k6' || target.startsWith('k6/')) return allowed.k6 ? undefined : `${part} does not run in k6`
  if (target === '(computed)') return allowed === anything ? undefined : `${part}: a computed import cannot be checked`
  if (/^https?:/.test(target)) return 'nothing is imported from the network'
  const targetPart = partOf(target)
  if (targetPart === undefined) return allowed.npm ? undefined : `${part} uses no npm package`
  if (targetPart === part || withinOwn(part, target)) return undefined
  if (importedByNobody.includes(targetPart)) return allowed === anything ? undefined : `nobody imports ${targetPart}`
  return allowed.project.some(prefix => target.startsWith(prefix)) ? undefined : `${part} does not import ${target}`
}

/** A part sees the parts inside it: scenarios/ its scenarios/load/, not the other way round. */
function withinOwn(part: string, target: string): boolean {
  return target.startsWith(part)
}

export function partOf(file: string): string | undefined {
  return Object.keys(importTable)
    .filter(part => file.startsWith(part))
    .sort((a, b) => b.length - a.length)[0]
}
