import type { DrainStage, ShardMessage } from '../protocol/stream/shard-stream.ts'
import { shardParty } from './clocks.ts'
import { createIntervalColumns } from './intervals.ts'
import type { RunContext } from './run-context.ts'
import type { RunPhases } from './run-phases.ts'

export type Bye = Extract<ShardMessage, { type: 'bye' }>

export interface ShardReports {
  take(shard: number, message: ShardMessage): void
  byes: ReadonlyMap<number, Bye>
  live(): number
  mostLive(): number
  scriptErrors: readonly string[]
}

export interface ShardReportParts {
  stageReached(shard: number, stage: DrainStage): void
  onPlan?(phases: RunPhases): void
  log(line: string): void
}

const mostScriptErrors = 20

/** What shards say about themselves, beside their rows. */
export function createShardReports(context: RunContext, parts: ShardReportParts): ShardReports {
  const byes = new Map<number, Bye>()
  const liveOf = new Map<number, number>()
  const scriptErrors: string[] = []
  let mostLive = 0
  const live = () => [...liveOf.values()].reduce((sum, count) => sum + count, 0)

  return {
    take(shard, message) {
      switch (message.type) {
        case 'hello': {
          const { startMs, steadyMs, drainMs } = message
          if (context.phases) return
          context.phases = { startMs, steadyMs, drainMs }
          context.columns = createIntervalColumns(startMs, drainMs - startMs)
          parts.onPlan?.(context.phases)
          return
        }
        case 'state':
          liveOf.set(shard, message.live)
          mostLive = Math.max(mostLive, live())
          return
        case 'stage':
          parts.stageReached(shard, message.stage)
          return
        case 'bye':
          byes.set(shard, message)
          liveOf.set(shard, 0)
          return
        case 'clock': {
          const { peer, rounds, boundMs } = message
          for (const round of rounds) context.clocks.round(shardParty(shard), peer, round)
          if (peer === 'receiver') context.clocks.reckonsWithin(shard, boundMs)
          return
        }
        case 'error':
          if (scriptErrors.length < mostScriptErrors) scriptErrors.push(`shard ${shard}: ${message.message}`)
          parts.log(`shard ${shard}: ${message.message}`)
      }
    },
    byes,
    live,
    mostLive: () => mostLive,
    scriptErrors,
  }
}
