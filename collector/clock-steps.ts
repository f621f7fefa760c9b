import { type ClockPair, type Clocks, nameOf, type Party } from './clocks.ts'

/** A step as one pair saw it, by our own clock. */
interface SeenStep {
  pair: ClockPair
  atMs: number
  byMs: number
}

/** Rounds come once a second and a step needs two: what pairs see within this time is the same step. */
const togetherMs = 5_000
/** Of several that may have stepped: the collector is the one that everybody measures against. */
const order = (party: Party) =>
  party === 'receiver' ? 0 : party === 'reference server' ? 1 : party === 'collector' ? 3 : 2

/** One sentence for each clock that was set in mid-run. */
export function clockStepTexts(clocks: Clocks, startMs: number): string[] {
  const pairs = clocks.pairs()
  const seen = pairs
    .flatMap(pair => pair.track.steps().map(({ atMs, byMs }) => ({ pair, byMs, atMs: onOurClock(clocks, pair, atMs) })))
    .filter(({ atMs }) => atMs >= startMs)
    .sort((a, b) => a.atMs - b.atMs)
  return together(seen).flatMap(steps => {
    const second = Math.floor((steps[0]!.atMs - startMs) / 1_000)
    return steppedParties(pairs, steps).map(party => {
      const { pair, byMs } = steps.find(each => each.pair.to === party || each.pair.from === party)!
      return `the clock of ${nameOf(party)} was ${setText(pair.to === party ? byMs : -byMs)} at second ${second}`
    })
  })
}

function onOurClock(clocks: Clocks, { from }: ClockPair, atMs: number): number {
  return from === 'collector' ? atMs : atMs + clocks.between(from, 'collector', atMs).offsetMs
}

function together(seen: readonly SeenStep[]): SeenStep[][] {
  const groups: SeenStep[][] = []
  for (const step of seen) {
    const group = groups.at(-1)
    if (group && step.atMs - group[0]!.atMs < togetherMs) group.push(step)
    else groups.push([step])
  }
  return groups
}

/** Fewest parties that explain all: one whose every pair saw a step, then what is left. */
function steppedParties(pairs: readonly ClockPair[], steps: readonly SeenStep[]): Party[] {
  const found: Party[] = []
  let left = new Set(steps.map(({ pair }) => pair))
  while (left.size > 0) {
    const candidates = [...new Set([...left].flatMap(({ from, to }) => [to, from]))].map(party => {
      const own = pairs.filter(({ from, to }) => from === party || to === party)
      const explained = own.filter(pair => left.has(pair)).length
      return { party, share: explained / own.length, explained }
    })
    candidates.sort((a, b) => b.share - a.share || b.explained - a.explained || order(a.party) - order(b.party))
    const { party } = candidates[0]!
    found.push(party)
    left = new Set([...left].filter(({ from, to }) => from !== party && to !== party))
  }
  return found
}

/** 'set back by 2.0 s' */
function setText(byMs: number): string {
  const ms = Math.abs(byMs)
  const size = ms >= 1_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.max(1, Math.round(ms))} ms`
  return `set ${byMs < 0 ? 'back' : 'forward'} by ${size}`
}
