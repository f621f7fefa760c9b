import type { WebSocket } from 'ws'
import { clockAnswer } from '../protocol/stream/clock-exchange.ts'
import type { ObservationFrame, ObservedPush, ReceiverFigures } from '../protocol/stream/observation.ts'

/** Frames for the collectors on `/observations`. */
export interface ObservationStream {
  connect(socket: WebSocket): void
  add(push: ObservedPush): void
  close(): void
}

export interface ObservationSources {
  /** The receiver's clock. */
  now(): number
  /** POSTs read from sockets so far. */
  posts(): number
  refused(): number
  /** Since the last call. */
  figures(): ReceiverFigures
  intakeMs(): number[]
}

const fullFrame = 200
const batchMs = 20
const aliveMs = 1_000
/** What is kept for a collector that is still to come; about 100 MB of bodies at most. */
const keptFrames = 1_000

export function createObservationStream(sources: ObservationSources): ObservationStream {
  const collectors = new Map<WebSocket, Base>()
  let waitsForFirst = true
  const backlog: string[] = []
  let pushes: ObservedPush[] = []
  let frames = 0
  let observed = 0
  let figures: ReceiverFigures | undefined
  let intakeMs: number[] = []
  let batchTimer: NodeJS.Timeout | undefined

  const alive = setInterval(() => {
    figures = sources.figures()
    intakeMs = sources.intakeMs()
    // Nobody needs signs of life before the first collector is there.
    if (!waitsForFirst || pushes.length > 0) send()
  }, aliveMs)

  function send() {
    clearTimeout(batchTimer)
    batchTimer = undefined
    frames++
    observed += pushes.length
    const frame: ObservationFrame = {
      frame: frames,
      posts: sources.posts(),
      refused: sources.refused(),
      pushes,
      ...(figures && { figures }),
      intakeMs,
    }
    pushes = []
    figures = undefined
    intakeMs = []
    if (waitsForFirst) {
      backlog.push(JSON.stringify(frame))
      // The oldest go first: the collector's first frame is then not number 1, which it reports as a gap.
      if (backlog.length > keptFrames) backlog.shift()
      return
    }
    if (collectors.size === 0) return
    const { frame: _number, posts, refused, ...rest } = frame
    const shared = JSON.stringify(rest).slice(1)
    for (const [socket, base] of collectors) {
      const counts = { frame: frames - base.frames, posts: posts - base.posts, refused: refused - base.refused }
      socket.send(`${JSON.stringify(counts).slice(0, -1)},${shared}`)
    }
  }

  return {
    connect(socket) {
      // A receiver may outlive a run: later collectors count from their own connection on.
      const base = waitsForFirst
        ? { frames: 0, posts: 0, refused: 0 }
        : { frames, posts: observed, refused: sources.refused() }
      if (waitsForFirst) for (const text of backlog.splice(0)) socket.send(text)
      waitsForFirst = false
      collectors.set(socket, base)
      socket.on('message', data => {
        const answer = clockAnswer(String(data), sources.now())
        if (answer !== undefined) socket.send(answer)
      })
      socket.on('error', () => {})
      socket.on('close', () => collectors.delete(socket))
    },
    add(push) {
      pushes.push(push)
      if (pushes.length >= fullFrame) send()
      else batchTimer ??= setTimeout(send, batchMs)
    },
    close() {
      clearInterval(alive)
      if (pushes.length > 0) send()
      clearTimeout(batchTimer)
    },
  }
}

interface Base {
  frames: number
  posts: number
  refused: number
}
