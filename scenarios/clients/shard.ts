import { writeMarker } from '../../protocol/marker.ts'
import type { ShardRow } from '../../protocol/stream/shard-stream.ts'
import type { Trigger } from '../../protocol/stream/trigger.ts'
import { form, requestChatForm } from '../load/forms.ts'
import { hasTokens, peek } from '../load/peek.ts'
import type { PlannedSession } from '../load/plan.ts'
import { type Action, createSession, isTooLate, nextAction, type Session, setTokens, trigger } from '../load/session.ts'
import { post, type RestAnswer, requestChatUrl } from './chat-rest.ts'
import type { Report, ShardCounts } from './report.ts'
import type { Run, RunStart } from './run.ts'

/** The customers of one VU: data, and the requests that they make. */
export interface Shard {
  counts: ShardCounts
  sessions: readonly Session[]
  /** Begins a session: request chat at once. */
  requestChat(plan: PlannedSession): void
  /** At once when the session is free, else as soon as it is. */
  act(session: Session, action: Action): void
  /** A customer message of whoever is live in this slot, or in the next one. */
  say(slot: number, plannedMs: number): void
  /** A push of this session came: refresh. */
  pushed(message: Trigger): void
  live(): number
  inFlight(): number
  /** Nothing in flight, nothing waiting. */
  isQuiet(): boolean
  /** What was never ready is reported as blocked. */
  giveUp(): void
}

export interface ShardSettings {
  run: Run
  start: RunStart
  shard: number
  now(): number
  report: Report
  /** The receiver's clock against ours. */
  receiverOffsetMs(): number
}

export function createShard({ run, start, shard, now, report, receiverOffsetMs }: ShardSettings): Shard {
  const sessions: Session[] = []
  const occupants: Session[] = []
  const counts: ShardCounts = {
    sessions_started: 0,
    messages_sent: 0,
    pings_sent: 0,
    refreshes_sent: 0,
    disconnects_sent: 0,
    answers: 0,
    triggers: 0,
    dropped_iterations: 0,
    actions_blocked: 0,
  }
  const sentCounts: Partial<Record<Action['operation'], keyof ShardCounts>> = {
    send: 'messages_sent',
    ping: 'pings_sent',
    refresh: 'refreshes_sent',
    finalRefresh: 'refreshes_sent',
    disconnect: 'disconnects_sent',
  }
  let live = 0
  let inFlight = 0
  let waiting = 0

  async function begin(plan: PlannedSession) {
    const session = createSession(plan, start.run, shard)
    sessions[plan.session] = session
    occupants[plan.slot] = session
    if (isTooLate(plan.plannedMs, plan.plannedMs, now())) {
      session.state = 'failed'
      return unsent(session, { operation: 'requestChat', plannedMs: plan.plannedMs }, 1, plan.plannedMs)
    }
    const target = run.targets[plan.slot % run.targets.length]!
    const url = requestChatUrl(target, run.options.service)
    counts.sessions_started++
    const answer = await inFlightOf(
      session,
      post('requestChat', url, requestChatForm(session, run.notifyRequestor), now),
    )
    if (answer.status === 200 && take(session, answer.body)) {
      session.url = `${url}/${encodeURIComponent(asObject(answer.body).chatId as string)}/`
      session.state = 'live'
      live++
    } else session.state = 'failed'
    answered(session, rowOf(session, 'requestChat', answer, plan.plannedMs, plan.plannedMs), answer)
  }

  function pump(session: Session) {
    for (let action = nextAction(session); action !== undefined; action = nextAction(session)) {
      if (action === 'refresh') return void guarded(() => refresh(session))
      waiting--
      if (isDroppable(action) && isTooLate(action.plannedMs, session.freeSinceMs, now())) {
        unsent(session, action, 1, session.freeSinceMs)
      } else {
        const next = action
        return void guarded(() => perform(session, next))
      }
    }
    if (session.state === 'over' || session.state === 'failed') passOn(session)
  }

  /** What a session that is over had still to say is said by another; its pings are no longer owed. */
  function passOn(session: Session) {
    for (const action of session.waiting.splice(0)) {
      waiting--
      if (action.operation === 'send') say(session.plan.slot, action.plannedMs)
    }
  }

  async function refresh(session: Session) {
    const triggered = session.triggeredMs
    session.triggeredMs = 0
    const plannedMs = triggered - receiverOffsetMs()
    await request(session, { operation: 'refresh', plannedMs }, session.nextPosition, triggered, -1, '')
  }

  async function perform(session: Session, action: Action) {
    if (action.operation === 'send') {
      const sequence = ++session.messages
      const latenessUs = (now() - action.plannedMs) * 1_000
      const place = { run: start.run, side: 'c', shard, session: session.plan.session } as const
      const message = `${writeMarker({ ...place, sequence, plannedMs: action.plannedMs, latenessUs })}how is my order?`
      await request(session, action, -1, 0, sequence, `&${form({ message })}`)
    } else {
      const isRefresh = action.operation === 'ping' || action.operation === 'finalRefresh'
      // The last refresh of a session asks for everything: what only it shows was lost or never announced.
      const position = action.operation === 'finalRefresh' ? 1 : isRefresh ? session.nextPosition : -1
      await request(session, action, position, 0, -1, '')
    }
  }

  async function request(
    session: Session,
    { operation, plannedMs }: Action,
    position: number,
    triggered: number,
    sequence: number,
    fields: string,
  ) {
    const body = session.tokens + (position < 0 ? '' : `&transcriptPosition=${position}`) + fields
    const count = sentCounts[operation]
    if (count) counts[count]++
    const readyMs = session.freeSinceMs
    const answer = await inFlightOf(session, post(operation, session.url, body, now))
    const row = rowOf(session, operation, answer, plannedMs, readyMs)
    row.position = position
    row.triggered = triggered
    row.sequence = sequence
    if (answer.status === 200) steer(session, answer.body, position >= 0)
    answered(session, row, answer)
  }

  async function inFlightOf(session: Session, answer: Promise<RestAnswer>): Promise<RestAnswer> {
    session.isBusy = true
    inFlight++
    try {
      return await answer
    } finally {
      inFlight--
      session.isBusy = false
    }
  }

  function answered(session: Session, row: ShardRow, answer: RestAnswer) {
    if (answer.status !== 0) counts.answers++
    session.freeSinceMs = now()
    report.row(row, answer.body)
    pump(session)
  }

  /** CV2-034: 0/true, 2/true and 2/false on calls of the session end it; HTTP errors and statusCode 1 do not. */
  function steer(session: Session, body: string, hasEvents: boolean) {
    const { statusCode, chatEnded, nextPosition } = peek(body)
    if (statusCode === 2 || (statusCode === 0 && chatEnded)) {
      session.state = 'over'
      session.triggeredMs = 0
      live--
      return
    }
    if (statusCode !== 0) return
    if (hasEvents && nextPosition > session.nextPosition) session.nextPosition = nextPosition
    if (!hasTokens(body, session.secureKey, session.alias)) take(session, body)
  }

  /** Tokens may change with any answer (CV2-032). @returns whether there are all that the next call needs. */
  function take(session: Session, body: string): boolean {
    const { statusCode, chatId, userId, secureKey, alias, nextPosition } = asObject(body)
    if (statusCode !== 0) return false
    const latest = (value: unknown, before: string) => (typeof value === 'string' ? value : before)
    setTokens(
      session,
      latest(userId, session.userId),
      latest(secureKey, session.secureKey),
      latest(alias, session.alias),
    )
    if (session.state !== 'starting') return true
    session.nextPosition = Number.isSafeInteger(nextPosition) ? (nextPosition as number) : 1
    return typeof chatId === 'string' && session.secureKey !== ''
  }

  function unsent(
    session: Session,
    action: { operation: ShardRow['operation']; plannedMs: number },
    why: 1 | 2,
    readyMs: number,
  ) {
    counts[why === 1 ? 'dropped_iterations' : 'actions_blocked']++
    const nothing: RestAnswer = { status: 0, errorCode: 0, body: '', sentMs: 0, answeredMs: 0 }
    report.row({ ...rowOf(session, action.operation, nothing, action.plannedMs, readyMs), unsent: why }, '')
  }

  function act(session: Session, action: Action) {
    waiting++
    session.waiting.push(action)
    pump(session)
  }

  function say(slot: number, plannedMs: number) {
    for (let i = 0; i < occupants.length; i++) {
      const session = occupants[(slot + i) % occupants.length]
      const speaks = session && (session.state === 'live' || session.state === 'starting')
      if (speaks && plannedMs < session.plan.endsMs) return act(session, { operation: 'send', plannedMs })
    }
    const last = occupants[slot] ?? sessions[0]
    if (last) unsent(last, { operation: 'send', plannedMs }, 2, 0)
  }

  /** Every callback ends here: an exception that reaches k6 closes all sockets of the VU. */
  async function guarded(work: () => Promise<void>) {
    try {
      await work()
    } catch (error) {
      report.error(String((error as Error).stack ?? error))
    }
  }

  return {
    counts,
    sessions,
    requestChat: plan => void guarded(() => begin(plan)),
    act,
    say,
    pushed(message) {
      counts.triggers++
      report.triggered(message)
      const session = sessions[message.session]
      if (!session) return
      trigger(session, message.receivedMs)
      pump(session)
    },
    live: () => live,
    inFlight: () => inFlight,
    isQuiet: () => inFlight === 0 && waiting === 0,
    giveUp() {
      for (const session of sessions) {
        for (const action of session?.waiting.splice(0) ?? []) {
          waiting--
          unsent(session!, action, 2, 0)
        }
      }
    },
  }
}

function asObject(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) ?? {}
  } catch {
    return {}
  }
}

/** A session must end and be looked at even late. */
function isDroppable(action: Action): boolean {
  return action.operation === 'send' || action.operation === 'ping'
}

function rowOf(
  session: Session,
  operation: ShardRow['operation'],
  answer: RestAnswer,
  planned: number,
  ready: number,
): ShardRow {
  return {
    session: session.plan.session,
    operation,
    status: answer.status,
    errorCode: answer.errorCode,
    planned,
    ready,
    sent: answer.sentMs,
    answered: answer.answeredMs,
    position: -1,
    sequence: -1,
    triggered: 0,
    unsent: 0,
  }
}
