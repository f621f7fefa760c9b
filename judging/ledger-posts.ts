import { indexOf, isOwnLeave } from './announced-event.ts'
import { type Books, deliver, isPushed, takeMissing, wrong } from './ledger-books.ts'
import { countedAs } from './ledger-counts.ts'
import { isUnknown, learn, ownLeaveIndex, type SeenPost, type SessionLedger } from './session-ledger.ts'

/** A POST for a session that is ours, with an event that can be read from it. */
export function takePost<Owner>(books: Books<Owner>, session: SessionLedger<Owner>, post: SeenPost): void {
  books.counts.posts += 1
  if (post.mode !== session.mode) wrong(books, session, 'foreign', post)
  else if (post.mode === 'comet') heard(books, session, post)
  else if (post.mode === 'device-id') postedDeviceId(books, session, post)
  else if (post.mode === 'reliable' && (post.attempt ?? 0) > 0) postedAgain(books, session, post)
  else postedEvent(books, session, post)
}

/** A repetition is the first POST of its event where attempt 0 never arrived (a receiver that was away). */
function postedAgain<Owner>(books: Books<Owner>, session: SessionLedger<Owner>, post: SeenPost): void {
  const index = indexOf(post)
  const at = session.missing.findIndex(event => event.index === index)
  if (at >= 0) {
    deliver(books, session, takeMissing(session, at), post.receivedMs)
    return
  }
  books.counts.repeated += 1
  const isKept = [...session.early, ...session.repeats].some(other => indexOf(other) === index)
  if (!isKept && isUnknown(session, index)) session.repeats.push(post)
}

function postedDeviceId<Owner>(books: Books<Owner>, session: SessionLedger<Owner>, post: SeenPost): void {
  if (session.missing.length > 0) deliver(books, session, takeMissing(session, 0), post.receivedMs)
  else session.early.push(post)
}

function postedEvent<Owner>(books: Books<Owner>, session: SessionLedger<Owner>, post: SeenPost): void {
  const index = indexOf(post)
  const at = session.missing.findIndex(
    event => event.index === index || (event.index === ownLeaveIndex && isOwnLeave(post)),
  )
  if (at >= 0) {
    noteOrder(books, session, post)
    deliver(books, session, takeMissing(session, at), post.receivedMs)
    return
  }
  if (post.event && !isPushed(books, post.event, post.mode)) {
    wrong(books, session, 'foreign', post)
    return
  }
  const isFirst = !session.early.some(other => indexOf(other) === index)
  if (isFirst && isUnknown(session, index)) {
    noteOrder(books, session, post)
    session.early.push(post)
    return
  }
  const older = books.rules.isLenient && post.mode === 'reliable' ? session.missing.findIndex(e => e.index < index) : -1
  if (older >= 0) deliver(books, session, takeMissing(session, older), post.receivedMs)
  else wrong(books, session, 'duplicate', post)
}

/** What a customer hears is an event that it has to hear, unless it has heard it; nobody waits for an answer to show it. */
function heard<Owner>(books: Books<Owner>, session: SessionLedger<Owner>, post: SeenPost): void {
  const { event } = post
  const at = session.missing.findIndex(({ index }) => index === event?.index)
  if (!event || !isPushed(books, event, post.mode)) wrong(books, session, 'foreign', post)
  else if (at >= 0) {
    noteOrder(books, session, post)
    deliver(books, session, takeMissing(session, at), post.receivedMs)
  } else if (isUnknown(session, event.index)) {
    noteOrder(books, session, post)
    const { index, type } = event
    learn(session, { from: index, nextPosition: index + 1, events: [event], answeredMs: 0, isTriggered: false })
    countedAs(books.counts, type, 'expected')
    deliver(books, session, { ...event, isCovered: false, givenUpAs: undefined }, post.receivedMs)
  } else if (crossed(session, post)) books.counts.repeated += 1
  else wrong(books, session, 'duplicate', post)
}

/** It was on its way before the answer that showed its event. */
function crossed({ resumed }: SessionLedger<unknown>, post: SeenPost): boolean {
  const index = indexOf(post)
  return resumed !== undefined && resumed.from <= index && index < resumed.to && (post.askedMs ?? 0) < resumed.atMs
}

/** Order among first POSTs only: a repetition or a double has its own name. */
function noteOrder<Owner>(books: Books<Owner>, session: SessionLedger<Owner>, post: SeenPost): void {
  const index = indexOf(post)
  if (post.isUnordered) return
  if (index < session.lastPushed) {
    books.counts.outOfOrder += 1
    books.sink.wrong?.(session.owner, 'out-of-order', post)
  }
  session.lastPushed = index
}
