import type { FaultGate } from '../gate.ts'

/** A gate under which an option has another default, for those who read it and in the list of options. */
export function otherDefault(section: string, option: string, documented: string, other: string): FaultGate {
  let isSet = false
  return {
    setting(found, name, value, outcome) {
      if (found === section && name === option) isSet = value !== undefined
      return outcome
    },
    option: (found, name, value) =>
      found === section && name === option && !isSet && value === documented ? other : value,
    listed: row =>
      row.section === section && row.option === option && row.origin === 'default' ? { ...row, value: other } : row,
  }
}

/** A gate under which a value that is not valid is taken all the same. */
export function takesInvalid(section: string, option: string, isTaken: (value: string) => boolean): FaultGate {
  let taken: string | undefined
  return {
    setting(found, name, value, outcome) {
      if (found !== section || name !== option) return outcome
      taken = value !== undefined && outcome.kind === 'warned' && isTaken(value) ? value : undefined
      return taken === undefined ? outcome : { kind: 'in-force' }
    },
    option: (found, name, value) => (found === section && name === option ? (taken ?? value) : value),
    listed: row =>
      row.section === section && row.option === option && taken !== undefined ? { ...row, value: taken } : row,
  }
}

/** A gate under which a value that is valid is refused. */
export function refusesValid(section: string, option: string, isRefused: (value: string) => boolean): FaultGate {
  return {
    setting: (found, name, value, outcome) =>
      found === section && name === option && value !== undefined && isRefused(value)
        ? { kind: 'warned', warning: `[${section}] ${option}: '${value}' is not allowed` }
        : outcome,
  }
}
