import type { Violation } from '../violation.ts'

/**
 * What the receiver sends to the collector over `/observations`: numbered JSON frames, several POSTs a frame.
 * A frame without POSTs is sent each second, so that its counts are never older than that.
 */
export interface ObservationFrame {
  /** From 1, without gaps. */
  frame: number
  pushes: ObservedPush[]
  /** POSTs read from sockets so far, counted at the socket and never derived from `pushes`. */
  posts: number
  /** POSTs refused because they are no notification (400) or too large (413). */
  refused: number
  /** In one frame a second: what the receiver used since the one before. */
  figures?: ReceiverFigures
  /** Probe samples since the last frame: received − sent of the stamped probe, ms (intake_delay). */
  intakeMs: number[]
}

/** The receiver process over about a second. */
export interface ReceiverFigures {
  /** Cores. */
  cpu: number
  loopDelayP99Ms: number
  loopDelayMaxMs: number
  heapBytes: number
  rssBytes: number
  /** Pauses of its garbage collector. */
  gcCount: number
  gcTotalMs: number
  gcLongestMs: number
}

export interface ObservedPush {
  /** First look at the POST, before parsing; epoch ms. */
  received: number
  /** When its answer left the receiver; epoch ms. */
  answered: number
  /** Schema checked; epoch ms. */
  validated: number
  /** Path segment behind `/push/`: one per GMS node, '' when the target uses one path for all. */
  lane: string
  /** POSTs of this lane that were unanswered when this one arrived, itself not counted (PUSH-070: 0). */
  inFlight: number
  /** customhttp body by mode; `advice` = shutdown advice (CS-100); `refused` = no notification. */
  mode: 'device-id' | 'payload' | 'reliable' | 'advice' | 'refused'
  /** The body as it came (cut at 64 KiB when refused). */
  body: string
  /** Broken schema rules. */
  violations: Violation[]
}
