import { join } from 'node:path'
import { createLedger } from '../judging/ledger.ts'
import type { EventType } from '../protocol/chat/event.ts'
import { isPushed } from '../protocol/push/mode.ts'
import type { DrainStage } from '../protocol/stream/shard-stream.ts'
import { createClocks } from './clocks.ts'
import { createCounting } from './counting.ts'
import { crossChecks } from './cross-checks.ts'
import { createDrain } from './drain.ts'
import { type Facts, gatherFacts } from './facts.ts'
import { openHistogramLog } from './histogram-log.ts'
import { createHistograms } from './histograms.ts'
import { hostNow } from './host-clock.ts'
import { createOwnReader, createProcessMeter } from './process-meter.ts'
import { createProgress, type Progress } from './progress.ts'
import { createPushIntake } from './push-intake.ts'
import { connectReceiver } from './receiver-link.ts'
import { failRefused, type Sending, takeRow } from './row-intake.ts'
import { phaseOf, type RunContext, type RunSettings } from './run-context.ts'
import type { RunPhases } from './run-phases.ts'
import type { Session } from './session.ts'
import { createSessions } from './sessions.ts'
import { createShardReports } from './shard-reports.ts'
import { startShardServer } from './shard-server.ts'
import { createTraceIntake } from './trace-intake.ts'
import { connectTrace, type TraceLink } from './trace-link.ts'
import { openViolations } from './violations.ts'

export interface CollectorOptions extends RunSettings {
  /** http://… of the receiver; `/observations` is followed. */
  receiverUrl: string
  /** http://… of the reference server's control port; its trace is followed. */
  controlUrl?: string
  /** Result folder, which exists. */
  outDir: string
  host?: string
  port?: number
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
  /** Tells the shards to stop and drain; what was measured is still reported. */
  interrupt(reason: string): void
  /** The drain has gone through all its stages. */
  isDrained(): boolean
  /** Our receiver's or the target's socket went away in mid-run. */
  lostReceiver(): boolean
  /** After k6 has ended: waits for what is still on its way, closes the books. */
  finish(): Promise<Facts>
  close(): Promise<void>
}

const tickMs = 25
/** How long a goodbye, and after it the receiver's last frame, is waited for. */
const goodbyeMs = 3_000

export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const { run, outDir, observeMs, log } = options
  const startedMs = hostNow()
  const writeFault = (error: Error) => {
    if (notes.length < 20) notes.push(`a file of the result folder could not be written: ${error.message}`)
  }
  const notes: string[] = []
  const ownFaults: string[] = []
  const histogramLog = openHistogramLog(join(outDir, 'histograms.hlog'), startedMs, writeFault)
  const violations = openViolations(join(outDir, 'violations.ndjson'), writeFault)
  const counting = createCounting()
  const trace = createTraceIntake(() => context)
  let traceLink: TraceLink | undefined
  const pushes = createPushIntake(
    () => context,
    (session, index, receivedMs) => {
      if (traceLink && session.chatId) trace.received(session.chatId, index, receivedMs)
    },
  )
  const clocks = createClocks()
  const ledger = createLedger<Session>(
    {
      isPushed: (type, mode) => isPushed(type as EventType, mode),
      notifiesRequestor: options.notifyRequestor,
      isLenient: !options.isReference,
    },
    pushes.sink,
  )
  const sending: Sending = { ready: 0, sent: 0 }
  const context: RunContext = {
    settings: options,
    phases: undefined,
    histograms: createHistograms(histogramLog, observeMs, startedMs),
    columns: undefined,
    counting,
    violations,
    clocks,
    ledger,
    sessions: createSessions(options, ledger, clocks),
    lastAnswerMs: startedMs,
    lastPostMs: startedMs,
    queueAgeMs: Number.POSITIVE_INFINITY,
    coverage: { answers: 0, pushes: 0, kinds: new Map() },
    nowMs: hostNow,
  }

  /** A body that no check was made for must cost the run its validity, never the run. */
  function guarded(task: () => void): void {
    try {
      task()
    } catch (error) {
      if (ownFaults.length < 20) ownFaults.push(`collector: something that came could not be taken: ${error}`)
    }
  }

  const gone = new Set<number>()
  let interrupted: string | undefined
  let isReceiverLost = false

  const shardServer = await startShardServer({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    run,
    onRow: (shard, row, body) => guarded(() => takeRow(context, sending, shard, row, body)),
    onMessage: (shard, message) => shards.take(shard, message),
    onGone: shard => gone.add(shard),
  })

  const receiverMeter = createProcessMeter('receiver')
  const receiver = await connectReceiver({
    url: options.receiverUrl,
    onPush: push => guarded(() => pushes.take(push)),
    onFigures({ cpu, loopDelayP99Ms, heapBytes, intakeMs }) {
      receiverMeter.add({ cpu, loopDelayP99Ms, heapBytes })
      const phase = phaseOf(context, hostNow())
      if (Array.isArray(intakeMs)) for (const ms of intakeMs) context.histograms.record('intake_delay', phase, ms)
    },
    onLost() {
      isReceiverLost = true
      log('the receiver is gone')
    },
  })
  if (options.controlUrl) {
    traceLink = await connectTrace(options.controlUrl, trace.take).catch(error => {
      notes.push(`${error.message}; metrics that need it are absent`)
      return undefined
    })
  }

  const drain = createDrain({
    shards: options.shards,
    observeMs,
    missing: context.ledger.missing,
    giveUp: context.ledger.giveUp,
    lastAnswerMs: () => context.lastAnswerMs,
    lastPostMs: () => context.lastPostMs,
    rest: options.rest ?? (async () => {}),
    settled: stage => shardServer.send({ type: 'settled', stage }),
  })

  const shards = createShardReports(context, {
    stageReached: drain.reached,
    ...(options.onPlan && { onPlan: options.onPlan }),
    log,
  })
  const own = createOwnReader()
  const ownMeter = createProcessMeter('collector')
  const progress = createProgress(context, { startedMs, sessionsLive: shards.live })
  const ticks = setInterval(() => drain.tick(hostNow()), tickMs)
  const seconds = setInterval(eachSecond, 1_000)

  function eachSecond(): void {
    const nowMs = hostNow()
    context.histograms.writeInterval(nowMs)
    context.columns?.tick(nowMs, shards.live())
    trace.forget(nowMs)
    context.sessions.forget(nowMs, finishWatch)
    ownMeter.add(own.read())
    progress.read(nowMs)
    options.onProgress?.(progress.last())
  }

  let finished: Promise<Facts> | undefined

  async function finish(): Promise<Facts> {
    await until(goodbyeMs, () => shards.byes.size >= options.shards || (gone.size > 0 && shardServer.connected() === 0))
    // The frame after the goodbye has every POST of the run.
    const seen = receiver.frames()
    await until(
      goodbyeMs,
      () => !receiver.isOpen() || (receiver.frames() > seen && receiver.posts() === receiver.observed()),
    )
    clearInterval(ticks)
    clearInterval(seconds)
    const isComplete = shards.byes.size >= options.shards && interrupted === undefined
    const faults = [...shardServer.shards.values()].flatMap(shard => shard.faults)
    faults.push(...receiver.faults, ...ownFaults)
    if (isReceiverLost) faults.push('receiver: its observations ended in mid-run')
    for (let shard = 0; shard < options.shards; shard += 1)
      if (!shards.byes.has(shard)) faults.push(`shard ${shard} ended without goodbye: its last answers may be missing`)
    if (isComplete) for (const session of context.sessions.values()) finishWatch(session)
    for (const session of context.sessions.values()) failRefused(context, session)
    const { neverPushed } = context.ledger.close(drain.stillMissing(), isComplete)
    if (traceLink) notes.push(...traceLink.faults)
    const endedMs = hostNow()
    context.histograms.writeInterval(endedMs)
    own.stop()
    const facts = gatherFacts(context, {
      sending,
      sources: crossChecks({
        context,
        byes: shards.byes,
        shards: options.shards,
        rowsCame: shard => shardServer.shards.get(shard)?.rows() ?? 0,
        receiver,
        ...(traceLink && { traced: trace.counts() }),
      }),
      faults,
      scriptErrors: shards.scriptErrors,
      processes: [ownMeter.figures(), receiverMeter.figures()],
      notes,
      neverPushed,
      sessionsLive: shards.mostLive(),
      startedMs: context.phases?.startMs ?? startedMs,
      endedMs,
      interrupted,
    })
    facts.own = { ...facts.own, imbalances: facts.ledger.imbalances }
    await Promise.all([histogramLog.close(), violations.close()])
    return facts
  }

  function finishWatch(session: Session): void {
    for (const broken of session.watch.finish()) {
      counting.add('rule_violations')
      violations.add({ ...broken, atMs: hostNow(), session: session.name, message: '' })
    }
  }

  return {
    url: shardServer.url,
    progress: () => progress.last(),
    interrupt(reason) {
      interrupted ??= reason
      drain.hurry()
      shardServer.send({ type: 'stop' })
    },
    isDrained: drain.isOver,
    lostReceiver: () => isReceiverLost,
    finish: () => (finished ??= finish()),
    async close() {
      clearInterval(ticks)
      clearInterval(seconds)
      own.stop()
      receiver.close()
      traceLink?.close()
      await shardServer.close()
    },
  }
}

/** Waits for a condition, no longer than `timeoutMs`. */
async function until(timeoutMs: number, condition: () => boolean): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!condition() && performance.now() < end) await new Promise(resolve => setTimeout(resolve, 20))
}
