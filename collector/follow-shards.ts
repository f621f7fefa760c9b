import { hostNow } from '../process/host-clock.ts'
import type { DrainStage, ShardRow } from '../protocol/stream/shard-stream.ts'
import { shardParty } from './clocks.ts'
import { createDrain, type Drain } from './drain.ts'
import type { LoadLog } from './load-log.ts'
import { missingOf, type RunContext, recordLatency } from './run-context.ts'
import { phasesStoppedAt, type RunPhases } from './run-phases.ts'
import { createShardReports, type ShardReports } from './shard-reports.ts'
import { type ShardServer, startShardServer } from './shard-server.ts'
import type { StandstillWatch } from './standstill-watch.ts'

/** The shards as this run sees them: what they send, and the drain that all of them go through together. */
export interface FollowedShards {
  shards: ShardReports
  shardServer: ShardServer
  drain: Drain
  /** The shards drain from now on, and nobody waits for W. */
  stop(): void
}

export interface ShardWatch {
  host?: string
  port?: number
  load: LoadLog
  standstills: StandstillWatch
  onRow(shard: number, row: ShardRow, body: string | undefined): void
  onPlan?(phases: RunPhases): void
  /** What else must come to rest before a stage of the drain is settled. */
  rest?(stage: DrainStage): Promise<void>
  log(line: string): void
}

export async function followShards(context: RunContext, watch: ShardWatch): Promise<FollowedShards> {
  const { settings } = context
  const { load, standstills, log } = watch
  let stoppedMs: number | undefined

  const drain = createDrain({
    shards: settings.shards.length,
    observeMs: settings.observeMs,
    missing: () => missingOf(context),
    giveUp(as) {
      context.ledger.giveUp(as)
      context.heard?.giveUp(as)
    },
    lastAnswerMs: () => context.lastAnswerMs,
    lastPostMs: () => context.lastPostMs,
    rest: watch.rest ?? (async () => {}),
    settled: stage => shardServer.send({ type: 'settled', stage }),
  })
  const shards = createShardReports(context, {
    stageReached: drain.reached,
    ...(watch.onPlan && { onPlan: watch.onPlan }),
    log,
  })
  const shardServer = await startShardServer({
    host: watch.host ?? '127.0.0.1',
    port: watch.port ?? 0,
    run: settings.run,
    onRow: watch.onRow,
    onFrame(shard, sentMs) {
      const nowMs = hostNow()
      const { offsetMs, boundMs } = context.clocks.between(shardParty(shard), 'collector', sentMs)
      recordLatency(context, 'sample_lag', nowMs, nowMs - (sentMs + offsetMs), boundMs)
    },
    onMessage(shard, message) {
      if (message.type === 'state') {
        const nowMs = hostNow()
        standstills.shardLives(shard, message.at, nowMs)
        load.add('sample_buffer_max', nowMs - 1_000, nowMs, message.buffered)
      }
      shards.take(shard, message)
      cutPhases()
    },
    onGone(shard) {
      if (shards.byes.has(shard)) return
      // The others would wait for it at each stage of the drain, and what it would have sent is missing.
      drain.lost(shard)
      if (stoppedMs === undefined) log(`shard ${shard} is gone: the run stops`)
      stop()
    },
  })

  /** The plan may come after the stop. */
  function cutPhases(): void {
    if (stoppedMs !== undefined && context.phases) context.phases = phasesStoppedAt(context.phases, stoppedMs)
  }

  function stop(): void {
    stoppedMs ??= hostNow()
    drain.hurry()
    cutPhases()
    shardServer.send({ type: 'stop' })
  }

  return { shards, shardServer, drain, stop }
}
