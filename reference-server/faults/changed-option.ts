import type { FaultGate } from './gate.ts'

/** A gate that reads one option wrong, in every section of that name; `*` stands for the rest of the section's name. */
export function changedOption(
  section: string,
  option: string,
  change: (value: string | undefined) => string | undefined,
): FaultGate {
  const isIt = (found: string) => (section.endsWith('*') ? found.startsWith(section.slice(0, -1)) : found === section)
  return { option: (found, name, value) => (name === option && isIt(found) ? change(value) : value) }
}

/** A timer that is wrong by a factor. */
export function timesAsLong(section: string, option: string, factor: number): FaultGate {
  return changedOption(section, option, value =>
    value === undefined ? value : String(Math.round(Number(value) * factor)),
  )
}
