import type { PushMode } from '../../push/mode.ts'
import type { PushedMessage } from '../../push/notification.ts'
import type { Violation } from '../../violation.ts'
import { createSessionWatch } from '../session-watch.ts'
import { correctHistory, type Delivery, type HistoryOptions, identity, resendDelayMs } from './correct-history.ts'

/** Test support: plants a mutation in correct histories and tells what a watch finds. */
export function watch(
  deliveries: readonly Delivery[],
  options: Pick<HistoryOptions, 'mode' | 'notifyRequestor'>,
): Violation[] {
  const { mode, notifyRequestor } = options
  const session = createSessionWatch({
    ...identity,
    mode,
    notifyRequestor,
    flexPushContent: ['user-id', 'session-id'],
    resendDelayMs,
  })
  const found = deliveries.flatMap(delivery =>
    delivery.kind === 'answer' ? session.answer(delivery.seen) : session.push(delivery.seen).violations,
  )
  return [...found, ...session.finish()]
}

export type Answered = Extract<Delivery, { kind: 'answer' }>
export type Pushed = Extract<Delivery, { kind: 'push' }>

export const isAnswer = (delivery: Delivery): delivery is Answered => delivery.kind === 'answer'
export const isPush = (delivery: Delivery): delivery is Pushed => delivery.kind === 'push'
export const messageOf = (delivery: Pushed) => delivery.seen.push.message as PushedMessage
const isLive = ({ seen }: Answered) => seen.answer?.statusCode === 0
export const isRefresh = (delivery: Answered) => isLive(delivery) && /refresh|ping/.test(delivery.seen.operation)

/**
 * Looks for a history that offers a place for the mutation, plants it and tells the rules that were cited, so that each
 * mutation is tried on several histories.
 */
export function planted(
  options: Partial<HistoryOptions> & { mode: PushMode },
  plant: (deliveries: Delivery[]) => boolean,
  tries = 20,
): string[][] {
  const found: string[][] = []
  for (let seed = 1; found.length < tries && seed < 4000; seed++) {
    const complete = { seed, actions: 30, notifyRequestor: false, endsBy: 'nobody' as const, ...options }
    const deliveries = correctHistory(complete)
    if (!plant(deliveries)) continue
    found.push([...new Set(watch(deliveries, complete).map(({ rule }) => rule))])
  }
  if (found.length < tries) throw new Error(`only ${found.length} histories had a place for it`)
  return found
}

export function everyCites(found: readonly string[][], ...rules: string[]): void {
  const silent = found.filter(cited => !rules.some(rule => cited.includes(rule)))
  if (silent.length > 0)
    throw new Error(
      `${silent.length} of ${found.length} did not cite ${rules.join(' or ')}: ${silent[0]!.join(' ') || 'nothing'}`,
    )
}
