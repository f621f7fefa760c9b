import type { Advice, BayeuxMessage, Transport } from './message.ts'

/**
 * `connecting`: a new session that is not connected yet; what belongs to a session (a resume, for one) is sent now.
 * `interrupted`: there is a session, and the way to it is lost or was refused.
 */
export type ClientState = 'idle' | 'handshaking' | 'connecting' | 'connected' | 'interrupted' | 'leaving' | 'ended'

/** A WebSocket, or one HTTP request with its answer. Never used twice for another. */
export type Link = number

/** What becomes of a message of ours: the answer, or why there is none. It may have been carried out all the same. */
export type Outcome = BayeuxMessage | 'lost' | 'unanswered' | 'ended'

export interface ClientSettings {
  transport: Transport
  /** What an answer may take beyond the time that the server holds a connect. */
  networkDelayMs: number
  /** Wait before the next try, by the number of failures in a row, from 1. */
  backoffMs(failures: number): number
  /** Most messages of one request or frame. */
  maxBatch: number
  /** Looks at and changes what goes out and comes in, as the `ext` members of extensions need it. */
  extension?: {
    outgoing?(message: BayeuxMessage): void
    incoming?(message: BayeuxMessage): void
  }
}

/** What a client wants done; called while one of its inputs is worked on, and never expected to call back at once. */
export interface ClientOutputs<Owner> {
  /** A WebSocket is wanted: `opened` or `lost` follows. */
  open(client: BayeuxClient<Owner>, link: Link): void
  /** One frame on the open WebSocket, or one HTTP request, the link of which is new. `isPoll`: it may be held. */
  send(client: BayeuxClient<Owner>, link: Link, messages: readonly BayeuxMessage[], isPoll: boolean): void
  /** The WebSocket is closed, the HTTP request given up; nothing about this link is expected any more. */
  drop(client: BayeuxClient<Owner>, link: Link): void
  /** `wake` is wanted then or later, and not before. Earlier ones stay in force, so that nobody has to take one back. */
  wakeAt(client: BayeuxClient<Owner>, atMs: number): void
  event(client: BayeuxClient<Owner>, message: BayeuxMessage): void
  /** Of a publish, subscribe or unsubscribe. */
  outcome(client: BayeuxClient<Owner>, request: BayeuxMessage, outcome: Outcome): void
  /** `why` is there where it ended or was interrupted. */
  changed(client: BayeuxClient<Owner>, state: ClientState, why?: string): void
}

/** A message that waits for its answer. */
export interface Pending {
  request: BayeuxMessage
  link: Link
  deadlineMs: number
  /** Number of the session in which it was sent. */
  session: number
}

/** One session at a time, as data: thousands of them share their code and one timer. */
export interface BayeuxClient<Owner = unknown> {
  readonly owner: Owner
  readonly settings: ClientSettings
  readonly outputs: ClientOutputs<Owner>
  state: ClientState
  clientId: string | undefined
  /** Sessions so far. */
  session: number
  /** In force: the last one given over the defaults. */
  advice: Required<Advice>
  subscriptions: Set<string>
  /** Not sent yet, in order. */
  queue: BayeuxMessage[]
  /** Publishes and the like under way, by id. */
  pending: Map<string, Pending>
  /** The one handshake or connect under way (BX-174). */
  poll: Pending | undefined
  /** Since `leave`: the session is over when the disconnect and the held connect are answered, or at the deadline. */
  farewell: { id: string; isAnswered: boolean; deadlineMs: number } | undefined
  /** The WebSocket; undefined = none. */
  socket: { link: Link; isOpen: boolean; deadlineMs: number } | undefined
  /** HTTP: the request beside the poll; 0 = none, so that order is kept and two connections do. */
  busy: Link
  /** When to handshake or connect next, whichever it is; Infinity = not by itself. */
  nextTryMs: number
  /** Failures since the last connect that went well. */
  failures: number
  /** Sessions that the server did not know any more, since the last connect that went well. */
  renewals: number
  /** When an answer to a connect came last. */
  heardMs: number
  /** The next connect is to be answered at once: the first one, or after a failure. */
  isProbing: boolean
  lastId: number
  lastLink: Link
  /** Earliest wake that was asked for and did not come yet. */
  wakeMs: number
  /** Inputs that are being worked on; what they cause goes out together. */
  depth: number
}

export const adviceDefaults: Required<Advice> = {
  reconnect: 'retry',
  interval: 0,
  timeout: 60_000,
  maxInterval: 0,
  'multiple-clients': false,
}

export const usualSettings: Omit<ClientSettings, 'transport'> = {
  networkDelayMs: 10_000,
  backoffMs: failures => Math.min(failures * 1_000, 60_000),
  maxBatch: 50,
}

export function createClient<Owner>(
  owner: Owner,
  settings: ClientSettings,
  outputs: ClientOutputs<Owner>,
): BayeuxClient<Owner> {
  return {
    owner,
    settings,
    outputs,
    state: 'idle',
    clientId: undefined,
    session: 0,
    advice: adviceDefaults,
    subscriptions: new Set(),
    queue: [],
    pending: new Map(),
    poll: undefined,
    farewell: undefined,
    socket: undefined,
    busy: 0,
    nextTryMs: Number.POSITIVE_INFINITY,
    failures: 0,
    renewals: 0,
    heardMs: 0,
    isProbing: true,
    lastId: 0,
    lastLink: 0,
    wakeMs: Number.POSITIVE_INFINITY,
    depth: 0,
  }
}

/** Letters and digits only: newer servers refuse everything else. */
export function nextId(client: BayeuxClient): string {
  client.lastId += 1
  return String(client.lastId)
}

export function nextLink(client: BayeuxClient): Link {
  client.lastLink += 1
  return client.lastLink
}

/** The same state again is told where there is a reason: each try that failed. */
export function change<Owner>(client: BayeuxClient<Owner>, state: ClientState, why?: string): void {
  if (client.state === state && why === undefined) return
  client.state = state
  client.outputs.changed(client, state, why)
}

/** What the network gave is not what we promised ourselves: only numbers and known words count. */
export function heed(client: BayeuxClient, advice: Advice | undefined): void {
  if (advice === null || typeof advice !== 'object') return
  const number = (value: unknown, usual: number) =>
    typeof value === 'number' && Number.isFinite(value) ? value : usual
  const { reconnect } = advice
  client.advice = {
    reconnect: reconnect === 'handshake' || reconnect === 'none' ? reconnect : 'retry',
    interval: number(advice.interval, adviceDefaults.interval),
    timeout: number(advice.timeout, adviceDefaults.timeout),
    maxInterval: number(advice.maxInterval, adviceDefaults.maxInterval),
    'multiple-clients': advice['multiple-clients'] === true,
  }
}
