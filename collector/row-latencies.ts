import { isToBeRefused } from '../protocol/chat/file-outcome.ts'
import type { LatencyMetric, Series } from '../protocol/instants.ts'
import { lookOf } from '../protocol/stream/row-sequence.ts'
import type { ShardOperation, ShardRow } from '../protocol/stream/shard-stream.ts'
import { shardParty } from './clocks.ts'
import { timedOut } from './failure-outcome.ts'
import { type RunContext, recordAtLeast, recordLatency } from './run-context.ts'

const latencyOf: Partial<Record<ShardOperation, LatencyMetric>> = {
  requestChat: 'request_chat_latency',
  send: 'send_latency',
  refresh: 'refresh_latency',
  finalRefresh: 'refresh_latency',
  ping: 'ping_latency',
  disconnect: 'disconnect_latency',
  fileUpload: 'upload_latency',
  fileDownload: 'download_latency',
  resume: 'resume_latency',
}

const ratedAs = {
  send: 'messages',
  refresh: 'refreshes',
  finalRefresh: 'refreshes',
  ping: 'pings',
  requestChat: 'sessions',
} as const

/** It was never sent, so it is at least as late as it was when it was given up. Raw figures know nothing of it. */
export function measureGivenUp(context: RunContext, { operation, planned, sent }: ShardRow): void {
  const series = latencyOf[operation]
  if (series) recordAtLeast(context, series, planned, sent - planned)
}

/** A target that falls silent must not look faster for it. What failed at once is a failure and no latency. */
function measureUnanswered(context: RunContext, { operation, errorCode, planned, sent, answered }: ShardRow): void {
  const series = latencyOf[operation]
  if (!series || errorCode !== timedOut) return
  recordAtLeast(context, series, planned, answered - planned)
  recordAtLeast(context, `${series}_raw` as Series, planned, answered - sent)
}

/** Of a request that was sent, whatever came of it. */
export function measureRow(context: RunContext, shard: number, row: ShardRow): void {
  const { operation, planned, ready, sent, answered, triggered, status } = row
  const rated = ratedAs[operation as keyof typeof ratedAs]
  if (rated) context.columns?.count(rated)
  // The plan of a refresh that a push caused is the receiver's stamp, as the shard itself reckons it.
  const planBoundMs = triggered > 0 ? context.clocks.reckoningBoundMs(shard) : 0
  recordLatency(context, 'schedule_lateness', planned, Math.max(0, sent - Math.max(planned, ready)), planBoundMs)
  if (triggered > 0) {
    const { offsetMs, boundMs } = context.clocks.between('receiver', shardParty(shard), triggered)
    const triggeredMs = triggered + offsetMs
    // A refresh that had to wait for the answer before it waited for the target, not for us.
    recordLatency(
      context,
      'wakeup_delay',
      planned,
      Math.min(sent - triggeredMs, sent - Math.max(planned, ready)),
      Math.max(boundMs, planBoundMs),
    )
    // Behind a cut of ours it was not the target that kept it waiting.
    if (status > 0 && !lookOf(row)?.hasWaited)
      recordLatency(context, 'confirm_time', planned, answered - triggeredMs, boundMs)
  }
  if (status === 0) {
    measureUnanswered(context, row)
    return
  }
  context.lastAnswerMs = context.nowMs()
  const series = latencyOf[operation]
  if (!series || isToBeRefused(row)) return
  recordLatency(context, series, planned, answered - planned, planBoundMs)
  recordLatency(context, `${series}_raw` as Series, planned, answered - sent)
}
