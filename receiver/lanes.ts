/** POSTs without an answer, by lane: with a held answer they show whether a node sends one at a time (PUSH-070). */
export interface Lanes {
  /** @returns how many were unanswered when this one came. */
  enter(lane: string): number
  leave(lane: string): void
}

export function createLanes(): Lanes {
  const inFlight = new Map<string, number>()
  return {
    enter(lane) {
      const before = inFlight.get(lane) ?? 0
      inFlight.set(lane, before + 1)
      return before
    },
    leave(lane) {
      const left = (inFlight.get(lane) ?? 1) - 1
      if (left > 0) inFlight.set(lane, left)
      else inFlight.delete(lane)
    },
  }
}

/** One path per GMS node, `/push/<lane>`; '' when the target uses one path for all. */
export function laneOf(url: string): string {
  const lane = /^\/push\/([^/?#]+)/.exec(url)?.[1]
  return lane === undefined ? '' : decoded(lane)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
