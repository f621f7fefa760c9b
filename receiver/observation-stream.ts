import type { WebSocket } from 'ws'
import {
  type ObservationFrame,
  type ObservedPush,
  type ProcessFigures,
  writeObservations,
} from '../protocol/stream/observation.ts'
import { type ObservedText, observedText } from './observed-text.ts'
import { createRunCounts } from './run-counts.ts'
import { answerClock, sendOrCut } from './send-or-cut.ts'

/** Frames for the collectors on `/observations`. */
export interface ObservationStream {
  /** `run`: it is not shown what belongs to another known run; undefined = it is shown everything. */
  connect(socket: WebSocket, run?: string): void
  /** `run`: the known run that it belongs to; undefined = everybody is shown it. */
  add(push: ObservedPush, run?: string): void
  close(): void
}

export interface ObservationSources {
  /** The receiver's clock. */
  now(): number
  /** POSTs read from sockets so far, without those of other known runs. */
  posts(run?: string): number
  refused(): number
  /** Since the last call. */
  figures(): ProcessFigures
  intakeMs(): number[]
  log(line: string): void
}

const fullFrame = 200
const batchMs = 20
const aliveMs = 1_000
/** What is kept for a collector that is still to come. */
const keptFrames = 1_000
const keptCharacters = 64 * 1024 * 1024
/** A collector that lags this far behind is cut off: what it makes of its frames could only be wrong. */
const mostBufferedBytes = 256 * 1024 * 1024

export function createObservationStream(sources: ObservationSources): ObservationStream {
  const bound = { mostBufferedBytes, log: sources.log }
  const collectors = new Map<WebSocket, Collector>()
  let waitsForFirst = true
  const backlog: Gathered[] = []
  let backlogCharacters = 0
  let pushes: RoutedPush[] = []
  let frames = 0
  /** In frames. */
  const observed = createRunCounts()
  let figures: ProcessFigures | undefined
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
    for (const { run } of pushes) {
      observed.count()
      if (run !== undefined) observed.assign(run)
    }
    const gathered: Gathered = { number: frames, pushes, rest: { ...(figures && { figures }), intakeMs } }
    pushes = []
    figures = undefined
    intakeMs = []
    if (waitsForFirst) {
      backlog.push(gathered)
      backlogCharacters += charactersOf(gathered)
      // The oldest go first: the collector's first frame is then not number 1, which it reports as a gap.
      while (backlog.length > keptFrames || backlogCharacters > keptCharacters)
        backlogCharacters -= charactersOf(backlog.shift()!)
      return
    }
    const texts = new Map<string | undefined, SharedText>()
    for (const [socket, collector] of collectors) sendTo(socket, collector, gathered, texts)
  }

  /** `texts`: what of the frame is the same for all collectors of a run. */
  function sendTo(
    socket: WebSocket,
    { run, base }: Collector,
    gathered: Gathered,
    texts = new Map<string | undefined, SharedText>(),
  ): void {
    const { pushes, rest } = gathered
    const shared = texts.get(run) ?? sharedText(shownTo(run, pushes), rest)
    texts.set(run, shared)
    const counts: Omit<ObservationFrame, 'pushes' | 'intakeMs'> = {
      frame: gathered.number - base.frames,
      posts: sources.posts(run) - base.posts,
      refused: sources.refused() - base.refused,
    }
    const text = writeObservations(`${JSON.stringify(counts).slice(0, -1)},${shared.head}`, shared.bodies)
    sendOrCut(socket, collectorOf(run), text, bound)
  }

  return {
    connect(socket, run) {
      // A receiver may outlive a run: later collectors count from their own connection on.
      const base = waitsForFirst
        ? { frames: 0, posts: 0, refused: 0 }
        : { frames, posts: observed.seenBy(run), refused: sources.refused() }
      const collector = { run, base }
      for (const gathered of backlog.splice(0)) sendTo(socket, collector, gathered)
      waitsForFirst = false
      collectors.set(socket, collector)
      answerClock(socket, collectorOf(run), sources.now, bound)
      socket.on('error', () => {})
      socket.on('close', () => collectors.delete(socket))
    },
    add(push, run) {
      pushes.push({ ...observedText(push), run })
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

interface RoutedPush extends ObservedText {
  run: string | undefined
}

/** A frame before it is known who is shown it. */
interface Gathered {
  number: number
  pushes: readonly RoutedPush[]
  rest: Pick<ObservationFrame, 'figures' | 'intakeMs'>
}

interface Collector {
  run: string | undefined
  base: { frames: number; posts: number; refused: number }
}

function collectorOf(run: string | undefined): string {
  return run === undefined ? 'a collector' : `the collector of run ${run}`
}

function charactersOf({ pushes }: Gathered): number {
  return pushes.reduce((sum, { head, body }) => sum + head.length + body.length, 0)
}

function shownTo(run: string | undefined, pushes: readonly RoutedPush[]): readonly RoutedPush[] {
  const isShown = (of: string | undefined) => of === undefined || run === undefined || of === run
  return pushes.filter(each => isShown(each.run))
}

interface SharedText {
  head: string
  bodies: string[]
}

function sharedText(pushes: readonly RoutedPush[], rest: Gathered['rest']): SharedText {
  const heads = pushes.map(({ head }) => head)
  return { head: `"pushes":[${heads.join()}],${JSON.stringify(rest).slice(1)}`, bodies: pushes.map(({ body }) => body) }
}
