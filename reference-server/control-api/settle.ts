/** What must be at rest before "nothing more comes" can be said. */
export interface Busyness {
  /** Requests that wait for a Chat Server. */
  requests: number
  /** Notices in queues, POSTs in flight, notices that a planted fault holds back. */
  notices: number
  /** Timers whose time has come but that did not run yet. */
  dueTimers: number
}

const pollMs = 5
/** Turns of the event loop for which nothing may move: what a POST's answer sets off begins in the next one. */
const quietTurns = 3

/** @returns undefined when everything is at rest, else what was still moving at the deadline. */
export async function settle(busyness: () => Busyness, deadlineMs: number): Promise<Busyness | undefined> {
  const endsAt = performance.now() + deadlineMs
  for (;;) {
    let turns = 0
    while (isQuiet(busyness()) && turns < quietTurns) {
      turns += 1
      await new Promise(resolve => setImmediate(resolve))
    }
    if (turns === quietTurns && isQuiet(busyness())) return undefined
    if (performance.now() >= endsAt) return busyness()
    await new Promise(resolve => setTimeout(resolve, pollMs))
  }
}

function isQuiet(now: Busyness): boolean {
  return now.requests === 0 && now.notices === 0 && now.dueTimers === 0
}
