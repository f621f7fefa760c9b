import type { Waiting } from '../../time/deadline-heap.ts'
import type { Acknowledgement } from './acknowledgement.ts'
import type { TransportName } from './bayeux-options.ts'
import type { Carrier } from './carrier.ts'
import type { Timesync } from './timesync.ts'

/**
 * One client: plain data, one flat object without a timer of its own, because thousands of them wait at once. As
 * `Waiting` it stands in the node's deadline heap once, for the end of its held connect or for its expiry.
 */
export interface Session extends Waiting {
  readonly clientId: string
  /** The transport that shook hands; over HTTP a session stays with it (BX-124). */
  readonly madeOver: TransportName
  /** Cookie value that it belongs to, '' = made over a WebSocket. */
  readonly browser: string
  /** The first connect has come: later ones are held (BX-040). */
  isConnected: boolean
  /** Whoever still has the object must not use it. Known all the same while its client has yet to hear of it (BX-116). */
  isEnded: boolean
  /** A request of it is being processed: what it causes goes with its answer. */
  isBatching: boolean
  /** Transport of the last advice, undefined = advice is due (A7). */
  advisedOver: TransportName | undefined
  /** Where the connect is held that waits for `heldUntilMs`. */
  held: Carrier | undefined
  /** The `id` member of its reply, ready to be written. */
  heldId: string
  isAdviceDue: boolean
  /** What its client has told about its clock with it. */
  heldSync: Timesync | undefined
  heldUntilMs: number
  /** While no connect is held. */
  expiresAtMs: number
  /** The client's own interval, valid until its next connect; -1 = none. */
  ownIntervalMs: number
  /** Messages that wait, as JSON texts, so that those of a broadcast are shared; undefined = none. */
  queue: string[] | undefined
  /** UTF-16 units, which is what they take at most twice. */
  queuedLength: number
  /** Names subscribed to; undefined = none. */
  subscriptions: string[] | undefined
  /** undefined = its client does not acknowledge. */
  ack: Acknowledgement | undefined
}

export function newSession(clientId: string, madeOver: TransportName, browser: string): Session {
  return {
    clientId,
    madeOver,
    browser,
    isConnected: false,
    isEnded: false,
    isBatching: false,
    advisedOver: madeOver,
    held: undefined,
    heldId: '',
    isAdviceDue: false,
    heldSync: undefined,
    heldUntilMs: 0,
    expiresAtMs: 0,
    ownIntervalMs: -1,
    queue: undefined,
    queuedLength: 0,
    subscriptions: undefined,
    ack: undefined,
    queuedForMs: 0,
    heapIndex: -1,
  }
}
