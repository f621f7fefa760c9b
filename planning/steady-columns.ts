import { isWithin, steadySpan } from '../judging/steady-span.ts'
import type { Result } from '../schemas/generated/types.ts'

/** One interval of the steady phase. */
export interface Second {
  value: number
  /** Requests and pushes per second. */
  operations: number
}

const requests = ['messages', 'refreshes', 'pings', 'sessions']

/** A column over the steady phase beside the operations of the same intervals; empty where the result has no such column. */
export function secondsOf(result: Result, column: string): Second[] {
  const { seconds, columns } = result.intervals
  const span = steadySpan(result)
  const values = columns[column]
  if (!span || !values) return []
  return values.flatMap((value, at) => {
    const rates = ['pushes', ...requests].map(name => columns[name]?.[at] ?? 0)
    return value !== null && isWithin(span, at, seconds)
      ? [{ value, operations: rates.reduce((sum, rate) => sum + rate, 0) }]
      : []
  })
}

/** Requests per second of customers over the steady phase. */
export function steadyRequests(result: Result): number {
  const pushes = result.rates.pushes_received?.achieved ?? 0
  const seconds = secondsOf(result, 'pushes')
  const operations = seconds.reduce((sum, each) => sum + each.operations, 0) / Math.max(1, seconds.length)
  return Math.max(0, operations - pushes)
}
