import { type Violation, violation } from '../violation.ts'

/**
 * PUSH-070: a node has one customhttp POST in flight. Seen from the receiver that is proven only while an answer is held
 * back: a second POST beside it is then surely sent before the first was answered. Without holding, the answer may be on
 * its way while the next POST comes.
 */
export function onlyOneInFlight(post: { lane: string; inFlight: number; isHolding: boolean }): Violation | undefined {
  const { lane, inFlight, isHolding } = post
  if (!isHolding || inFlight === 0) return undefined
  const what = `POSTs of node ${lane || '(unnamed)'} overlap`
  return violation('PUSH-070', what, `${inFlight} unanswered beside this one`, 'at most one POST of a node in flight')
}
