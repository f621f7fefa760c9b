import type { ChatEvent } from '../../protocol/chat/event.ts'
import type { ChatOutcome, ChatRequest, PushNotice } from '../messages.ts'

/**
 * The places on the message path where a planted fault can act. Actors call the gate when one is planted and behave
 * normally otherwise; each fault lives in one file of this folder and implements what it needs.
 */
export interface FaultGate {
  /** Chat Server, before a notice goes to its node. @returns what goes instead: [] = dropped, two = doubled. */
  notice?(notice: PushNotice): PushNotice[]
  /** Chat Server: false = the refresh that just pulled does not count as confirmation (CS-061). */
  confirms?(chatId: string): boolean
  /** Chat Server: the outcome that the node gets. */
  outcome?(request: ChatRequest, outcome: ChatOutcome): ChatOutcome
  /** Chat Server: may a customer see this event in an answer? undefined = as documented. */
  visible?(event: ChatEvent, chatId: string): boolean | undefined
  /** Push sender: ms that this notice waits before it is queued; the lane goes on, later notices of its session wait too. */
  delay?(notice: PushNotice): number | undefined
  /** Push sender: POSTs that one node may have in flight (PUSH-070), default 1. */
  lanes?(node: string): number
  /** Push sender: the JSON body that is posted. */
  body?(body: object, notice: PushNotice): object
}
