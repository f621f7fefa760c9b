import { writeDeviceId } from '../../protocol/device-id.ts'
import type { ShardOperation } from '../../protocol/stream/shard-stream.ts'
import type { AnswerFrame } from './answer-frame.ts'
import type { PlannedSession } from './plan.ts'
import type { FileTurn, SharedFiles } from './shared-files.ts'

/** Something a session has to do, planned before it could be done. */
export interface Action {
  /** `file` = the next file request of this session, whichever that is when its turn comes; `cut` = its connection is lost. */
  operation: Exclude<ShardOperation, 'requestChat' | 'resume' | 'notification' | 'arrival' | 'loss'> | 'file' | 'cut'
  plannedMs: number
  /** As the plan had it, where a cut of ours has put it off: it chooses who says it. */
  dueMs?: number
  /** It is planned for when the one before it is answered. */
  isNext?: boolean
}

/** A simulated customer: data, driven by its shard. One request is in flight at a time, since keys may change. */
export interface Session {
  plan: PlannedSession
  deviceId: string
  state: 'starting' | 'live' | 'over' | 'failed'
  /** `<target>/genesys/2/chat/<service>/<chatId>/`. */
  url: string
  /** Tokens as form fields; the first part of each body. */
  tokens: string
  userId: string
  secureKey: string
  alias: string
  /** What its answers look like with these tokens; undefined = each is looked into. */
  frame: AnswerFrame | undefined
  nextPosition: number
  isBusy: boolean
  /** CometD: the connection is lost and not yet resumed. */
  isAway: boolean
  /** When its last answer came over the wire: what the next action needs is there since then. */
  freeSinceMs: number
  waiting: Action[]
  /** Receiver's stamp of the oldest push that no refresh answers yet; 0 = none. */
  triggeredMs: number
  /** How long the receiver held that push on purpose. */
  heldMs: number
  /** Highest index that a push has told of. */
  announced: number
  /** When it came back from a cut of ours: nothing was due before. */
  excusedMs: number
  messages: number
  /** undefined until its first file request. */
  files: SharedFiles | undefined
  /** The file request that is in flight. */
  fileTurn: FileTurn | undefined
}

export function createSession(plan: PlannedSession, run: string, shard: number): Session {
  return {
    plan,
    deviceId: writeDeviceId({ run, shard, session: plan.session }),
    state: 'starting',
    url: '',
    tokens: '',
    userId: '',
    secureKey: '',
    alias: '',
    frame: undefined,
    nextPosition: 1,
    isBusy: false,
    isAway: false,
    freeSinceMs: 0,
    waiting: [],
    triggeredMs: 0,
    heldMs: 0,
    announced: 0,
    excusedMs: 0,
    messages: 0,
    files: undefined,
    fileTurn: undefined,
  }
}

/** [CS-132] Pushes that come while a request is in flight are answered together by one refresh after it. */
export function trigger(session: Session, receivedMs: number, heldMs = 0): void {
  if (session.state === 'over' || session.state === 'failed') return
  if (session.triggeredMs !== 0) return
  session.triggeredMs = receivedMs
  session.heldMs = heldMs
}

/** What it does next: a push first, then what waits longest. @returns undefined when it is busy or has nothing to do. */
export function nextAction(session: Session): Action | 'refresh' | undefined {
  if (session.isBusy || session.isAway || session.state !== 'live') return undefined
  if (session.triggeredMs !== 0) return 'refresh'
  return session.waiting.length > 0 ? session.waiting.shift() : undefined
}

export function setTokens(session: Session, userId: string, secureKey: string, alias: string): void {
  session.userId = userId
  session.secureKey = secureKey
  session.alias = alias
  const fields = [userId, secureKey, alias].map(encodeURIComponent)
  session.tokens = `userId=${fields[0]}&secureKey=${fields[1]}&alias=${fields[2]}`
}

const lateLimitMs = 1_000

/** Ready, but not sent within 1 s: the generator's failure (dropped_iterations); it is not sent any more. */
export function isTooLate(plannedMs: number, readyMs: number, nowMs: number): boolean {
  return nowMs - Math.max(plannedMs, readyMs) > lateLimitMs
}
