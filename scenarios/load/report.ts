import type { DrainStage, ShardRow } from '../../protocol/stream/shard-stream.ts'
import type { Trigger } from '../../protocol/stream/trigger.ts'

/** Where a shard tells what it did: the collector of our command line, or k6's own metrics. */
export interface Report {
  row(row: ShardRow, answer: string): void
  triggered(trigger: Trigger): void
  error(message: string): void
  /** Resolves when nothing more comes that belongs to this stage, always in bounded time. */
  settled(stage: DrainStage): Promise<void>
  /** From the tick, about every 100 ms. */
  flush(): void
  /** From the tick, each second. */
  state(counts: ShardCounts, live: number, inFlight: number): void
  end(counts: ShardCounts): Promise<void>
}

/** Counts taken where things happen, never derived from rows. */
export interface ShardCounts extends Record<string, number> {
  sessions_started: number
  messages_sent: number
  pings_sent: number
  refreshes_sent: number
  disconnects_sent: number
  answers: number
  triggers: number
  notifications: number
  resumes: number
  arrivals: number
  dropped_iterations: number
  actions_blocked: number
}

export function noCounts(): ShardCounts {
  return {
    sessions_started: 0,
    messages_sent: 0,
    pings_sent: 0,
    refreshes_sent: 0,
    disconnects_sent: 0,
    answers: 0,
    triggers: 0,
    notifications: 0,
    resumes: 0,
    arrivals: 0,
    dropped_iterations: 0,
    actions_blocked: 0,
  }
}
