/** In the order in which the handshake offers them, which matters to some clients (BX-023). */
export const transportNames = ['websocket', 'long-polling', 'callback-polling'] as const
export type TransportName = (typeof transportNames)[number]

/** Named after CometD's own options where it has them; read once, when the node starts. */
export interface BayeuxOptions {
  /** Mount path, without a last slash. */
  path: string
  /** Texts of errors. */
  profile: 'cometd3' | 'cometd9'
  /** What Bayeux demands and CometD lets pass is refused (BX-024, BX-025, BX-051, BX-086). */
  isStrict: boolean
  allowedTransports: readonly string[]
  /** How long a connect is held. */
  timeoutMs: number
  /** What clients are told to wait between a connect's reply and the next connect. */
  intervalMs: number
  /** How long a session lives without a connect, beyond `intervalMs`. */
  maxIntervalMs: number
  /** Messages and bytes that may wait for one session. */
  maxQueue: number
  maxQueueBytes: number
  /** For all sessions together. */
  maxQueueBytesInTotal: number
  /** Largest HTTP body and largest WebSocket message. */
  maxMessageBytes: number
  maxSocketMessageBytes: number
  maxSessions: number
  /** Connects of one browser cookie held at once, -1 = any number. */
  maxSessionsPerBrowser: number
  multiSessionIntervalMs: number
  /** Over HTTP a clientId is enough, whatever the cookie and the transport (before 3.0.7). */
  trustClientSession: boolean
  /** Of the older of two connects. */
  duplicateConnectStatus: number
  cookie: CookieOptions
  /** Origins whose pages may read answers, also of the file endpoint; none = no CORS headers. */
  corsOrigins: readonly string[]
  /** Origins whose pages may open a WebSocket; none = any. Who is no page and names no origin always may. */
  socketOrigins: readonly string[]
  /** permessage-deflate, and for how many sockets at once. */
  compression: boolean
  maxCompressedSockets: number
  /** A WebSocket on which nothing comes is closed. */
  idleTimeoutMs: number
  /** The extensions of these names, for clients that ask for them. */
  acknowledgement: boolean
  timesync: boolean
  /** `/service/echo`, and broadcast on `/demo/**`. */
  echo: boolean
}

export interface CookieOptions {
  name: string
  path: string
  domain: string
  /** Seconds, -1 = for the browser's session. */
  maxAge: number
  httpOnly: boolean
  secure: boolean
  sameSite: string
}
