import type { FaultGate } from './gate.ts'

/** What was set at run time, invalid values and unknown names included, for faults that take it all the same. */
export interface RememberedSettings {
  setting: NonNullable<FaultGate['setting']>
  /** undefined = not set since the fault was planted; { value: undefined } = deleted. */
  of(section: string, option: string): { value: string | undefined } | undefined
  /** The last one before that. */
  before(section: string, option: string): { value: string | undefined } | undefined
}

export function rememberSettings(): RememberedSettings {
  const last = new Map<string, { value: string | undefined }>()
  const before = new Map<string, { value: string | undefined }>()
  return {
    setting(section, option, value, outcome) {
      const key = `${section}\n${option}`
      const old = last.get(key)
      if (old) before.set(key, old)
      last.set(key, { value })
      return outcome
    },
    of: (section, option) => last.get(`${section}\n${option}`),
    before: (section, option) => before.get(`${section}\n${option}`),
  }
}
