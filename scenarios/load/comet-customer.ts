import type { BayeuxClient, Link } from '../../protocol/bayeux/client.ts'
import type { BayeuxMessage } from '../../protocol/bayeux/message.ts'
import type { ShardRow } from '../../protocol/stream/shard-stream.ts'
import type { Session } from './session.ts'

export type Done = (row: ShardRow, answer: string) => void

/** The chat API over CometD, as a shard uses it: answers have no number, and come in the order of the requests (OQ-13). */
export interface CometApi {
  requestChat(session: Session, row: ShardRow, done: Done): void
  ask(session: Session, row: ShardRow, message: string, done: Done): void
  /** Its connection is lost as if the network had gone away; every second session then comes back as a new client. */
  cut(session: Session): void
  /** The chat is over. */
  leave(session: Session): void
}

/** What the carrier tells, and when. */
export interface CometArrivals {
  opened(customer: CometCustomer, link: Link): void
  /**
   * @param sentMs When the request left that brought it; on a WebSocket when it came.
   * @param tookMs How long we took to look at it; absent: until now.
   */
  came(customer: CometCustomer, link: Link, text: string, atMs: number, sentMs: number, tookMs?: number): void
  lost(customer: CometCustomer, link: Link, why: string): void
  /** @returns until when there is nothing to do. */
  tick(nowMs: number): number
  /** Customers whose connection is not ended yet. */
  size(): number
  /** Ends what is left, without a word. */
  stop(): void
}

/** One CometD client and its chat, as data. */
export interface CometCustomer<Network = unknown> {
  readonly session: Session
  readonly client: BayeuxClient<CometCustomer>
  /** The carrier's own: sockets, cookies. */
  network: Network | undefined
  asked: { row: ShardRow; done: Done; id: string } | undefined
  /** The chat waits for its connection since then; undefined = it does not. */
  awaySinceMs: number | undefined
  /** It is away by our own doing. */
  isCut: boolean
  /** Why it is away was told. */
  isLossTold: boolean
  resumed: { row: ShardRow; id: string } | undefined
  /** When to resume without a new connection before; Infinity = not by itself. */
  resumeAtMs: number
  /** In a row. */
  resumeFailures: number
  /** What was asked on each connection and told nobody, as `askedText` writes it. */
  untold: { link: Link; asked: string }[]
  /** Arrivals that were told. */
  arrivals: number
}

export interface CometSettings {
  transport: 'websocket' | 'long-polling'
  service: string
  /** Of customers that are pushed as well: own activity, too. */
  notifyRequestor: boolean
  startMs: number
  now(): number
  open(customer: CometCustomer, link: Link): void
  send(customer: CometCustomer, link: Link, messages: readonly BayeuxMessage[], isPoll: boolean): void
  drop(customer: CometCustomer, link: Link): void
  heard(session: Session, row: ShardRow, text: string): void
  /** A connection is gone, or a try to get it back failed. */
  lost(row: ShardRow, why: string): void
  /** Bayeux messages came together, for whoever validates them: `text` is as `arrivalText` writes it. */
  arrived(row: ShardRow, text: string): void
  away(session: Session): void
  back(session: Session, row: ShardRow, answer: string): void
  /** It never comes back. */
  gone(session: Session, sinceMs: number): void
}
