import type { DrainStage, ShardMessage } from '../../protocol/stream/shard-stream.ts'
import type { Report } from '../load/report.ts'
import type { ClockExchange } from './clock-exchange.ts'
import type { SampleSocket } from './sample-socket.ts'

export interface CollectorReportSettings {
  samples: SampleSocket
  shard: number
  now(): number
  /** Absent without a receiver. */
  receiverClock: ClockExchange | undefined
  /** Waits for a condition, at most that long. */
  until(condition: () => boolean, limitMs: number): Promise<boolean>
  isSettled(stage: DrainStage): boolean
  settleLimitMs: number
}

export function collectorReport(settings: CollectorReportSettings): Report {
  const { samples, shard, now, until } = settings
  const say = (message: ShardMessage) => samples.say(message)
  function clocks() {
    const collector = samples.clock.taken()
    const receiver = settings.receiverClock?.taken()
    if (collector) say({ type: 'clock', shard, peer: 'collector', ...collector })
    if (receiver) say({ type: 'clock', shard, peer: 'receiver', ...receiver })
  }
  let buffered = 0
  return {
    row: samples.row,
    triggered: () => {},
    error: message => say({ type: 'error', shard, message }),
    async settled(stage) {
      samples.flush()
      say({ type: 'stage', shard, stage })
      await until(() => settings.isSettled(stage) || !samples.socket.isOpen, settings.settleLimitMs)
    },
    flush() {
      // What the network has not taken since the flush before; what follows is too new to tell.
      buffered = samples.socket.buffered
      samples.flush()
    },
    state(counts, live, inFlight) {
      say({ type: 'state', shard, at: now(), live, inFlight, buffered, counts: { ...counts } })
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
