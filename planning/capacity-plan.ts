import { type Capacity, capacityOf } from './capacity.ts'
import { type Figures, valuesOf } from './figure.ts'
import { firstLimit, type Limit, type Machines, machinesFor, type NoCapacity, usedOf } from './limits.ts'
import type { Source } from './measured.ts'
import { type RangeRow, rangeOf } from './measured-range.ts'
import { planWarnings } from './plan-warnings.ts'
import type { PushMix } from './push-mix.ts'
import { lossTable, type WhatIfRow, whatIfTable } from './what-if.ts'

/** Within this share the model agrees with a real run of the reference server, up to 80 % of its lane. */
export const modelError = 0.1

export interface Count {
  value: number
  low: number
  high: number
}

export interface CapacityPlan {
  nodes: Count
  chatServers: Count
  /** The limit that is reached first when everything grows. */
  first: Limit
  /** Sessions of the same kind at which nothing of it is left with these machines. */
  full: Count
  capacity: Capacity
  whatIf: WhatIfRow[]
  range: RangeRow[]
  /** What a reader must know before he believes the answer, plain sentences. */
  warnings: string[]
}

/**
 * @param durationText writes milliseconds as a planner would.
 * @param findings what reading the sources has shown, plain sentences without their full stop.
 */
export function planCapacity(
  figures: Figures,
  mix: PushMix,
  sources: readonly Source[],
  durationText: (ms: number) => string,
  findings: readonly string[] = [],
): CapacityPlan | NoCapacity {
  const values = valuesOf(figures)
  const capacity = capacityOf(values, mix)
  const best = machinesFor(valuesOf(figures, 'best'), mix, 1 - modelError)
  const worst = machinesFor(valuesOf(figures, 'worst'), mix, 1 + modelError)
  if ('error' in capacity) return capacity
  if ('error' in best) return best
  if ('error' in worst) return worst
  const laneMs = figures.pushMs.origin === 'measured' ? figures.pushMs.value : undefined
  const range = rangeOf(sources, capacity, values.sessions, laneMs)
  const count = (of: 'nodes' | 'chatServers') => ({
    value: capacity[of],
    low: Math.min(best[of], capacity[of]),
    high: Math.max(worst[of], capacity[of]),
  })
  return {
    nodes: count('nodes'),
    chatServers: count('chatServers'),
    first: firstLimit(capacity.limits),
    full: fullAt(figures, mix, capacity),
    capacity,
    whatIf: [...lossTable(values, mix, capacity), ...whatIfTable(values, mix, durationText)],
    range,
    warnings: [...findings, ...planWarnings({ capacity, range, sources, mix, figures }, durationText)],
  }
}

function fullAt(figures: Figures, mix: PushMix, machines: Machines): Count {
  const at = (end: 'value' | 'best' | 'worst', error: number) => {
    const values = valuesOf(figures, end)
    return values.sessions / (firstLimit(usedOf(values, mix, machines)).used * error)
  }
  return { value: at('value', 1), low: at('worst', 1 + modelError), high: at('best', 1 - modelError) }
}
