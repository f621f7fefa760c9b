import { indexOf, isOwnLeave } from './announced-event.ts'
import { type Books, deliver, isPushed, takeMissing } from './ledger-books.ts'
import { countedAs } from './ledger-counts.ts'
import {
  type ExpectedEvent,
  isUncovered,
  learn,
  ownLeaveIndex,
  type PushedMode,
  type SeenAnswer,
  type SeenEvent,
  type SessionLedger,
} from './session-ledger.ts'

/** An answer shows a part of the transcript: what of it is new and pushed is expected from now on. */
export function takeAnswer<Owner>(books: Books<Owner>, session: SessionLedger<Owner>, answer: SeenAnswer): void {
  const { mode } = session
  const fresh = learn(session, answer)
  if (mode === undefined) return
  const isHeard = mode === 'comet' && answer.isTriggered
  for (const event of fresh) {
    if (!isPushed(books, event, mode)) continue
    if (isHeard) hear(books, session, event, answer.answeredMs)
    else expectEvent(books, session, event, isShownInstead(mode, event, answer))
  }
  if (mode === 'reliable') cover(session, answer.confirmedBelow ?? 0)
  if (isHeard) session.resumed = { from: answer.from, to: session.knownBelow, atMs: answer.answeredMs }
  if (answer.from > 0 && session.early.length > 0) rejoinNotices(books, session)
  if (session.repeats.length > 0) session.repeats = session.repeats.filter(post => isUncovered(session, indexOf(post)))
}

/** The customer's disconnect was answered with success: no answer shows that leave. */
export function takeLeave<Owner>(books: Books<Owner>, session: SessionLedger<Owner>, answeredMs: number): void {
  session.leftMs = answeredMs
  const { counts, rules } = books
  if (session.mode === undefined || !rules.notifiesRequestor) return
  if (!rules.isPushed('ParticipantLeft', session.mode)) return
  const leave: ExpectedEvent = {
    index: ownLeaveIndex,
    type: 'ParticipantLeft',
    isOwn: true,
    isCovered: false,
    givenUpAs: undefined,
  }
  countedAs(counts, leave.type, 'expected')
  const at = session.early.findIndex(post => session.mode === 'device-id' || isOwnLeave(post))
  if (at >= 0) deliver(books, session, leave, session.early.splice(at, 1)[0]!.receivedMs)
  else session.missing.push(leave)
}

/** No repetition is owed for what the customer says that it has. */
function cover({ missing }: SessionLedger<unknown>, below: number): void {
  for (const event of missing) if (event.index !== ownLeaveIndex && event.index < below) event.isCovered = true
}

/** The answer is good for what has none of its own. */
function isShownInstead(mode: PushedMode, { index }: SeenEvent, { isTriggered, knownTo }: SeenAnswer): boolean {
  return mode === 'comet' ? knownTo !== undefined && index > knownTo : isTriggered && mode === 'reliable'
}

/** The answer itself is how the customer hears of it. */
function hear<Owner>(books: Books<Owner>, session: SessionLedger<Owner>, event: SeenEvent, answeredMs: number): void {
  countedAs(books.counts, event.type, 'expected')
  countedAs(books.counts, event.type, 'covered')
  books.sink.delivered?.(session.owner, { ...event, isCovered: true, givenUpAs: undefined }, answeredMs)
}

function expectEvent<Owner>(
  books: Books<Owner>,
  session: SessionLedger<Owner>,
  event: SeenEvent,
  isCovered: boolean,
): void {
  const expected = { ...event, isCovered, givenUpAs: undefined }
  countedAs(books.counts, event.type, 'expected')
  const at = session.early.findIndex(post => session.mode === 'device-id' || indexOf(post) === event.index)
  if (at >= 0) {
    deliver(books, session, expected, session.early.splice(at, 1)[0]!.receivedMs)
    return
  }
  const repeat = session.repeats.find(post => indexOf(post) === event.index)
  if (repeat) {
    books.counts.repeated -= 1
    deliver(books, session, expected, repeat.receivedMs)
  } else session.missing.push(expected)
}

/** A notice whose index turned out to be no pushed event stands for the oldest one without notice. */
function rejoinNotices<Owner>(books: Books<Owner>, session: SessionLedger<Owner>): void {
  if (session.mode !== 'reliable') return
  session.early = session.early.filter(post => {
    if (isUncovered(session, indexOf(post))) return true
    const older = session.missing.findIndex(event => event.index < indexOf(post))
    if (older >= 0) deliver(books, session, takeMissing(session, older), post.receivedMs)
    return older < 0
  })
}
