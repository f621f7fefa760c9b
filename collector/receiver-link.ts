import { WebSocket } from 'ws'
import type { ClockRound } from '../protocol/stream/clock-exchange.ts'
import { type ObservationFrame, type ObservedPush, readObservations } from '../protocol/stream/observation.ts'
import type { Violation } from '../protocol/violation.ts'
import { type ClockAsker, startClockAsker } from './clock-asker.ts'
import { numberOr } from './json.ts'

export interface ReceiverLink {
  /** POSTs that the receiver has read from its sockets, as it counts them; undefined before the first frame. */
  posts(): number
  refused(): number
  observed(): number
  frames(): number
  /** Gaps in the numbered frames. */
  faults: string[]
  isOpen(): boolean
  close(): void
}

export interface ReceiverLinkParts {
  url: string
  run: string
  /** Our own clock, for the exchange with the receiver's. */
  now(): number
  onRound(round: ClockRound): void
  onPush(push: ObservedPush): void
  onFigures(frame: ObservationFrame): void
  onLost(): void
}

/** Follows `/observations` of the receiver, without what belongs to other runs that it knows. Resolves when connected. */
export async function connectReceiver(parts: ReceiverLinkParts): Promise<ReceiverLink> {
  const { url, run, onPush, onFigures, onLost } = parts
  const socket = new WebSocket(`${url.replace(/^http/, 'ws').replace(/\/$/, '')}/observations?run=${run}`, {
    perMessageDeflate: false,
    maxPayload: 256 * 1024 * 1024,
  })
  let frames = 0
  let expected = 1
  let posts = 0
  let refused = 0
  let observed = 0
  let isClosing = false
  const faults: string[] = []
  const fault = (text: string) => {
    if (faults.length < 20) faults.push(`receiver: ${text}`)
  }

  let clock: ClockAsker | undefined
  socket.on('message', data => {
    const text = String(data)
    if (clock?.took(text)) return
    const frame = observations(text)
    if (!frame || typeof frame.frame !== 'number' || !Array.isArray(frame.pushes)) {
      fault('a frame is unreadable')
      return
    }
    if (frame.frame !== expected) fault(`frame ${expected} is missing, ${frame.frame} came`)
    expected = frame.frame + 1
    frames += 1
    posts = numberOr(frame.posts, posts)
    refused = numberOr(frame.refused, refused)
    for (const push of frame.pushes) {
      const safe = observedPush(push)
      if (safe) {
        observed += 1
        onPush(safe)
      } else fault(`a push of frame ${frame.frame} is unreadable`)
    }
    onFigures(frame as ObservationFrame)
  })
  socket.on('close', () => {
    clock?.stop()
    if (!isClosing) onLost()
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', error => reject(new Error(`the receiver ${url} cannot be followed: ${error.message}`)))
  })
  socket.on('error', () => {})
  clock = startClockAsker(socket, parts.now, parts.onRound)
  return {
    posts: () => posts,
    refused: () => refused,
    observed: () => observed,
    frames: () => frames,
    faults,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close() {
      isClosing = true
      socket.close()
      // A peer that never answers the close must not keep us alive.
      setTimeout(() => socket.terminate(), 1_000).unref()
    },
  }
}

function observations(text: string): Partial<ObservationFrame> | undefined {
  try {
    return readObservations(text)
  } catch {
    return undefined
  }
}

const modes = new Set(['device-id', 'payload', 'reliable', 'advice', 'refused'])

function observedPush(value: unknown): ObservedPush | undefined {
  const push = value as Partial<ObservedPush> | null
  if (!push || typeof push !== 'object' || typeof push.body !== 'string' || !modes.has(push.mode ?? ''))
    return undefined
  if (typeof push.received !== 'number' || typeof push.lane !== 'string') return undefined
  return {
    received: push.received,
    answered: numberOr(push.answered, push.received),
    validated: numberOr(push.validated, push.received),
    lane: push.lane,
    inFlight: numberOr(push.inFlight, 0),
    mode: push.mode!,
    body: push.body,
    violations: Array.isArray(push.violations) ? push.violations.filter(isViolation) : [],
  }
}

function isViolation(value: unknown): value is Violation {
  const violation = value as Violation | null
  return [violation?.rule, violation?.what, violation?.at, violation?.expected, violation?.found].every(
    text => typeof text === 'string',
  )
}
