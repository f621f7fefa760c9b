import { type Count, modelError } from './capacity-plan.ts'
import { type Figures, type Values, valuesOf } from './figure.ts'
import { type Use, usedOf } from './limits.ts'
import type { PushMix } from './push-mix.ts'

/** What one node with one Chat Server can do of a limit. */
export interface OneNodeLimit extends Use {
  /** Sessions of the same kind that it carries with the headroom kept free; Infinity = they do not use it. */
  sessions: number
}

/** All limits, the one that is reached first at the front. `used` is what the given sessions would use of it alone. */
export function limitsOfOneNode(values: Values, mix: PushMix, error = 1): OneNodeLimit[] {
  return usedOf(values, mix, { nodes: 1, chatServers: 1 })
    .map(use => ({ ...use, sessions: (values.sessions * (1 - values.headroom)) / (use.used * error) }))
    .toSorted((a, b) => a.sessions - b.sessions)
}

/** Sessions that one node with one Chat Server carries, from the ends of the figures and of the model. */
export function sessionsOfOneNode(figures: Figures, mix: PushMix): Count {
  const least = (at: 'value' | 'best' | 'worst', error: number) =>
    limitsOfOneNode(valuesOf(figures, at), mix, error)[0]!.sessions
  return {
    value: least('value', 1),
    low: least('worst', 1 + modelError),
    high: least('best', 1 - modelError),
  }
}
