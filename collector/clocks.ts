import { assumedRates, type Rates, sameHostRates } from '../protocol/clock/round.ts'
import { type ClockReading, type ClockTrack, createClockTrack } from '../protocol/clock-track.ts'
import type { ClockRound } from '../protocol/stream/clock-exchange.ts'
import type { Clock } from '../schemas/generated/types.ts'
import { getOrMake } from './get-or-make.ts'

/** Whoever has a clock of its own. */
export type Party = 'collector' | 'receiver' | 'reference server' | `shard ${number}`

export const shardParty = (shard: number): Party => `shard ${shard}`

/** In a sentence. */
export const nameOf = (party: Party) => (party.startsWith('shard') ? party : `the ${party}`)

/** The clocks of all parties against each other, during the whole run. */
export interface Clocks {
  /** One exchange, asked by `from`. */
  round(from: Party, to: Party, round: ClockRound): void
  /** What to add to an instant on the clock of `from` to have it on that of `to`. */
  between(from: Party, to: Party, atMs: number): ClockReading
  /** How far off the estimate may be by which a shard plans the refreshes that pushes cause. */
  reckonsWithin(shard: number, boundMs: number): void
  reckoningBoundMs(shard: number): number
  /** One sentence for each two hosts whose instants were compared without any exchange of their clocks. */
  uncompared(): string[]
  /** Widest bound that a sample was measured with, or that held during the run; undefined = nothing was measured. */
  widestMs(): number | undefined
  /** Pairs that exchanged directly. */
  pairs(): readonly ClockPair[]
  all(): Clock[]
}

export interface ClockPair {
  from: Party
  to: Party
  track: ClockTrack
}

interface Pair extends ClockPair {
  assumed: Rates
  lastMs: number
  lastOffsetMs: number
  widestMs: number
}

/** From one party to another: by the pair that exchanged, or over the collector. */
interface Route {
  pairs: readonly { pair: Pair; isForward: boolean }[]
  rounds: number
  /** By slot, until the next round comes. */
  readings: Map<number, ClockReading>
}

/** Without any exchange: true on one host, whose processes read the same clock; else the run is not valid (`uncompared`). */
const unmeasured: ClockReading = { offsetMs: 0, boundMs: 1 }

/** Instants this close get the same reading: one is cheap, one for each sample is not. What drift does within is added. */
const slotMs = 50

export interface ClockSettings {
  /** Bounds of before the run matter to nobody. */
  startMs?(): number | undefined
  /** Runs on our own host, so that its clock goes as ours does. */
  isHere?(party: Party): boolean
}

export function createClocks({ startMs = () => undefined, isHere = () => false }: ClockSettings = {}): Clocks {
  const pairs = new Map<string, Pair>()
  const routes = new Map<string, Route>()
  const reckoning = new Map<number, number>()
  const asked = new Set<string>()
  let widestOverCollector = 0

  const isOurHost = (party: Party) => party === 'collector' || isHere(party)

  function hop(from: Party, to: Party): Route['pairs'] | undefined {
    const asked = pairs.get(`${from}>${to}`)
    if (asked) return [{ pair: asked, isForward: true }]
    const answered = pairs.get(`${to}>${from}`)
    return answered && [{ pair: answered, isForward: false }]
  }

  function newPair(from: Party, to: Party, atMs: number): Pair {
    const assumed = isOurHost(from) && isOurHost(to) ? sameHostRates : assumedRates
    return { from, to, assumed, track: createClockTrack(assumed), lastMs: atMs, lastOffsetMs: 0, widestMs: 0 }
  }

  function routeOf(from: Party, to: Party): Route {
    return getOrMake(routes, `${from}>${to}`, () => {
      const toCollector = hop(from, 'collector')
      const onward = hop('collector', to)
      const over = toCollector && onward ? [...toCollector, ...onward] : []
      return { pairs: hop(from, to) ?? over, rounds: 0, readings: new Map() }
    })
  }

  function measured(route: Route, atMs: number): ClockReading {
    const sum = { offsetMs: 0, boundMs: 0 }
    for (const { pair, isForward } of route.pairs) {
      const reading = isForward ? pair.track.at(atMs + sum.offsetMs)! : reversed(pair, atMs + sum.offsetMs)
      sum.offsetMs += reading.offsetMs
      sum.boundMs += reading.boundMs + (slotMs / 2) * pair.assumed.high
    }
    return sum
  }

  return {
    round(from, to, [sentMs, peerMs, receivedMs]) {
      const key = `${from}>${to}`
      const known = pairs.get(key)
      const pair = known ?? newPair(from, to, sentMs)
      pair.track.add(sentMs, peerMs, receivedMs)
      // What is no round makes no pair.
      if (pair.track.rounds() === 0) return
      if (!known) {
        pairs.set(key, pair)
        routes.clear()
      }
      // Half-way between two rounds each of them proves least.
      const betweenMs = (pair.lastMs + receivedMs) / 2
      const reading = pair.track.at(betweenMs)
      if (reading && betweenMs >= (startMs() ?? Number.POSITIVE_INFINITY))
        pair.widestMs = Math.max(pair.widestMs, applied(reading).boundMs)
      pair.lastMs = receivedMs
      pair.lastOffsetMs = reading?.offsetMs ?? 0
    },

    between(from, to, atMs) {
      const route = routeOf(from, to)
      if (route.pairs.length === 0) {
        if (!(isOurHost(from) && isOurHost(to))) asked.add([from, to].sort().join(' and of '))
        return unmeasured
      }
      const rounds = route.pairs.reduce((sum, { pair }) => sum + pair.track.rounds(), 0)
      if (rounds !== route.rounds) {
        route.rounds = rounds
        route.readings.clear()
      }
      const slot = Math.floor(atMs / slotMs)
      return getOrMake(route.readings, slot, () => {
        const reading = applied(measured(route, (slot + 0.5) * slotMs))
        const [direct, onward] = route.pairs
        if (onward) widestOverCollector = Math.max(widestOverCollector, reading.boundMs)
        else direct!.pair.widestMs = Math.max(direct!.pair.widestMs, reading.boundMs)
        return reading
      })
    },

    reckonsWithin: (shard, boundMs) => void reckoning.set(shard, boundMs),
    reckoningBoundMs: shard => reckoning.get(shard) ?? unmeasured.boundMs,

    uncompared: () =>
      [...asked].flatMap(both => {
        const [a, b] = both.split(' and of ') as [Party, Party]
        return routeOf(a, b).pairs.length > 0
          ? []
          : `the clocks of ${nameOf(a)} and of ${nameOf(b)} were never compared`
      }),

    widestMs() {
      if (pairs.size === 0) return undefined
      return Math.max(widestOverCollector, ...[...pairs.values()].map(widestOf))
    },
    pairs: () => [...pairs.values()],
    all: () => [...pairs.values()].map(clockOf),
  }
}

/** At an instant on the peer's clock: where ours stood then depends on the offset itself. */
function reversed({ track, lastOffsetMs }: Pair, atPeerMs: number): ClockReading {
  const nearly = track.at(atPeerMs - lastOffsetMs)!
  const { offsetMs, boundMs } = track.at(atPeerMs - nearly.offsetMs)!
  return { offsetMs: 0 - offsetMs, boundMs }
}

/**
 * An offset inside its own bound is noise: both may well read the same clock, and correcting by it would put the error of
 * the exchange into each sample. Left out it stays within the bound, which grows by it.
 */
function applied({ offsetMs, boundMs }: ClockReading): ClockReading {
  if (Math.abs(offsetMs) > boundMs) return { offsetMs, boundMs }
  return { offsetMs: 0, boundMs: boundMs + Math.abs(offsetMs) }
}

function widestOf({ track, lastMs, widestMs }: Pair): number {
  if (widestMs > 0) return widestMs
  const reading = track.at(lastMs)
  return reading ? applied(reading).boundMs : 0
}

/** The offset as measured last, also where it was not applied. */
function clockOf(pair: Pair): Clock {
  const { from, to, track, lastMs } = pair
  const drift = track.drift()
  return {
    from,
    to,
    offsetMs: track.at(lastMs)!.offsetMs,
    boundMs: widestOf(pair),
    driftPpm: drift ? drift.ppm : null,
    driftBoundPpm: drift ? drift.boundPpm : null,
    rounds: track.rounds(),
    steps: track.steps().map(({ atMs, byMs }) => ({ at: new Date(atMs).toISOString(), byMs })),
  }
}
