import fc from 'fast-check'
import { createLedger } from './ledger.ts'
import type { LedgerRules, LedgerSink } from './ledger-books.ts'
import type { LedgerCounts } from './ledger-counts.ts'
import type { PushedMode, SeenAnswer, SeenEvent, SeenPost } from './session-ledger.ts'

/** Hand-made histories of one session, as a target that makes no mistake would write them. */
export type Step =
  | { does: 'say'; who: 'agent' | 'customer'; postDelay: number }
  | { does: 'type'; postDelay: number }
  | { does: 'hide' }
  | { does: 'pull'; isTriggered: boolean; isFromStart: boolean }

export type Item = { at: number; answer: SeenAnswer } | { at: number; post: SeenPost } | { at: number; left: true }

export interface History {
  mode: PushedMode
  notifiesRequestor: boolean
  items: Item[]
  /** Events that are pushed in this mode. */
  pushed: number
}

export const isPushed: LedgerRules['isPushed'] = (type, mode) => mode !== 'reliable' || !type.startsWith('Typing')

export const modes: readonly PushedMode[] = ['payload', 'reliable', 'device-id']

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('say' as const),
      who: fc.constantFrom('agent' as const, 'customer' as const),
      postDelay: fc.nat(8),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('type' as const), postDelay: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.constant({ does: 'hide' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('pull' as const), isTriggered: fc.boolean(), isFromStart: fc.boolean() }),
  },
)

export const historyOf = (mode: PushedMode): fc.Arbitrary<History> =>
  fc
    .record({ notifiesRequestor: fc.boolean(), steps: fc.array(anyStep, { maxLength: 30 }), leaves: fc.boolean() })
    .map(({ notifiesRequestor, steps, leaves }) => written(mode, notifiesRequestor, steps, leaves))

export function written(
  mode: PushedMode,
  notifiesRequestor: boolean,
  steps: readonly Step[],
  leaves: boolean,
): History {
  const visible: SeenEvent[] = []
  const items: Item[] = []
  let last = 0
  let position = 1
  let pushed = 0
  let laneFreeAt = 0

  const pull = (at: number, from: number, isTriggered: boolean) => {
    const events = visible.filter(({ index }) => index >= from)
    items.push({ at, answer: { from, nextPosition: last + 1, events, answeredMs: at, isTriggered } })
    position = last + 1
  }
  const post = (at: number, event: SeenEvent) => {
    // One lane: POSTs never overtake each other.
    laneFreeAt = Math.max(laneFreeAt + 0.001, at)
    const notice = { attempt: 0, notifyPosition: position, nextPosition: event.index + 1 }
    const shape = mode === 'payload' ? { event } : mode === 'reliable' ? notice : {}
    items.push({ at: laneFreeAt, post: { receivedMs: laneFreeAt, mode, ...shape } })
    pushed += 1
  }
  const happen = (at: number, postDelay: number, type: string, isOwn: boolean) => {
    last += 1
    const event = { index: last, type, isOwn, plannedMs: at, latenessUs: 0 }
    visible.push(event)
    if ((!isOwn || notifiesRequestor) && isPushed(type, mode)) post(at + postDelay, event)
  }

  happen(0, 0, 'ParticipantJoined', true)
  pull(0.5, 1, false)
  steps.forEach((step, i) => {
    const at = i + 1
    if (step.does === 'say') happen(at, step.postDelay, 'Message', step.who === 'customer')
    else if (step.does === 'type') happen(at, step.postDelay, 'TypingStarted', false)
    else if (step.does === 'hide') last += 1
    else pull(at + 0.5, step.isFromStart ? 1 : position, step.isTriggered)
  })
  const end = steps.length + 20
  pull(end, 1, false)
  if (leaves) {
    items.push({ at: end + 1, left: true })
    last += 1
    const leave = { index: last, type: 'ParticipantLeft', isOwn: true }
    if (notifiesRequestor) post(end + 2, leave)
    const own = items.at(-1)!
    if (mode === 'reliable' && 'post' in own) own.post.notifyPosition = -1
  }
  return { mode, notifiesRequestor, items: items.sort((a, b) => a.at - b.at), pushed }
}

export function told(
  { mode, notifiesRequestor }: Pick<History, 'mode' | 'notifiesRequestor'>,
  items: readonly Item[],
  sink: LedgerSink<string> = {},
  isLenient = false,
): LedgerCounts {
  const ledger = createLedger<string>({ isPushed, notifiesRequestor, isLenient, observeMs: 1_000 }, sink)
  const session = ledger.open('0.0', mode)
  for (const item of items) {
    if ('answer' in item) ledger.answered(session, item.answer)
    else if ('post' in item) ledger.posted(session, item.post)
    else ledger.left(session, item.at)
  }
  ledger.close('lost')
  return ledger.counts
}
