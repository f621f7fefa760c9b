import { drainState } from '../judging/loss.ts'
import type { DrainStage } from '../protocol/stream/shard-stream.ts'

export interface Drain {
  reached(shard: number, stage: DrainStage): void
  /** Its socket is gone: no stage waits for it any more. */
  lost(shard: number): void
  /** Looks whether the current stage is settled. */
  tick(nowMs: number): void
  /** Nobody waits for W any more; what is missing then is open, not lost. */
  hurry(): void
  /** What was never given up, and is missing at the end. */
  stillMissing(): 'lost' | 'open'
  isOver(): boolean
}

export interface DrainParts {
  shards: number
  observeMs: number
  missing(): { uncovered: number; covered: number }
  /** What is missing now holds up nothing any more: waited for long enough (`lost`) or not (`open`). */
  giveUp(as: 'lost' | 'open'): void
  lastAnswerMs(): number
  lastPostMs(): number
  /** Called once per stage when every shard has reached it: what else must come to rest, such as the agent's debts. */
  rest(stage: DrainStage): Promise<void>
  settled(stage: DrainStage): void
}

const stages: readonly DrainStage[] = ['quiet', 'refreshed', 'left']
const hurriedMs = 2_000

/** Takes all shards through the stages of the drain together: the next begins when nothing is missing, or W has passed. */
export function createDrain(parts: DrainParts): Drain {
  const reached = new Map<DrainStage, Set<number>>(stages.map(stage => [stage, new Set()]))
  let at = 0
  let stageStartedMs: number | undefined
  let rest: 'none' | 'begun' | 'over' = 'none'
  let isHurried = false

  return {
    reached(shard, stage) {
      reached.get(stage)?.add(shard)
    },

    lost(shard) {
      for (const shards of reached.values()) shards.add(shard)
    },

    tick(nowMs) {
      const stage = stages[at]
      if (!stage || rest === 'begun' || reached.get(stage)!.size < parts.shards) return
      if (rest === 'none') {
        rest = 'begun'
        const rested = () => {
          rest = 'over'
        }
        parts.rest(stage).then(rested, rested)
        return
      }
      stageStartedMs ??= nowMs
      const { uncovered, covered } = parts.missing()
      const state = drainState({
        nowMs,
        missing: uncovered,
        covered,
        lastAnswerMs: parts.lastAnswerMs(),
        lastPostMs: parts.lastPostMs(),
        stageStartedMs,
        observeMs: isHurried ? Math.min(parts.observeMs, hurriedMs) : parts.observeMs,
      })
      if (state === 'waiting') return
      if (state !== 'settled') parts.giveUp(isHurried ? 'open' : state)
      at += 1
      stageStartedMs = undefined
      rest = 'none'
      parts.settled(stage)
    },

    hurry() {
      isHurried = true
    },

    stillMissing: () => (isHurried || at < stages.length ? 'open' : 'lost'),
    isOver: () => at >= stages.length,
  }
}
