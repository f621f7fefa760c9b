import type { Marker } from '../../marker.ts'
import type { PushMode } from '../../push/mode.ts'
import { emptyFloors, type Floors } from './positions.ts'
import { emptyTranscript, type Transcript } from './transcript.ts'

export interface SessionWatchOptions {
  /** How the session subscribed; `off` = it did not. */
  mode: PushMode | 'off'
  /** GCTI_GMS_NotifyRequestor: own activity is pushed too (PUSH-023). */
  notifyRequestor: boolean
  /** The chat goes over CometD: the customer hears by notifications (section 7), whether it is pushed as well or not. */
  isComet?: boolean
  run: string
  shard: number
  session: number
  /** Members of flex-push-content in force, if they are known and do not change (PUSH-055, PUSH-060). */
  flexPushContent?: readonly string[]
  /** Resend delay, if known: a gap in `notify-attempt` is then told from a lost notice. */
  resendDelayMs?: number
  /**
   * How far a receiver's stamp, brought to the shard's clock, may be wrong now; comparisons across clocks are made only
   * beyond it. The agent's clock only chooses between two rules. Default 20 ms: far above what one host shows.
   */
  clockBoundMs?: () => number
  /** false = texts are free, as in a conformance case; default true: each text of the customer carries a marker. */
  textsAreMarked?: boolean
  /** What a text of the customer with this marker must be, if that is known (CV2-065). */
  customerText?: (marker: Marker) => string
}

/** Everything a session watch remembers. A notice = a push of body C. */
export interface SessionState {
  options: SessionWatchOptions & { clockBoundMs: () => number }
  transcript: Transcript
  floors: Floors
  chatId?: string
  userId?: string
  /** Type of each party by participantId (CV2-053). */
  parties: Map<number, string>
  /** A send without answer, or one that was to be repeated: the same text may then be there twice. */
  sendUncertain: boolean
  ended?: { atMs: number; by: 'disconnect' | 'over' | 'fatal' }
  lane?: string
  /** Index of the last push of body B, −1 = none on this lane yet. */
  lastPushed: number
  /** Index of the push that said the session is finished. */
  finishedAt: number
  notices: NoticeState
}

export interface Notice {
  attempt: number
  position: number
  nextPosition: number
}

/** A notice with the earliest instant at which it can have been composed. */
export interface Composed extends Notice {
  composedMs: number
  /** Highest index when attempt 0 was composed. */
  announced: number
}

/** An answer that pulled the transcript: all below `retrievedTo` was surely retrieved when it was served. */
export interface Pull {
  sentMs: number
  atMs: number
  /** It left no hole below the position that it asked for. */
  isWhole: boolean
  retrievedTo: number
  nextPosition: number
}

export interface Claim {
  position: number
  receivedMs: number
  base: number
}

export interface NoticeState {
  last?: { attempt: number; receivedMs: number }
  /** Highest index that the last attempt 0 announced. */
  announced: number
  /** A pull since the last notice: the count may have started anew (CS-061, OQ-29). */
  pulledSince: boolean
  removedAtMs?: number
  /** The last pulls, in the order of their processing. */
  confirmed: Pull[]
  /** Positions up to here need no explanation: request chat has shown them, or a pull too old to be remembered. */
  explainedTo: number
  /** Retrieved without hole up to here, by pulls too old to be remembered. */
  contiguousTo: number
  /** The last notices: a pull that was answered earlier, but is processed later, may still forbid them. */
  recent: Composed[]
  /** Positions above `base`, the highest nextPosition that a pull sent before could have had. */
  claims: Claim[]
  /** Send instants of pulls without answer: each may have been served. */
  unansweredSinceMs: number
}

export function newSessionState(options: SessionWatchOptions): SessionState {
  return {
    options: { clockBoundMs: () => 20, ...options },
    transcript: emptyTranscript(),
    floors: emptyFloors(),
    parties: new Map(),
    sendUncertain: false,
    lastPushed: -1,
    finishedAt: Number.POSITIVE_INFINITY,
    notices: {
      announced: 0,
      pulledSince: false,
      confirmed: [],
      explainedTo: 2,
      contiguousTo: 2,
      recent: [],
      claims: [],
      unansweredSinceMs: Number.POSITIVE_INFINITY,
    },
  }
}
