import { type Round, widthOf } from './round.ts'

/** The rounds worth keeping: the latest ones, and of each window of the past the one that proves most. */
export interface KeptRounds {
  add(round: Round): void
  all(): readonly Round[]
}

const latest = 24
const mostWindows = 64
const firstWindowMs = 1_000

/** Windows become twice as long whenever there are too many: the state stays the same, whatever the length of the run. */
export function createKeptRounds(): KeptRounds {
  let recent: Round[] = []
  let best: Round[] = []
  let windowMs = firstWindowMs
  let startMs: number | undefined
  let together: readonly Round[] | undefined

  function narrower(a: Round, b: Round): Round {
    return widthOf(b) < widthOf(a) ? b : a
  }

  function addToWindow(rounds: Round[], round: Round): void {
    const window = (each: Round) => Math.floor((each.atMs - startMs!) / windowMs)
    const last = rounds.at(-1)
    if (last && window(last) === window(round)) rounds[rounds.length - 1] = narrower(last, round)
    else rounds.push(round)
  }

  return {
    add(round) {
      together = undefined
      startMs ??= round.atMs
      recent.push(round)
      if (recent.length <= latest) return
      // In a window only when no longer among the latest: no round is there twice.
      addToWindow(best, recent[0]!)
      recent = recent.slice(1)
      while (best.length > mostWindows) {
        windowMs *= 2
        const wider: Round[] = []
        for (const each of best) addToWindow(wider, each)
        best = wider
      }
    },
    all: () => (together ??= [...best, ...recent]),
  }
}
