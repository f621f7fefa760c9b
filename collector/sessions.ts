import type { Ledger } from '../judging/ledger.ts'
import { quietMs } from '../judging/loss.ts'
import { isOutstanding } from '../judging/session-ledger.ts'
import { customerText } from '../protocol/chat/customer-text.ts'
import { createSessionWatch } from '../protocol/checks/session-watch.ts'
import { type Clocks, shardParty } from './clocks.ts'
import { getOrMake } from './get-or-make.ts'
import { createNumberRanges, type NumberRanges } from './number-ranges.ts'
import type { RunSettings } from './run-settings.ts'
import type { Session } from './session.ts'

/** The sessions of a run: those that are over and settled are forgotten, so that a long run does not grow with them. */
export interface Sessions {
  of(shard: number, session: number, nowMs: number): Session
  values(): Iterable<Session>
  /** Tells what waited for a silence; forgets what is over, has nothing outstanding and was silent for long enough. */
  forget(nowMs: number, ended: (session: Session) => void): void
  /** Sessions in memory. */
  size(): number
}

const mostSessionsOfShard = 2 ** 32
/** A double of its last push, or a repetition, comes within this time. */
const silenceMs = 60_000

export function createSessions(
  settings: RunSettings,
  { ledger, heard }: { ledger: Ledger<Session>; heard?: Ledger<Session> | undefined },
  clocks: Clocks,
): Sessions {
  const sessions = new Map<number, Session>()
  /** Numbers of forgotten ones: a push that still comes for one of them must not look like a new session. */
  const forgotten = new Map<number, NumberRanges>()

  /** Of receiver and shard against each other, at an instant of our own clock. */
  function clockBoundMs(shard: number, atMs: number): number {
    const party = shardParty(shard)
    return clocks.between(party, 'receiver', atMs + clocks.between('collector', party, atMs).offsetMs).boundMs
  }

  function open(shard: number, session: number, isForgotten: boolean): Session {
    const { run, notifyRequestor, flexPushContent, resendDelayMs } = settings
    const mode = settings.modeOf(shard, session)
    const pushed = settings.isComet && !heard ? 'comet' : mode === 'off' ? undefined : mode
    const watch = createSessionWatch({
      mode,
      notifyRequestor,
      isComet: settings.isComet === true,
      run,
      shard,
      session,
      customerText,
      clockBoundMs: () => clockBoundMs(shard, opened.lastSeenMs),
      ...(flexPushContent && { flexPushContent }),
      ...(resendDelayMs !== undefined && { resendDelayMs }),
    })
    const opened: Omit<Session, 'ledger' | 'heard'> = {
      shard,
      session,
      name: `${shard}.${session}`,
      mode: pushed,
      watch,
      arrivals: undefined,
      chatId: undefined,
      lane: undefined,
      isConfirmed: isForgotten,
      isPinged: isForgotten,
      isEnded: isForgotten,
      hasLeft: isForgotten,
      lastSeenMs: 0,
      refused: [],
    }
    const owner = opened as Session
    owner.ledger = isForgotten ? ledger.reopen(owner, pushed) : ledger.open(owner, pushed)
    owner.heard = isForgotten ? heard?.reopen(owner, 'comet') : heard?.open(owner, 'comet')
    return owner
  }

  return {
    of(shard, session, nowMs) {
      const key = shard * mostSessionsOfShard + session
      let known = sessions.get(key)
      if (!known) {
        known = open(shard, session, forgotten.get(shard)?.has(session) === true)
        sessions.set(key, known)
      }
      known.lastSeenMs = nowMs
      return known
    },
    values: () => sessions.values(),
    forget(nowMs, ended) {
      const silentMs = Math.max(silenceMs, settings.observeMs)
      for (const [key, session] of sessions) {
        if (nowMs - session.lastSeenMs >= quietMs) ledger.quiet(session.ledger)
        if (!(session.hasLeft || session.isEnded) || session.refused.length > 0) continue
        if (nowMs - session.lastSeenMs < silentMs || (session.heard && isOutstanding(session.heard))) continue
        if (!ledger.forget(session.ledger)) continue
        if (session.heard) heard?.forget(session.heard)
        ended(session)
        sessions.delete(key)
        getOrMake(forgotten, session.shard, createNumberRanges).add(session.session)
      }
    },
    size: () => sessions.size,
  }
}
