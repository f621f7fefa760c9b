import exec from 'k6/execution'
import type { DrainStage } from '../../protocol/stream/shard-stream.ts'
import { type CometCustomers, createCometCustomers } from '../load/comet-customers.ts'
import { createPlan, type ShardPlan } from '../load/plan.ts'
import type { Report } from '../load/report.ts'
import { createShard, type Shard } from '../load/shard.ts'
import { createPost, requestChatUrl } from './chat-rest.ts'
import { calibratedClock } from './clock.ts'
import { collectorReport } from './collector-report.ts'
import { carriers } from './comet-carrier.ts'
import { checkedOneIn, k6Report } from './k6-report.ts'
import type { Run, RunStart } from './run.ts'
import { openSampleSocket } from './sample-socket.ts'
import { startTicker, type Ticker } from './ticker.ts'
import { openTriggerSocket } from './trigger-socket.ts'

type Work = (nowMs: number) => number

/** No work of its own: what comes is answered, what has gathered is sent. */
export const atRest: Work = () => Number.POSITIVE_INFINITY

/** A shard with its clock, its sockets, its plan and its timer. */
export interface OpenShard {
  shard: Shard
  plan: ShardPlan
  ticker: Ticker
  report: Report
  shards: number
  now(): number
  /** Called by the ticker once it is set; the work tells until when there is nothing to do. */
  onTick(work: Work): void
  /** The plan ends here: the drain's instant, or earlier when the collector says stop or is gone. */
  isOver(nowMs: number): boolean
  close(): Promise<void>
}

/** A tick costs a VU about 50 µs: with many shards it is the greater part of what an idle generator costs. */
const tickMs = (shards: number) => (shards <= 4 ? 2 : 5)
const flushMs = 100
const stateMs = 1_000
/** What a Bayeux client waits for the answer to its last words, and a little. */
const leaveLimitMs = 11_000
/** Settling takes the collector at most three times its waiting time; with reliable pushes that is some minutes. */
const settleLimitMs = 12 * 60_000

export async function openShard(run: Run, start: RunStart): Promise<OpenShard> {
  const now = calibratedClock()
  const shardNumber = run.ownShards[exec.vu.idInTest - 1]!
  const place = { run: start.run, shard: shardNumber, now, isReceiverHere: run.isReceiverHere }
  const plan = createPlan(run.options, { ...start, shard: shardNumber, shards: run.shards, hasAgent: run.hasAgent })
  const settled = new Set<DrainStage>()
  let stopped = false
  let work = atRest
  let shard: Shard | undefined
  let report: Report | undefined
  const failed = (message: string) => (report ? report.error(message) : console.error(message))

  const triggers = run.receiver
    ? await openTriggerSocket(run.receiver, place, { trigger: each => shard?.pushed(each), lost: failed, failed })
    : undefined
  const samples = run.collector
    ? await openSampleSocket(run.collector, place, {
        settled: stage => void settled.add(stage),
        stop: () => {
          stopped = true
        },
        lost(reason) {
          // Nobody is left to report to: leave nothing open and end.
          stopped = true
          console.error(reason)
        },
        failed,
      })
    : undefined
  if (run.receiver && !triggers) failed(`shard ${shardNumber} has no receiver and cannot be woken by pushes`)
  if (run.collector && !samples) throw new Error(`the collector ${run.collector} cannot be reached`)

  const { transport } = run.options
  const comet: CometCustomers | undefined =
    transport === 'rest'
      ? undefined
      : createCometCustomers({
          ...carriers[transport]({ targets: run.targets, now, failed, arrivals: () => comet! }),
          transport,
          service: run.options.service,
          notifyRequestor: run.notifyRequestor,
          startMs: start.startMs,
          now,
          heard: (session, row, text) => shard!.heard(session, row, text),
          arrived: (row, text) => shard!.arrived(row, text),
          away: session => shard!.away(session),
          back: (session, row, answer) => shard!.back(session, row, answer),
          gone: (session, sinceMs) => shard!.gone(session, sinceMs),
          lost: (row, why) => report!.row(row, why),
        })

  const receiverOffsetMs = () => triggers?.clock.offsetMs() ?? 0
  let lastFlushMs = 0
  let lastStateMs = 0
  const ticker = startTicker({
    tickMs: tickMs(run.ownShards.length),
    now,
    failed,
    tick(nowMs) {
      const nextMs = Math.min(work(nowMs), comet?.tick(nowMs) ?? Number.POSITIVE_INFINITY)
      if (nowMs - lastFlushMs < flushMs) return nextMs
      lastFlushMs = nowMs
      report?.flush()
      if (nowMs - lastStateMs < stateMs) return nextMs
      lastStateMs = nowMs
      if (shard) report?.state(shard.counts, shard.live(), shard.inFlight())
      if (triggers) triggers.clock.ask(triggers.socket)
      return nextMs
    },
  })
  const { until } = ticker
  report = samples
    ? collectorReport({
        samples,
        shard: shardNumber,
        now,
        receiverClock: triggers?.clock,
        until,
        isSettled: stage => settled.has(stage),
        settleLimitMs,
      })
    : k6Report({
        now,
        receiverOffsetMs,
        until,
        isQuiet: () => shard?.isQuiet() ?? true,
        notifyRequestor: run.notifyRequestor,
        isComet: comet !== undefined,
      })
  shard = createShard({
    comet,
    run: start.run,
    shard: shardNumber,
    serviceUrls: run.targets.map(target => requestChatUrl(target, run.options.service)),
    notifyRequestor: run.notifyRequestor,
    fileBytes: run.options['file-size'],
    now,
    post: createPost(now, failed),
    report,
    receiverOffsetMs,
  })

  if (samples) {
    const { startMs, steadyMs, drainMs } = plan.phases
    samples.say({ type: 'hello', run: start.run, shard: shardNumber, sessions: plan.slots, startMs, steadyMs, drainMs })
  } else if (shardNumber === run.ownShards[0]) {
    console.log(`run ${start.run}, seed ${start.seed}: one of ${checkedOneIn} answers is checked against its schema`)
  }
  // The first rounds of the clock exchange; one a second follows.
  for (let round = 0; round < 20; round++) {
    if (triggers) triggers.clock.ask(triggers.socket)
    if (samples) samples.clock.ask(samples.socket)
    await until(() => false, 20)
  }

  return {
    shard,
    plan,
    ticker,
    report,
    shards: run.shards,
    now,
    onTick(next) {
      work = next
    },
    isOver: nowMs => stopped || nowMs >= plan.phases.drainMs,
    async close() {
      if (comet) {
        await until(() => comet.size() === 0, leaveLimitMs)
        comet.stop()
      }
      await triggers?.socket.close()
      await report.end(shard.counts)
      ticker.stop()
    },
  }
}
