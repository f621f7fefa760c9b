import { hostNow } from '../process/host-clock.ts'
import { watchOwnFigures } from '../process/own-figures.ts'
import type { DrainStage } from '../protocol/stream/shard-stream.ts'
import { shardParty } from './clocks.ts'
import { closeBooks, type OpenBooks, waitForGoodbyes } from './close-books.ts'
import { createDrain } from './drain.ts'
import type { Facts } from './facts.ts'
import { finishWatch } from './finish-watch.ts'
import { followReceiver } from './follow-receiver.ts'
import { createLiveBooks, type LiveBooks } from './live-metrics/live-books.ts'
import { createLoadLog } from './load-log.ts'
import { notificationSink } from './notification-sink.ts'
import { openContext } from './open-context.ts'
import { ownFindings } from './own-findings.ts'
import { createProcessMeter, readingOf } from './process-meter.ts'
import { createProgress, type Progress } from './progress.ts'
import { createPushIntake } from './push-intake.ts'
import { type Sending, takeRow } from './row-intake.ts'
import { missingOf, type RunContext, recordLatency } from './run-context.ts'
import { phasesStoppedAt, type RunPhases } from './run-phases.ts'
import type { RunSettings } from './run-settings.ts'
import { createShardReports } from './shard-reports.ts'
import { startShardServer } from './shard-server.ts'
import { createStandstillWatch } from './standstill-watch.ts'
import { createTraceIntake } from './trace-intake.ts'
import { connectTrace, type TraceLink } from './trace-link.ts'
import { createWallClockWatch } from './wall-clock-watch.ts'

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

const tickMs = 25
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
  let stoppedMs: number | undefined

  const drain = createDrain({
    shards: options.shards.length,
    observeMs: options.observeMs,
    missing: () => missingOf(context),
    giveUp(as) {
      context.ledger.giveUp(as)
      context.heard?.giveUp(as)
    },
    lastAnswerMs: () => context.lastAnswerMs,
    lastPostMs: () => context.lastPostMs,
    rest: options.rest ?? (async () => {}),
    settled: stage => shardServer.send({ type: 'settled', stage }),
  })
  const shards = createShardReports(context, {
    stageReached: drain.reached,
    ...(options.onPlan && { onPlan: options.onPlan }),
    log: options.log,
  })
  const shardServer = await startShardServer({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    run: options.run,
    onRow: (shard, row, body) => guarded(() => takeRow(context, sending, shard, row, body)),
    onFrame(shard, sentMs) {
      const nowMs = hostNow()
      const { offsetMs, boundMs } = context.clocks.between(shardParty(shard), 'collector', sentMs)
      recordLatency(context, 'sample_lag', nowMs, nowMs - (sentMs + offsetMs), boundMs)
    },
    onMessage(shard, message) {
      if (message.type === 'state') {
        const nowMs = hostNow()
        standstills.shardLives(shard, message.at, nowMs)
        load.add('sample_buffer_max', nowMs - 1_000, nowMs, message.buffered)
      }
      shards.take(shard, message)
      cutPhases()
    },
    onGone(shard) {
      if (shards.byes.has(shard)) return
      // The others would wait for it at each stage of the drain, and what it would have sent is missing.
      drain.lost(shard)
      if (stoppedMs === undefined) options.log(`shard ${shard} is gone: the run stops`)
      stop()
    },
  })

  /** The plan may come after the stop. */
  function cutPhases(): void {
    if (stoppedMs !== undefined && context.phases) context.phases = phasesStoppedAt(context.phases, stoppedMs)
  }

  /** The shards drain from now on, and nobody waits for W. */
  function stop(): void {
    stoppedMs ??= hostNow()
    drain.hurry()
    cutPhases()
    shardServer.send({ type: 'stop' })
  }

  const receiver = await followReceiver(context, options.receiverUrl, {
    load,
    onPush: push => guarded(() => pushes.take(push)),
    onLoopDelay: ms => standstills.receiverStood(ms, hostNow()),
    onLost() {
      options.log('the receiver is gone')
      stop()
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

  const own = watchOwnFigures()
  const wallClock = createWallClockWatch({ wall: options.wallNow ?? Date.now, host: hostNow })
  const ownMeter = createProcessMeter('collector', load, startedMs)
  const progress = createProgress(context, { startedMs, sessionsLive: shards.live })
  const timers = [setInterval(tick, tickMs), setInterval(eachSecond, 1_000)]

  function tick(): void {
    const nowMs = hostNow()
    standstills.tick(nowMs)
    drain.tick(nowMs)
  }

  function eachSecond(): void {
    const nowMs = hostNow()
    context.histograms.writeInterval(nowMs)
    context.columns?.tick(nowMs, shards.live())
    wallClock.tick()
    trace.forget(nowMs)
    context.sessions.forget(nowMs, session => {
      finishWatch(context, session)
      context.leaks.forget(session.name)
    })
    ownMeter.add(readingOf(own.read()), nowMs)
    progress.read(nowMs)
    options.onProgress?.(progress.last())
  }

  function stopMeasuring(): void {
    for (const timer of timers) clearInterval(timer)
    own.stop()
  }

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
    stopMeasuring()
    const facts = closeBooks(books, hasLastFrame, () => [ownMeter.figures(), receiver.process()])
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
    pushesMissing: () => (isClosed ? 0 : progress.last().lost),
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
    progress: () => progress.last(),
    live,
    interrupt(reason) {
      interrupted ??= reason
      stop()
    },
    finish: () => (finished ??= finish()),
    async close() {
      stopMeasuring()
      receiver.close()
      traceLink?.close()
      await shardServer.close()
    },
  }
}
