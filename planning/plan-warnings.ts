import type { Capacity } from './capacity.ts'
import { type FigureName, type Figures, figureTable } from './figure.ts'
import { trustedLoad } from './lane.ts'
import type { Source } from './measured.ts'
import { isExtrapolated, type RangeRow } from './measured-range.ts'
import type { PushMix } from './push-mix.ts'

interface Planned {
  capacity: Capacity
  range: readonly RangeRow[]
  sources: readonly Source[]
  mix: PushMix
  figures: Figures
}

/** What a reader must know before he believes an answer, plain sentences without their full stop. */
export function planWarnings(planned: Planned, durationText: (ms: number) => string): string[] {
  const { capacity, range, sources, mix, figures } = planned
  const warnings: string[] = []
  if (capacity.laneLoad > trustedLoad)
    warnings.push(
      'above 80 % of a push lane only the order of magnitude of waits and queues is known: leave 20 % free or more',
    )
  const far = range.filter(isExtrapolated).map(({ what }) => what)
  if (far.length > 0) warnings.push(`extrapolated, no run has shown half of it: ${far.join(', ')}`)
  for (const { name, result } of sources)
    if (result.verdict.exit === 1)
      warnings.push(`${name} failed (${result.verdict.sentence}); what broke there breaks here, too`)
  const ours = ownFigures(figures)
  if (ours.length > 0 && sources.some(({ result }) => result.target.reference))
    warnings.push(`measured on our reference server and receiver, not on yours: ${ours.join(', ')}`)
  if (mix.reliable > 0 && capacity.outage.drainMs === undefined)
    warnings.push(
      `after a receiver that hangs for ${durationText(figures.outageMs.value)} repetitions come faster than the lane sends them: the queue grows until traffic falls`,
    )
  return warnings
}

const ownNames = [
  ['pushMs', 'time of a push'],
  ['cpuMs', 'CPU'],
  ['sessionBytes', 'memory'],
] as const satisfies readonly (readonly [FigureName, string])[]

/** What was measured of the reference server and its receiver, with the option that gives what is true elsewhere. */
function ownFigures(figures: Figures): string[] {
  return ownNames.flatMap(([name, what]) => {
    const figure = figures[name]
    return figure === undefined || figure.origin === 'given' ? [] : [`${what} (--${figureTable[name].option})`]
  })
}
