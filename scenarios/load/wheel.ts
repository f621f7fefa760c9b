/**
 * Hashed timing wheel: thousands of future actions at the price of one timer. Entries live in typed arrays with a free
 * list, so that a tick allocates nothing. A value is any integer below 2^31.
 */
export interface Wheel {
  add(atMs: number, value: number): void
  /** Fires what is due, bucket by bucket; what `fire` adds and is due already fires in the same call. */
  advance(nowMs: number, fire: (value: number, atMs: number) => void): void
  /** When all that is due first will be due, looking at most so many ticks ahead: `advance` may rest until then. */
  nextMs(ticks: number): number
  size(): number
}

const none = -1

/** @param buckets A power of two; entries further away than `buckets` ticks wait in their bucket for later rounds. */
export function createWheel(startMs: number, tickMs: number, buckets = 4_096): Wheel {
  const mask = buckets - 1
  const heads = new Int32Array(buckets).fill(none)
  let capacity = 1_024
  let next = new Int32Array(capacity)
  let values = new Int32Array(capacity)
  let dues = new Float64Array(capacity)
  let free = none
  let used = 0
  let size = 0
  /** Ticks since the start up to which every due entry was fired. */
  let currentTick = 0

  function entry(): number {
    if (free !== none) {
      const taken = free
      free = next[taken]!
      return taken
    }
    if (used === capacity) {
      capacity *= 2
      next = grown(next, new Int32Array(capacity))
      values = grown(values, new Int32Array(capacity))
      dues = grown(dues, new Float64Array(capacity))
    }
    return used++
  }

  /** Fires what is due in one bucket. @returns whether something was. */
  function fireBucket(bucket: number, nowMs: number, fire: (value: number, atMs: number) => void): boolean {
    let fired = false
    let before = none
    let at = heads[bucket]!
    while (at !== none) {
      const after = next[at]!
      if (dues[at]! > nowMs) {
        before = at
        at = after
        continue
      }
      if (before === none) heads[bucket] = after
      else next[before] = after
      const value = values[at]!
      const due = dues[at]!
      next[at] = free
      free = at
      size--
      fired = true
      fire(value, due)
      // `fire` may have put a new entry at the head of this very bucket: begin again.
      before = none
      at = heads[bucket]!
    }
    return fired
  }

  return {
    add(atMs, value) {
      const at = entry()
      const tick = Math.max(currentTick, Math.floor((atMs - startMs) / tickMs))
      const bucket = tick & mask
      dues[at] = atMs
      values[at] = value
      next[at] = heads[bucket]!
      heads[bucket] = at
      size++
    },
    advance(nowMs, fire) {
      const tick = Math.floor((nowMs - startMs) / tickMs)
      // After a long pause one round visits every bucket.
      if (tick - currentTick >= buckets) currentTick = tick - buckets + 1
      for (; currentTick < tick; currentTick++) fireBucket(currentTick & mask, nowMs, fire)
      if (tick >= currentTick) while (fireBucket(tick & mask, nowMs, fire));
    },
    nextMs(ticks) {
      const last = currentTick + ticks
      let tick = currentTick
      while (tick < last && heads[tick & mask] === none) tick++
      return startMs + (tick + 1) * tickMs
    },
    size: () => size,
  }
}

function grown<Numbers extends Int32Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from)
  return to
}
