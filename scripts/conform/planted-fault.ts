import type { Stack } from '../../conformance/stack.ts'
import { faults } from '../../reference-server/faults/registry.ts'
import { createSeededRandom } from '../../reference-server/time/seeded-random.ts'
import { checkFault } from '../serve/fault-list.ts'

/** A fault of `--fault`, as cases see it. */
export interface PlantedFault {
  /** As it is planted: without arguments those with which one chat shows it. */
  text: string
  /** What it breaks. */
  rules: readonly string[]
}

/** @throws UserError for an unknown name or argument. */
export function readFault(typed: string): PlantedFault {
  const name = checkFault(typed, createSeededRandom(1, 'fault')).split(':', 1)[0]!
  const { rules, inConformance } = faults.find(each => each.name === name)!
  return { text: typed === name ? (inConformance ?? typed) : typed, rules }
}

/** Anew for each case: a fault that touches only the first message must touch the first of this case. */
export async function plant({ control }: Stack, { text }: PlantedFault): Promise<void> {
  await control!.call('PUT', '/faults/planted', { fault: text })
}
