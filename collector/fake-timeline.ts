/** Virtual time: what is due runs in the order of its instants, and may make more due. */
export function createTimeline(startMs: number): {
  at(atMs: number, task: () => void): void
  nowMs(): number
  play(): void
} {
  const due: { atMs: number; task: () => void }[] = []
  let now = startMs
  return {
    at(atMs, task) {
      const place = due.findLastIndex(other => other.atMs <= atMs) + 1
      due.splice(place, 0, { atMs, task })
    },
    nowMs: () => now,
    play() {
      for (let next = due.shift(); next; next = due.shift()) {
        now = Math.max(now, next.atMs)
        next.task()
      }
    },
  }
}
