import type { Standstill } from '../judging/standstill.ts'

/** Looks after gaps between the collector's own ticks, and asks the others whether they stood still as well. */
export interface StandstillWatch {
  /** Called every few milliseconds. */
  tick(nowMs: number): void
  /** How long the receiver's loop stood at most in its last second. */
  receiverStood(ms: number, nowMs: number): void
  /** A shard tells each second that it lives, by its own clock. */
  shardLives(shard: number, atMs: number, nowMs: number): void
  all(): Standstill[]
}

/** Shorter ones are the usual noise of a busy machine. */
const shortestMs = 250
/** The longest ones: they decide. */
const mostKept = 100
/** After it, the others have told their last second. */
const toldWithinMs = 2_500
/** A shard tells its state each second, at its next flush; a longer silence is one. */
const shardSilenceMs = 1_350
/** Of the same standstill each process sees a little more or less. */
const sameShare = 0.75

export function createStandstillWatch(startedMs: number): StandstillWatch {
  const found: { atMs: number; ms: number; with: Set<'k6' | 'receiver'> }[] = []
  const lastOfShard = new Map<number, number>()
  // What was told since the last tick: after a standstill the sockets may speak before the timer does.
  let told = { k6: 0, receiver: 0 }
  let lastMs = startedMs

  function stood(who: 'k6' | 'receiver', ms: number, nowMs: number): void {
    told[who] = Math.max(told[who], ms)
    for (const each of found)
      if (ms >= each.ms * sameShare && nowMs - (each.atMs + each.ms) < toldWithinMs) each.with.add(who)
  }

  return {
    tick(nowMs) {
      const ms = nowMs - lastMs
      if (ms >= shortestMs) {
        const others = (['k6', 'receiver'] as const).filter(who => told[who] >= ms * sameShare)
        found.push({ atMs: lastMs, ms, with: new Set(others) })
        if (found.length > mostKept) found.splice(found.indexOf(shortestOf(found)), 1)
      }
      told = { k6: 0, receiver: 0 }
      lastMs = nowMs
    },
    receiverStood: (ms, nowMs) => stood('receiver', ms, nowMs),
    shardLives(shard, atMs, nowMs) {
      const before = lastOfShard.get(shard)
      lastOfShard.set(shard, atMs)
      if (before !== undefined && atMs - before >= shardSilenceMs) stood('k6', atMs - before, nowMs)
    },
    all: () => found.map(({ atMs, ms, with: others }) => ({ atMs, ms, with: [...others].sort() })),
  }
}

function shortestOf<Each extends { ms: number }>(found: readonly Each[]): Each {
  return found.reduce((least, each) => (each.ms < least.ms ? each : least))
}
