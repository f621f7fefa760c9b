import type { Result, StageSums } from '../../schemas/generated/types.ts'

/** In the order of the way, each from the instant before it; the column `staged` counts the pushes. */
export const stages = [
  { stage: 'chatServer', column: 'stage_chat_server', name: 'Chat Server', from: 'accepted', to: 'queued at a node' },
  { stage: 'queue', column: 'stage_queue', name: 'queue of the node', from: 'queued', to: 'POST begun' },
  { stage: 'way', column: 'stage_way', name: 'way to the receiver', from: 'POST begun', to: 'received' },
  { stage: 'answer', column: 'stage_answer', name: 'answer of the receiver', from: 'received', to: 'answered' },
] as const
type Stage = (typeof stages)[number]['stage']

/** Means of some pushes together, ms. */
export interface StageMeans {
  pushes: number
  means: Record<Stage, number>
}

/** Two clocks took the instants: within their bound a stage may seem to take less than nothing. */
function meansOf(sums: Record<Stage, number>, pushes: number): StageMeans['means'] {
  const means = stages.map(({ stage }) => [stage, Math.max(0, sums[stage] / pushes)])
  return Object.fromEntries(means) as StageMeans['means']
}

/**
 * By the intervals in which they were answered. The columns hold sums, so a mean over any stretch of time is one of pushes,
 * not of intervals.
 * @returns undefined where no push of these intervals has its whole way known.
 */
export function stageMeans(result: Result, isMeant: (interval: number) => boolean): StageMeans | undefined {
  const { columns, seconds } = result.intervals
  const sum = (column: string) =>
    (columns[column] ?? []).reduce<number>((all, value, at) => all + (isMeant(at) ? (value ?? 0) : 0), 0)
  const staged = sum('staged')
  if (staged <= 0) return undefined
  const sums = Object.fromEntries(stages.map(({ stage, column }) => [stage, sum(column)])) as Record<Stage, number>
  return { pushes: Math.round(staged * seconds), means: meansOf(sums, staged) }
}

/** By the phase in which their events were accepted, in the order of the phases, and all together at last. */
export function stagesByPhase({ stages: known = {} }: Result): ({ name: string } & StageMeans)[] {
  const phases = ['warm-up', 'steady', 'drain'].flatMap(name => {
    const sums = known[name]
    return sums === undefined || sums.pushes === 0 ? [] : [{ name, sums }]
  })
  if (phases.length === 0) return []
  const whole = { name: 'whole run', sums: phases.map(({ sums }) => sums).reduce(added) }
  return [...phases, whole].map(({ name, sums }) => ({ name, pushes: sums.pushes, means: meansOf(sums, sums.pushes) }))
}

function added(a: StageSums, b: StageSums): StageSums {
  return {
    pushes: a.pushes + b.pushes,
    chatServer: a.chatServer + b.chatServer,
    queue: a.queue + b.queue,
    way: a.way + b.way,
    answer: a.answer + b.answer,
  }
}

export function wholeMs({ means }: StageMeans): number {
  return stages.reduce((sum, { stage }) => sum + means[stage], 0)
}
