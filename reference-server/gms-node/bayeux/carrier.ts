import type { TransportName } from './bayeux-options.ts'
import type { Session } from './session.ts'

/** Where answers go: a WebSocket for as long as it lives, over HTTP the response to one request. */
export interface Carrier {
  readonly transport: TransportName
  /** Over HTTP the value of the browser cookie, '' = none; the handshake then gives it one (BX-120). */
  browser: string
  /** The session that a WebSocket carries. */
  session: Session | undefined
  /** false = the other side is known to be gone. */
  isOpen(): boolean
  /** Bytes that the other side has not taken yet. */
  unsentBytes(): number
  /**
   * Events before replies, each a JSON text: over HTTP one response, on a WebSocket one frame per event and one for all
   * replies (A10).
   */
  send(events: readonly string[], replies: readonly string[]): void
  /** The older of two connects over HTTP, or a WebSocket whose client takes nothing. */
  fail(): void
}
