import type { FaultGate } from './gate.ts'

/** Whether the fault of this name is planted; a test holds that every name that is asked for is in the registry. */
export function isPlanted(faults: (() => FaultGate | undefined) | undefined, name: string): boolean {
  return faults?.()?.inPlace === name
}
