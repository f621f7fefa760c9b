import type { OptionReader } from '../actors.ts'
import { settings } from './environment.ts'

export interface LoadCounts {
  sessions: number
  flexUsers: number
}

/**
 * CS-120 ff. @returns whether the server is limited from now on: reached means limited, and it stays so until
 * every metric is below its limit × threshold / 100 (CS-121, CS-122).
 */
export function isLimited(wasLimited: boolean, counts: LoadCounts, options: OptionReader): boolean {
  if (!options.flag(settings, 'limits-control-enabled')) return false
  const percent = wasLimited ? options.integer(settings, 'limits-restore-threshold') : 100
  const exceeds = (count: number, option: string) => {
    const limit = options.integer(settings, option)
    // 0 = no limit for this metric (CS-125). In whole numbers: a limit times 0.55 may be a little too much.
    return limit > 0 && count * 100 >= limit * percent
  }
  return exceeds(counts.sessions, 'limit-for-sessions') || exceeds(counts.flexUsers, 'limit-for-flex-users')
}
