import { hostNow } from '../process/host-clock.ts'
import type { DrainStage } from '../protocol/stream/shard-stream.ts'
import { startClockwork } from './clockwork.ts'
import { closeBooks, type OpenBooks, waitForGoodbyes } from './close-books.ts'
import type { Facts } from './facts.ts'
import { followReceiver } from './follow-receiver.ts'
import { followShards } from './follow-shards.ts'
import { createLiveBooks, type LiveBooks } from './live-metrics/live-books.ts'
import { createLoadLog } from './load-log.ts'
import { notificationSink } from './notification-sink.ts'
import { openContext } from './open-context.ts'
import { ownFindings } from './own-findings.ts'
import type { Progress } from './progress.ts'
import { createPushIntake } from './push-intake.ts'
import { type Sending, takeRow } from './row-intake.ts'
import type { RunContext } from './run-context.ts'
import type { RunPhases } from './run-phases.ts'
import type { RunSettings } from './run-settings.ts'
import { createStandstillWatch } from './standstill-watch.ts'
import { createTraceIntake } from './trace-intake.ts'
import { connectTrace, type TraceLink } from './trace-link.ts'

export interface CollectorOptions extends RunSettings {
  /** http://… of the receiver; `/observations` is followed. */
  receiverUrl: string
  /** http://… of the reference server's control port; its trace is followed. */
  controlUrl?: string
  /** Result folder, which exists. */
  outDir: string
  host?: string
  port?: number
  /** The wall clock, which goes on while the machine sleeps; default the host's. */
  wallNow?(): number
  log(line: string): void
  onProgress?(progress: Progress): void
  /** The first shard has told when the phases begin; every other one has the same plan. */
  onPlan?(phases: RunPhases): void
  /** What else must come to rest before a stage of the drain is settled, such as the answers that the agent owes. */
  rest?(stage: DrainStage): Promise<void>
}

export interface Collector {
  /** ws://… for the shards (`/samples?run=&shard=`). */
  url: string
  progress(): Progress
  /** For whoever looks on while the run lives; nothing is reckoned before somebody asks. */
  live: LiveBooks
  /** Tells the shards to stop and drain; what was measured is still reported. */
  interrupt(reason: string): void
  /** After k6 has ended: waits for what is still on its way, closes the books. */
  finish(): Promise<Facts>
  close(): Promise<void>
}

/** Faults and notes beyond this many say nothing new. */
const mostSentences = 20

export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const startedMs = hostNow()
  const notes: string[] = []
  const ownFaults: string[] = []
  const unwritten = new Map<string, string>()
  const load = createLoadLog()
  const standstills = createStandstillWatch(startedMs)
  const contextOf = (): RunContext => context
  const trace = createTraceIntake(contextOf)
  let traceLink: TraceLink | undefined
  const pushes = createPushIntake(contextOf, (session, index, receivedMs) => {
    if (traceLink && session.chatId) trace.received(session.chatId, index, receivedMs)
  })
  const notifications = notificationSink(contextOf, pushes.sink)
  const sink = options.isComet && !options.arePushedToo ? notifications : pushes.sink
  const onFileError = (file: string, { message }: Error) => {
    unwritten.set(file, `${file} could not be written: ${message}`)
  }
  const { context, closeFiles } = openContext(options, sink, options.outDir, onFileError, notifications)
  const sending: Sending = { ready: 0, sent: 0 }

  /** A body that no check was made for must cost the run its validity, never the run. */
  function guarded(task: () => void): void {
    try {
      task()
    } catch (error) {
      if (ownFaults.length < mostSentences)
        ownFaults.push(`collector: something that came could not be taken: ${error}`)
    }
  }

  let interrupted: string | undefined
  const { shards, shardServer, drain, stop } = await followShards(context, {
    ...options,
    load,
    standstills,
    onRow: (shard, row, body) => guarded(() => takeRow(context, sending, shard, row, body)),
  })
  const receiver = await followReceiver(context, options.receiverUrl, {
    load,
    onPush: push => guarded(() => pushes.take(push)),
    onLoopDelay: ms => void (options.isPushless || standstills.receiverStood(ms, hostNow())),
    onLost() {
      options.log('the receiver is gone')
      if (!options.isPushless) stop()
    },
  })
  if (options.controlUrl) {
    traceLink = await connectTrace(options.controlUrl, {
      now: hostNow,
      onRecord: trace.take,
      onRound: round => context.clocks.round('collector', 'reference server', round),
    }).catch(error => {
      notes.push(`${error.message}; metrics that need it are absent`)
      return undefined
    })
  }

  const clockwork = startClockwork(context, {
    ...{ startedMs, load, standstills, drain, trace, sessionsLive: shards.live },
    wallNow: options.wallNow ?? Date.now,
    ...(options.onProgress && { onProgress: options.onProgress }),
  })
  const { progress, wallClock } = clockwork

  async function finish(): Promise<Facts> {
    const books: OpenBooks = {
      context,
      sending,
      drain,
      shards,
      shardServer,
      receiver,
      interrupted: () => interrupted,
      ...(traceLink && { trace }),
      ownFaults,
      wallClockJumps: wallClock.jumps,
      standstills: standstills.all,
      notes,
      startedMs,
    }
    const hasLastFrame = await waitForGoodbyes(books)
    wallClock.tick()
    // A run that was stopped may have lost its target; half a trace is then no surprise.
    if (traceLink) (interrupted === undefined ? ownFaults : notes).push(...traceLink.faults)
    clockwork.stop()
    const facts = closeBooks(books, hasLastFrame, () => [clockwork.process(), receiver.process()])
    isClosed = true
    const { columns } = facts.intervals
    const count = Math.max(0, ...Object.values(columns).map(values => values.length))
    Object.assign(columns, load.columns(facts.intervals, count))
    await closeFiles()
    return { ...facts, unwritten: [...unwritten.values()] }
  }

  let finished: Promise<Facts> | undefined
  let isClosed = false
  const live = createLiveBooks(context, {
    sending,
    sessionsLive: shards.live,
    pushesMissing: () => (isClosed ? 0 : progress().lost),
    own: () =>
      ownFindings(context, {
        sending,
        scriptErrors: shards.scriptErrors,
        wallClockJumps: wallClock.jumps(),
        standstills: standstills.all(),
        startedMs: context.phases?.startMs ?? startedMs,
      }),
  })
  return {
    url: shardServer.url,
    progress,
    live,
    interrupt(reason) {
      interrupted ??= reason
      stop()
    },
    finish: () => (finished ??= finish()),
    async close() {
      clockwork.stop()
      receiver.close()
      traceLink?.close()
      await shardServer.close()
    },
  }
}
