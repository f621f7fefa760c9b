import type { ClockRound } from './clock-exchange.ts'

/**
 * What a shard (VU) sends to the collector over its one WebSocket `/samples`: pairs of frames with the same number.
 * A binary frame carries the measured columns (Float64, 8 bytes: 40 to 100 times cheaper in a VU than histograms, and
 * never a reused buffer: k6 does not copy it), the text frame after it the raw answers, row i beside line i.
 */
export const operations = [
  'requestChat',
  'send',
  'refresh',
  'ping',
  'disconnect',
  'startTyping',
  'stopTyping',
  'finalRefresh',
  'fileGetLimits',
  'fileUpload',
  'fileDownload',
  // Over CometD: requestNotifications after a lost connection, and what came unasked (`sent` = its request, `answered` = it).
  'resume',
  'notification',
  // Bayeux messages that came together, raw, and what they may answer (bayeux-arrival.ts).
  'arrival',
  // A connection that is gone, or a try to get it back that failed; its text is why.
  'loss',
] as const
export type ShardOperation = (typeof operations)[number]

/** Columns of one row, all epoch milliseconds unless said otherwise. */
export const column = {
  /** Session number within the shard. */
  session: 0,
  /** Index into `operations`. */
  operation: 1,
  /** HTTP status; 0 = no answer (see `errorCode`). */
  status: 2,
  /** k6 error code of a request without answer, else 0. */
  errorCode: 3,
  planned: 4,
  /** When what the action needs was there (tokens, the answer before it). Of a notification when the shard looked at it. */
  ready: 5,
  /** Handed to the network; of an action that was never sent when it was given up, 0 = nobody could have waited for it. */
  sent: 6,
  answered: 7,
  /** Requested transcriptPosition, -1 = none was sent. Of an arrival its number among those of its customer, from 1. */
  position: 8,
  /**
   * Sequence number in the marker of a send. Of a file request the code that it is to be refused with, 0 = it is to be
   * accepted, -1 = nobody can know. Of an arrival the number of its WebSocket, 0 = it is an HTTP response. Of a loss its
   * place in `lossKinds`. Of a notification, of a resume (1 = we had cut the connection ourselves, else 0) and of a refresh,
   * ping or final refresh over CometD of a customer that is pushed as well: row-sequence.ts. Else -1.
   */
  sequence: 9,
  /** Receiver's stamp of the oldest push that this refresh answers, 0 = none. */
  triggered: 10,
  /** 1 = the action was never sent: dropped (ready, but not sent in time); 2 = blocked (never ready). */
  unsent: 11,
} as const
export const columns = 12

/** `cut`: by ourselves; `new try`: of a customer whose connection is lost already; `first try`: its chat did not begin yet. */
export const lossKinds = ['connection', 'cut', 'new try', 'first try'] as const

/** Header of a binary frame: frame number (from 1, no gaps), shard, rows, sent at (epoch ms). Then rows × columns. */
export const headerLength = 4

export interface ShardRow {
  session: number
  operation: ShardOperation
  status: number
  errorCode: number
  planned: number
  ready: number
  sent: number
  answered: number
  position: number
  sequence: number
  triggered: number
  unsent: 0 | 1 | 2
}

/** JSON text messages, told from answer frames by their first character `{`. */
export type ShardMessage =
  | {
      type: 'hello'
      run: string
      shard: number
      /** Sessions that this shard will start with; replaced ones get higher numbers. */
      sessions: number
      startMs: number
      steadyMs: number
      drainMs: number
    }
  /** About once a second: liveness, and counts taken where they happen (never derived from the rows). */
  | {
      type: 'state'
      shard: number
      at: number
      live: number
      inFlight: number
      /** Bytes that are handed to the socket and not yet taken by the network. */
      buffered: number
      counts: Record<string, number>
    }
  /** Drain stage reached: `quiet` = no new actions, `refreshed` = final refreshes answered, `left` = all disconnected. */
  | { type: 'stage'; shard: number; stage: DrainStage }
  /** Last message: number of frames and rows sent, and the shard's own counts, for the ledger's balance. */
  | { type: 'bye'; shard: number; frames: number; rows: number; counts: Record<string, number> }
  /**
   * The exchanges with a peer since the last such message, as they were; about one a second. `boundMs`: how far off the
   * shard's own light estimate may be, from which the planned instants of refreshes that a push caused come.
   */
  | { type: 'clock'; shard: number; peer: 'collector' | 'receiver'; rounds: ClockRound[]; boundMs: number }
  /** Something in the script failed; the run goes on, the verdict does not pass. */
  | { type: 'error'; shard: number; message: string }

export type DrainStage = 'quiet' | 'refreshed' | 'left'

/** Collector to shard. `settled` answers a stage when every shard has reached it and nothing is missing, or W has passed. */
export type CollectorMessage = { type: 'settled'; stage: DrainStage } | { type: 'stop' }

/** First line of a text frame: `=<frame number>`, then one raw answer a line (line breaks replaced by blanks), '' = none. */
export function writeAnswers(frame: number, answers: readonly string[]): string {
  return `=${frame}\n${answers.join('\n')}`
}

export function readAnswers(text: string): { frame: number; answers: string[] } {
  const lines = text.split('\n')
  return { frame: Number(lines[0]!.slice(1)), answers: lines.slice(1) }
}

/** Line breaks occur in JSON only between tokens, so a blank in their place changes no value. */
export function asOneLine(body: string): string {
  return /[\r\n]/.test(body) ? body.replace(/[\r\n]+/g, ' ') : body
}

export function readRow(frame: Float64Array, row: number): ShardRow {
  const at = headerLength + row * columns
  return {
    session: frame[at + column.session]!,
    operation: operations[frame[at + column.operation]!]!,
    status: frame[at + column.status]!,
    errorCode: frame[at + column.errorCode]!,
    planned: frame[at + column.planned]!,
    ready: frame[at + column.ready]!,
    sent: frame[at + column.sent]!,
    answered: frame[at + column.answered]!,
    position: frame[at + column.position]!,
    sequence: frame[at + column.sequence]!,
    triggered: frame[at + column.triggered]!,
    unsent: frame[at + column.unsent]! as 0 | 1 | 2,
  }
}
