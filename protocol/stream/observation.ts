import type { Violation } from '../violation.ts'

/**
 * What the receiver sends to the collector over `/observations`: numbered text frames, several POSTs a frame. The first
 * line is JSON; then a body a line, as it came, in the order of the pushes: to escape it would be half of what measuring
 * costs. '' = the body stands in the JSON, as one with a line break does.
 * A frame without POSTs is sent each second, so that its counts are never older than that.
 */
export interface ObservationFrame {
  /** From 1, without gaps. */
  frame: number
  pushes: ObservedPush[]
  /**
   * POSTs read from sockets so far, less those whose body named another run that the receiver knows: counted at the socket
   * and never derived from `pushes`.
   */
  posts: number
  /** POSTs refused because they are no notification (400) or too large (413). */
  refused: number
  /** In one frame a second: what the receiver used since the one before. */
  figures?: ProcessFigures
  /** Probe samples since the last frame: received − sent of the stamped probe, ms (intake_delay). */
  intakeMs: number[]
}

/** What a process of ours tells of itself, over about a second. */
export interface ProcessFigures {
  /** Cores. */
  cpu: number
  loopDelayP99Ms: number
  loopDelayMaxMs: number
  heapBytes: number
  rssBytes: number
  /** Pauses of the garbage collector. */
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

/** @param head JSON of the frame, its pushes without the bodies that `bodies` has. */
export function writeObservations(head: string, bodies: readonly string[]): string {
  return bodies.length === 0 ? head : `${head}\n${bodies.join('\n')}`
}

/** @throws when the first line is no JSON; what it contains is not checked. */
export function readObservations(text: string): ObservationFrame {
  const [head, ...bodies] = text.split('\n')
  const frame = JSON.parse(head!) as ObservationFrame
  if (bodies.length === 0 || !Array.isArray(frame?.pushes)) return frame
  frame.pushes.forEach((push, at) => {
    if (push !== null && typeof push === 'object') push.body ??= bodies[at] ?? ''
  })
  return frame
}
