import { rankOf } from '../judging/percentile.ts'
import { leastPoints, type SteadyCourse } from '../judging/steadiness.ts'
import type { Intervals } from '../schemas/generated/types.ts'
import { blocksWithin } from './blocks.ts'
import type { RunPhases } from './run-phases.ts'

/** Device-id pushes are told after a silence, so a busy device tells them all at the end: then the sends show the target. */
const candidates = ['push_latency', 'notification_latency', 'send_latency'] as const

/** How the percentiles of the pushes went over the steady phase, else those of the sends; none = too few samples. */
export function steadyCourses(intervals: Intervals, { steadyMs, drainMs }: RunPhases): SteadyCourse[] {
  for (const series of candidates) {
    const blocks = blocksWithin(intervals, series, steadyMs, drainMs)
    if (blocks.length < leastPoints) continue
    return [99, 50].map(percentile => ({
      name: `${series} p${percentile}`,
      points: blocks.map(({ startMs, values }) => ({
        atSeconds: (startMs - steadyMs) / 1000,
        ms: values.valueAtRank(rankOf(values.size, percentile)),
      })),
    }))
  }
  return []
}

const unjudged = 'steadiness was not judged'

/** The whole may have what each part had too little of. */
export const isAboutSteadiness = (note: string) => note.startsWith(unjudged)

/** A note for whoever takes a run that passed for a steady one. */
export function unjudgedSteadiness(courses: readonly SteadyCourse[] | undefined): string[] {
  if (courses === undefined || courses.length > 0) return []
  const neither = `neither ${candidates.join(' nor ')}`
  return [`${unjudged}: ${neither} has samples in ${leastPoints} parts of the steady phase`]
}
