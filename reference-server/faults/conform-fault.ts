import type { FaultDefinition } from './fault.ts'
import type { FaultGate } from './gate.ts'
import { seenOverComet } from './seen-over-comet.ts'

/** A behaviour that is wrong all the time, which one chat is enough to see; docs/how-to/add-a-fault.md. */
export interface ConformFault {
  name: string
  /** Rule ids that it breaks; a case that cites one of them must fail and name one of them first. */
  rules: readonly [string, ...string[]]
  /** One sentence. */
  does: string
  /** What a product with such a bug would show, and how it could have come about. */
  looksLike: string
  /** Made anew each time it is planted; absent = the code asks for it by name (`isPlanted`). */
  gate?: () => FaultGate
}

export function conformFaults(list: readonly ConformFault[]): readonly FaultDefinition[] {
  return list.map(({ name, rules, does, looksLike, gate }) => ({
    name,
    rules,
    does,
    looksLike,
    arguments: '',
    modes: name in seenOverComet ? ['comet'] : [],
    inConformance: name,
    plant: () => gate?.() ?? { inPlace: name },
  }))
}
