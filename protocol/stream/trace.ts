/**
 * The trace of a reference server, streamed over the control port (`/trace`, WebSocket): numbered JSON frames with
 * several records each. Targets that are not ours have none; nothing in the ledger depends on it.
 */
export type TraceRecord =
  /** Chat Server gave the event its index; `server` is the alias of that Chat Server. */
  | ['accepted', chatId: string, index: number, atMs: number, eventType: string, server: string]
  /** The notification reached the node's queue; `attempt` above 0 = repetition of a reliable notice. */
  | ['queued', chatId: string, index: number, atMs: number, node: string, attempt: number]
  /** Its POST began. */
  | ['begun', chatId: string, index: number, atMs: number, node: string, attempt: number]
  /** Its POST was answered; status 0 = timeout or connection error. */
  | ['answered', chatId: string, index: number, atMs: number, node: string, attempt: number, status: number]
  /** A notification that had no node to go to (Trc 59758). */
  | ['unsent', chatId: string, index: number, atMs: number]
  /** An event is written to a CometD session; only who follows `/trace?notifications` makes the server tell this. */
  | ['notified', clientId: string, index: number, atMs: number, text: string]
  /** Likewise an answer with the events that were asked for; `texts` are theirs. */
  | ['shown', clientId: string, nextPosition: number, atMs: number, texts: string[]]

export interface TraceFrame {
  /** From 1, without gaps. */
  frame: number
  records: TraceRecord[]
}
