import type { Standstill } from '../judging/standstill.ts'
import type { Process } from '../schemas/generated/types.ts'
import { crossChecks } from './cross-checks.ts'
import type { Drain } from './drain.ts'
import { type Facts, gatherFacts } from './facts.ts'
import { failRefused } from './failed-requests.ts'
import { finishWatch } from './finish-watch.ts'
import type { FollowedReceiver } from './follow-receiver.ts'
import type { Sending } from './row-intake.ts'
import type { RunContext } from './run-context.ts'
import type { ShardReports } from './shard-reports.ts'
import type { ShardServer } from './shard-server.ts'
import type { TraceIntake } from './trace-intake.ts'
import type { WallClockJump } from './wall-clock-watch.ts'

/** All that counted during the run, and what went wrong with ourselves. */
export interface OpenBooks {
  context: RunContext
  sending: Sending
  drain: Drain
  shards: ShardReports
  shardServer: ShardServer
  receiver: FollowedReceiver
  interrupted(): string | undefined
  /** Absent where the target streams no trace. */
  trace?: TraceIntake
  ownFaults: readonly string[]
  wallClockJumps(): readonly WallClockJump[]
  standstills(): Standstill[]
  notes: readonly string[]
  startedMs: number
}

/** How long a goodbye, and after it the receiver's last frame, is waited for. */
const goodbyeMs = 3_000

/** After k6 has ended: waits for what is still on its way. @returns false when the receiver's last counts did not come. */
export async function waitForGoodbyes({ context, shards, shardServer, receiver }: OpenBooks): Promise<boolean> {
  const isGone = () => shardServer.gone.size > 0 && shardServer.connected() === 0
  await until(goodbyeMs, () => shards.byes.size >= context.settings.shards.length || isGone())
  // The frame after the goodbye has every POST of the run.
  const seen = receiver.frames()
  const isLast = () => receiver.frames() > seen && receiver.posts() === receiver.observed()
  await until(goodbyeMs, () => !receiver.isOpen() || isLast())
  return receiver.frames() > seen
}

/** Decides about everything that is still open, and tells what the run found out. */
export function closeBooks(books: OpenBooks, hasLastFrame: boolean, processes: () => Process[]): Facts {
  const { context, shards, shardServer, receiver, trace } = books
  const shardFaults = [...shardServer.shards.values()].flatMap(shard => shard.faults)
  for (const shard of context.settings.shards)
    if (!shards.byes.has(shard))
      shardFaults.push(`shard ${shard} ended without goodbye: its last answers may be missing`)
  const interrupted = books.interrupted()
  const hasAllAnswers = shardFaults.length === 0 && interrupted === undefined
  if (hasAllAnswers) for (const session of context.sessions.values()) finishWatch(context, session)
  for (const session of context.sessions.values()) failRefused(context, session)
  const { neverPushed } = context.ledger.close(books.drain.stillMissing(), hasAllAnswers)
  const ofReceiver = [...receiver.faults, ...receiverFaults(receiver, hasLastFrame)]
  const { isPushless = false } = context.settings
  const neverHeard = context.heard?.close(books.drain.stillMissing(), hasAllAnswers).neverPushed
  const endedMs = context.nowMs()
  context.histograms.writeInterval(endedMs)
  const facts = gatherFacts(context, {
    sending: books.sending,
    sources: crossChecks({
      context,
      byes: shards.byes,
      shards: context.settings.shards.length,
      rowsCame: shard => shardServer.shards.get(shard)?.rows() ?? 0,
      receiver,
      ...(trace && { traced: trace.counts() }),
    }),
    faults: [...shardFaults, ...books.ownFaults, ...(isPushless ? [] : ofReceiver)],
    scriptErrors: shards.scriptErrors,
    wallClockJumps: books.wallClockJumps(),
    standstills: books.standstills(),
    processes: processes(),
    notes: [...books.notes, ...(isPushless ? ofReceiver : [])],
    neverPushed,
    ...(neverHeard && { neverHeard }),
    mostSessionsLive: shards.mostLive(),
    sessionsLive: shards.live(),
    // A run that was stopped at once never came to its first phase.
    startedMs: Math.min(context.phases?.startMs ?? books.startedMs, endedMs),
    endedMs,
    interrupted,
  })
  const { ledger, heard } = facts
  facts.own = { ...facts.own, imbalances: [...ledger.imbalances, ...(heard?.ledger.imbalances ?? [])] }
  return facts
}

function receiverFaults({ isLost }: FollowedReceiver, hasLastFrame: boolean): string[] {
  if (isLost()) return ['receiver: its observations ended in mid-run']
  return hasLastFrame ? [] : ['receiver: no frame came after the last goodbye: its last POSTs may be missing']
}

/** Waits for a condition, no longer than `timeoutMs`. */
async function until(timeoutMs: number, condition: () => boolean): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!condition() && performance.now() < end) await new Promise(resolve => setTimeout(resolve, 20))
}
