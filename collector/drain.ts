import { drainState } from '../judging/loss.ts'
import type { DrainStage } from '../protocol/stream/shard-stream.ts'

export interface Drain {
  reached(shard: number, stage: DrainStage): void
  /** Looks whether the current stage is settled. */
  tick(nowMs: number): void
  /** Nobody waits for W any more; what is missing then is open, not lost. */
  hurry(): void
  /** What is still missing at the end was waited for long enough (`lost`) or not (`open`). */
  stillMissing(): 'lost' | 'open'
  isOver(): boolean
}

export interface DrainParts {
  shards: number
  observeMs: number
  missing(): { uncovered: number; covered: number }
  giveUp(): void
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
  let isResting = false
  let isHurried = false
  let isOpen = false

  return {
    reached(shard, stage) {
      reached.get(stage)?.add(shard)
    },

    tick(nowMs) {
      const stage = stages[at]
      if (!stage || isResting || reached.get(stage)!.size < parts.shards) return
      if (stageStartedMs === undefined) {
        isResting = true
        const rested = () => {
          isResting = false
          stageStartedMs = nowMs
        }
        parts.rest(stage).then(rested, rested)
        return
      }
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
      if (state !== 'settled') parts.giveUp()
      if (state === 'open' || (isHurried && state === 'lost')) isOpen = true
      at += 1
      stageStartedMs = undefined
      parts.settled(stage)
    },

    hurry() {
      isHurried = true
    },

    stillMissing: () => (isOpen || at < stages.length ? 'open' : 'lost'),
    isOver: () => at >= stages.length,
  }
}
