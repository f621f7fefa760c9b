import type { DrainStage, ShardMessage, ShardRow } from '../../protocol/stream/shard-stream.ts'
import type { Trigger } from '../../protocol/stream/trigger.ts'
import type { SampleSocket } from './sample-socket.ts'

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
export type ShardCounts = Record<
  | 'sessions_started'
  | 'messages_sent'
  | 'pings_sent'
  | 'refreshes_sent'
  | 'disconnects_sent'
  | 'answers'
  | 'triggers'
  | 'dropped_iterations'
  | 'actions_blocked',
  number
>

export interface CollectorReportSettings {
  samples: SampleSocket
  shard: number
  now(): number
  receiverClock(): { offsetMs: number; boundMs: number; rounds: number } | undefined
  /** Waits for a condition, at most that long. */
  until(condition: () => boolean, limitMs: number): Promise<boolean>
  isSettled(stage: DrainStage): boolean
  settleLimitMs: number
}

export function collectorReport(settings: CollectorReportSettings): Report {
  const { samples, shard, now, until } = settings
  const say = (message: ShardMessage) => samples.say(message)
  function clocks() {
    const collector = samples.clock.read()
    const receiver = settings.receiverClock()
    if (collector) say({ type: 'clock', shard, peer: 'collector', ...collector })
    if (receiver) say({ type: 'clock', shard, peer: 'receiver', ...receiver })
  }
  return {
    row: samples.row,
    triggered: () => {},
    error: message => say({ type: 'error', shard, message }),
    async settled(stage) {
      samples.flush()
      say({ type: 'stage', shard, stage })
      await until(() => settings.isSettled(stage) || !samples.socket.isOpen, settings.settleLimitMs)
    },
    flush: samples.flush,
    state(counts, live, inFlight) {
      say({ type: 'state', shard, at: now(), live, inFlight, counts: { ...counts } })
      samples.clock.ask(samples.socket)
      clocks()
    },
    async end(counts) {
      samples.flush()
      clocks()
      say({ type: 'bye', shard, ...samples.sent(), counts: { ...counts } })
      await samples.socket.close()
    },
  }
}
