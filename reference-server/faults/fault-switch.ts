import type { Random } from '../random.ts'
import type { FaultGate } from './gate.ts'
import { plantFault } from './registry.ts'

/** The fault that is planted now; it can be changed while the server runs. */
export interface FaultSwitch {
  /** As given to `plant`. */
  planted(): string | undefined
  /** @throws when there is no such fault or an argument is not allowed; then nothing changes. */
  plant(text: string): void
  clear(): void
  current(): FaultGate | undefined
}

export function createFaultSwitch(random: Random): FaultSwitch {
  let text: string | undefined
  let current: FaultGate | undefined
  return {
    planted: () => text,
    plant(wanted) {
      current = plantFault(wanted, random)
      text = wanted
    },
    clear() {
      current = undefined
      text = undefined
    },
    current: () => current,
  }
}
