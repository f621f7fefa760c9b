/**
 * Lower bounds of `nextPosition` (CV2-087) against time: "at this instant at least `next` was assigned". Answers to
 * concurrent requests may overtake each other, so an answer is held only against what was known before its request left.
 */
export interface Floors {
  /** Ascending in both members; an entry that says less than an older one is not kept. */
  known: { atMs: number; next: number }[]
}

/** Requests in flight of one session are few; forgetting the oldest floor only judges less. */
const mostFloors = 16

export function emptyFloors(): Floors {
  return { known: [] }
}

export function floorAt({ known }: Floors, sentMs: number): number {
  for (let at = known.length - 1; at >= 0; at--) if (known[at]!.atMs <= sentMs) return known[at]!.next
  return 0
}

export function raiseFloor(floors: Floors, atMs: number, next: number): void {
  if (floorAt(floors, atMs) >= next) return
  const kept = floors.known.filter(floor => floor.atMs < atMs || floor.next > next)
  kept.push({ atMs, next })
  kept.sort((a, b) => a.atMs - b.atMs)
  floors.known = kept.slice(-mostFloors)
}
