import type { FaultGate } from './gate.ts'

/** A gate that keeps the first value it sees of these options, as if they were read once when the server starts. */
export function firstValue(section: string, ...options: string[]): FaultGate {
  const first = new Map<string, string | undefined>()
  return {
    option(found, option, value) {
      if (found !== section || !options.includes(option)) return value
      if (!first.has(option)) first.set(option, value)
      return first.get(option)
    },
  }
}
