import type { Result } from '../../schemas/generated/types.ts'

/** In the order of the way, each from the instant before it; `staged` counts the pushes. */
export const stages = [
  { column: 'stage_chat_server', name: 'Chat Server', from: 'accepted', to: 'queued at a node' },
  { column: 'stage_queue', name: 'queue of the node', from: 'queued', to: 'POST begun' },
  { column: 'stage_way', name: 'way to the receiver', from: 'POST begun', to: 'received' },
  { column: 'stage_answer', name: 'answer of the receiver', from: 'received', to: 'answered' },
] as const
export type StageColumn = (typeof stages)[number]['column']

/** Means of some intervals together, ms; `pushes` = those whose whole way is known. */
export interface StageMeans {
  pushes: number
  means: Record<StageColumn, number>
}

/**
 * The columns hold sums, so a mean over any stretch of time is one of pushes, not of intervals.
 * @returns undefined where no push of these intervals has its whole way known.
 */
export function stageMeans(result: Result, isMeant: (interval: number) => boolean): StageMeans | undefined {
  const { columns, seconds } = result.intervals
  const sum = (column: string) =>
    (columns[column] ?? []).reduce<number>((all, value, at) => all + (isMeant(at) ? (value ?? 0) : 0), 0)
  const staged = sum('staged')
  if (staged <= 0) return undefined
  // Two clocks took the instants: within their bound a stage may seem to take less than nothing.
  const means = Object.fromEntries(stages.map(({ column }) => [column, Math.max(0, sum(column) / staged)]))
  return { pushes: Math.round(staged * seconds), means: means as StageMeans['means'] }
}

export function wholeMs({ means }: StageMeans): number {
  return stages.reduce((sum, { column }) => sum + means[column], 0)
}
