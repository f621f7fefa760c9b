import type { IncomingHttpHeaders } from 'node:http'
import type { ChatEvent } from '../../protocol/chat/event.ts'
import type { EffectiveOption, SetOutcome } from '../actors.ts'
import type { PushSubscription } from '../chat-server/subscription.ts'
import type { BayeuxMessage } from '../gms-node/bayeux/message.ts'
import type { ChatOutcome, ChatRequest, PushNotice } from '../messages.ts'
import type { CustomhttpTarget, NoTarget, TargetLookup } from '../push-sender/customhttp-targets.ts'

/** An HTTP answer of a GMS node on its way out. */
export interface Reply {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: string
}

/** What an answer belongs to. */
export interface Asked {
  method: string
  path: string
  /** By the path; '' = none of the chat API. */
  operation: string
  /** Of the request, names in lower case. */
  headers: IncomingHttpHeaders
}

/** What an answer of the CometD endpoint belongs to. */
export interface CometdAsked {
  method: string
  /** With its query. */
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** A customhttp POST on its way out. */
export interface Post {
  method: string
  origin: string
  path: string
  headers: Record<string, string>
  body: string
}

/**
 * The places on the message path where a planted fault can act. Actors call the gate when one is planted and behave
 * normally otherwise. A fault that none of these places can express is asked for by name where the behaviour lives:
 * `isPlanted(faults, 'name')`.
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
  /** Asked for by name in the code. */
  inPlace?: string
  /** Node: the form as it came, before it is read. */
  form?(
    form: URLSearchParams,
    asked: { operation: string; service: string; chatId: string; headers: IncomingHttpHeaders },
  ): URLSearchParams
  /** Node: the HTTP answer; undefined = the connection is closed without one. */
  reply?(reply: Reply, asked: Asked): Reply | undefined
  /** Node: an HTTP answer of the CometD endpoint; undefined = the connection breaks off without one. */
  cometdReply?(reply: Reply, asked: CometdAsked): Reply | undefined
  /** Node: Bayeux messages of one request or frame as they came; [] = refused as malformed. */
  bayeuxIn?(messages: BayeuxMessage[], about: { transport: string }): BayeuxMessage[]
  /**
   * Node: Bayeux messages on their way out, events before replies, as one HTTP response or as frames; undefined = the
   * connection breaks off without them, [] = they are lost (over HTTP the request stays without an answer).
   */
  bayeuxOut?(
    messages: BayeuxMessage[],
    about: { transport: string; clientId: string | undefined },
  ): BayeuxMessage[] | undefined
  /** Node: ms for which an event for a CometD session waits, or a request for the events from a position on. */
  lateOverComet?(what: 'notification' | 'resume'): number | undefined
  /** Chat Server: the request before it is served. */
  request?(request: ChatRequest): ChatRequest
  /** Chat Server: an event before it enters the transcript. */
  event?(event: ChatEvent, chatId: string): ChatEvent
  /** Chat Server: the subscription that request chat asked for. */
  subscription?(push: PushSubscription, userData: Readonly<Record<string, string>>): PushSubscription | undefined
  /** Chat Server: members of the health page; undefined = 404. */
  health?(members: Record<string, number | string | boolean>): Record<string, number | string | boolean> | undefined
  /** Chat Server: whether an event counts for the idle control; the last argument is what is documented. */
  activity?(event: ChatEvent, about: { isAsync: boolean; isAgentOnly: boolean }, counts: boolean): boolean
  /** Everybody: the value of an option when it is read; undefined = not set in this section. */
  option?(section: string, option: string, value: string | undefined): string | undefined
  /** Configuration: an option was set at run time, undefined = deleted. @returns what the administrator is told. */
  setting?(section: string, option: string, value: string | undefined, outcome: SetOutcome): SetOutcome
  /** Configuration: one row of the list of options in force; undefined = it is not listed. */
  listed?(row: EffectiveOption): EffectiveOption | undefined
  /** Everybody: a line of the log; undefined = it is not written. */
  line?(line: string): string | undefined
  /** Push sender: where a notice goes, by the options of its provider. */
  target?(target: CustomhttpTarget | NoTarget, notice: PushNotice, lookUp: TargetLookup): CustomhttpTarget | NoTarget
  /** Push sender: the POST; undefined = it is dropped, as if it had been answered 200. */
  post?(post: Post, notice: PushNotice): Post | undefined
  /** Push sender, when a POST was answered (0 = not at all): true = it is queued again. */
  repeats?(notice: PushNotice, status: number): boolean
  /** Push sender: ms that this notice waits before it is queued; the lane goes on, later notices of its session wait too. */
  delay?(notice: PushNotice): number | undefined
  /** Push sender: POSTs that one node may have in flight (PUSH-070), default 1. */
  lanes?(node: string): number
  /** Push sender: the JSON body that is posted. */
  body?(body: object, notice: PushNotice): object
}
