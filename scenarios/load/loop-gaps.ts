/**
 * When the loop of a shard stood still. k6 stamps a frame when it reads it, and a process that was stopped or got no CPU reads
 * late: such a frame looks as one that the target sent late, but for the loop, which stood as well.
 */
export interface LoopGaps {
  /** Something is done in the loop: a busy one is no still one. */
  alive(nowMs: number): void
  /** How long what was read then may have lain unread, at most. */
  unreadMs(atMs: number): number
}

/** The loop rests no longer by itself. */
export const longestRestMs = 10

/** What has piled up is read within this share of the time in which it did. */
const afterShare = 0.25

export function createLoopGaps(): LoopGaps {
  let lastMs = Number.POSITIVE_INFINITY
  let gap = { fromMs: 0, untilMs: 0 }
  return {
    alive(nowMs) {
      const fromMs = lastMs + longestRestMs
      const untilMs = nowMs + (nowMs - fromMs) * afterShare
      lastMs = nowMs
      // Behind a long one there are short ones, by what it left.
      if (fromMs < nowMs && untilMs > gap.untilMs) gap = { fromMs, untilMs }
    },
    unreadMs: atMs => (atMs <= gap.untilMs ? Math.max(0, atMs - gap.fromMs) : 0),
  }
}
