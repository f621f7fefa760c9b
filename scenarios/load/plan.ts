import { sample } from '../../protocol/distribution.ts'
import { seededUniform } from '../../protocol/seeded.ts'
import { pointMs } from '../options/cut.ts'
import type { RunOptions } from '../options.ts'
import { createModeOf, type SessionMode } from './mode-mix.ts'
import { type PhaseInstants, phasesOf } from './phases.ts'

/** A session as planned. A slot is one of the chats that are live at once; one that ends may have a successor there. */
export interface PlannedSession {
  /** Number within the shard: slots first, successors after them. */
  session: number
  slot: number
  plannedMs: number
  mode: SessionMode
  /** `drain` = it lives to the end. */
  endsBy: 'customer' | 'agent' | 'drain'
  endsMs: number
}

/** Everything that one shard will do, from the seed alone: open loop, nothing depends on answers. */
export interface ShardPlan {
  phases: PhaseInstants
  slots: number
  /** The next session to start when its planned instant has come. */
  nextStart(nowMs: number): PlannedSession | undefined
  /** The next customer message when its planned instant has come; `slot` is whose turn it is. */
  nextMessage(nowMs: number): { plannedMs: number; slot: number } | undefined
  /** The next file request likewise. */
  nextFile(nowMs: number): { plannedMs: number; slot: number } | undefined
  /** Planned instant of the next start, message or file request; none of them comes earlier. */
  nextMs(): number
  /** When the connection of a session is cut; undefined = never, or before the session. */
  cutMs(session: PlannedSession): number | undefined
  /** First and following pings of a session; undefined = none before the drain. */
  firstPing(session: PlannedSession): number | undefined
  pingAfter(plannedMs: number): number | undefined
}

export interface ShardPlace {
  /** From 0. */
  shard: number
  shards: number
  seed: number
  startMs: number
  /** Without an agent nobody but the customer can end a chat. */
  hasAgent: boolean
}

const pingJitter = 0.1
/** Without `--session-length`: of 20 sessions one is ended by its customer and one by the agent, late in the hold. */
const endingOf = 20
const endedByCustomer = 7
const endedByAgent = 13
const lateShare = 0.2

export function createPlan(options: RunOptions, place: ShardPlace): ShardPlan {
  const { shard, shards, seed } = place
  const phases = phasesOf(options, place.startMs)
  const slots = Math.max(0, Math.ceil((options.sessions - shard) / shards))
  const modeOf = createModeOf(options.push, shards)
  const stream = (name: string) => seededUniform(seed, `${name}/${shard}`)
  const lengths = stream('session-length')
  const endings = stream('session-ending')
  const speakers = stream('speaker')
  const sharers = stream('sharer')
  const pings = stream('ping')
  const hears = options.transport !== 'rest'
  const interval = options['ping-interval']
  const messageEveryMs = 1_000 / options['message-rate']
  const fileEveryMs = 1_000 / options['file-rate']

  let nextSlot = 0
  let successors = 0
  let nextMessageNumber = shard
  let nextFileNumber = shard
  /** Successors in the order of their planned instants; short, since each slot has at most one. */
  const waiting: PlannedSession[] = []

  function planned(session: number, slot: number, plannedMs: number): PlannedSession {
    const mode = modeOf(shard, session)
    const { endsBy, endsMs } = endOf(slot, plannedMs, place.hasAgent && (mode !== 'off' || hears))
    const result = { session, slot, plannedMs, mode, endsBy, endsMs }
    if (options['session-length'] !== undefined && endsMs < phases.drainMs) queueSuccessor(result)
    return result
  }

  /** Without pushes and notifications nobody would tell the customer of the agent's close, and its next request would be refused. */
  function endOf(slot: number, plannedMs: number, byAgent: boolean): Pick<PlannedSession, 'endsBy' | 'endsMs'> {
    const length = options['session-length']
    const coin = endings()
    if (length !== undefined) {
      const endsMs = plannedMs + sample(length, lengths)
      const endsBy = byAgent && coin < 0.5 ? 'agent' : 'customer'
      return endsMs < phases.drainMs ? { endsBy, endsMs } : { endsBy: 'drain', endsMs: phases.drainMs }
    }
    const turn = (slot * shards + shard) % endingOf
    const endsBy = turn === endedByCustomer ? 'customer' : turn === endedByAgent && byAgent ? 'agent' : 'drain'
    const endsMs = endsBy === 'drain' ? phases.drainMs : phases.drainMs - options.hold * lateShare * (0.1 + 0.9 * coin)
    return { endsBy, endsMs }
  }

  function queueSuccessor(ended: PlannedSession) {
    const successor = { ...ended, plannedMs: ended.endsMs }
    const at = waiting.findLastIndex(other => other.plannedMs <= successor.plannedMs) + 1
    waiting.splice(at, 0, successor)
  }

  return {
    phases,
    slots,
    nextStart(nowMs) {
      const firstMs = nextSlot < slots ? startOf(nextSlot) : Number.POSITIVE_INFINITY
      const successor = waiting[0]
      if (successor && successor.plannedMs <= firstMs) {
        if (successor.plannedMs > nowMs) return undefined
        waiting.shift()
        return planned(slots + successors++, successor.slot, successor.plannedMs)
      }
      if (firstMs > nowMs) return undefined
      const slot = nextSlot++
      return planned(slot, slot, firstMs)
    },
    nextMessage(nowMs) {
      const plannedMs = messageMs()
      if (plannedMs > nowMs || plannedMs >= phases.drainMs) return undefined
      nextMessageNumber += shards
      return { plannedMs, slot: Math.floor(speakers() * slots) }
    },
    nextFile(nowMs) {
      const plannedMs = fileMs()
      if (plannedMs > nowMs || plannedMs >= phases.drainMs) return undefined
      nextFileNumber += shards
      return { plannedMs, slot: Math.floor(sharers() * slots) }
    },
    nextMs() {
      const startMs = nextSlot < slots ? startOf(nextSlot) : Number.POSITIVE_INFINITY
      return Math.min(startMs, waiting[0]?.plannedMs ?? startMs, messageMs(), fileMs())
    },
    cutMs({ slot, plannedMs, endsMs }) {
      const { cut, hold } = options
      if (!cut) return undefined
      const [fromMs, toMs] = [pointMs(cut.from, hold), pointMs(cut.to, hold)]
      const share = (slot * shards + shard) / options.sessions
      const atMs = phases.steadyMs + fromMs + (toMs - fromMs) * share
      return plannedMs < atMs && atMs < endsMs ? atMs : undefined
    },
    firstPing({ plannedMs, endsMs }) {
      // As if the session had been pinging for ever: the rest of an interval, long ones met more often. Only so is the
      // rate the same from the first minute on, however many sessions start together (CS-131).
      const [least, most] = [1 - pingJitter, 1 + pingJitter]
      const length = Math.sqrt(least ** 2 + pings() * (most ** 2 - least ** 2))
      return pingWithin(plannedMs + interval * length * pings(), endsMs)
    },
    pingAfter: plannedMs => pingWithin(plannedMs + interval * (1 + pingJitter * (2 * pings() - 1)), phases.drainMs),
  }

  function messageMs(): number {
    return beforeDrain(phases.arrivedMs + nextMessageNumber * messageEveryMs)
  }

  function fileMs(): number {
    return beforeDrain(phases.arrivedMs + nextFileNumber * fileEveryMs)
  }

  function beforeDrain(plannedMs: number): number {
    return plannedMs < phases.drainMs && slots > 0 ? plannedMs : Number.POSITIVE_INFINITY
  }

  function startOf(slot: number): number {
    return phases.startMs + ((slot * shards + shard) / options.arrival) * 1_000
  }

  function pingWithin(atMs: number, endMs: number): number | undefined {
    return interval > 0 && atMs < endMs ? atMs : undefined
  }
}
