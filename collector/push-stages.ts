import type { Phase } from '../protocol/instants.ts'
import { getOrMake } from './get-or-make.ts'
import type { RunContext } from './run-context.ts'
import type { StageTimes } from './stage-sums.ts'

/** POSTs wait in a node's queue; what is older belongs to no POST that is still to come. */
export const keptMs = 120_000

/** The way of each event from the Chat Server to the answer of its first POST. */
export interface PushStages {
  accepted(event: string, atMs: number, server: string | undefined): void
  /** Of attempt 0, by the trace. */
  posted(event: string, kind: 'queued' | 'begun' | 'answered', atMs: number): void
  /** By the receiver's clock. */
  received(event: string, receivedMs: number): void
  forget(nowMs: number): void
}

/** All times but `receivedMs` are on the server's clock. */
interface Way {
  seenMs: number
  server?: string
  acceptedMs?: number
  queuedMs?: number
  begunMs?: number
  answeredMs?: number
  receivedMs?: number
  isPiped?: boolean
}

type WholeWay = Required<Pick<Way, 'acceptedMs' | 'queuedMs' | 'begunMs' | 'answeredMs' | 'receivedMs'>>

/** Joins trace and receiver event by event; records come from two sockets, in any order. */
export function createPushStages(contextOf: () => RunContext, phaseOfServer: (atMs: number) => Phase): PushStages {
  const ways = new Map<string, Way>()
  const wayOf = (event: string): Way => getOrMake(ways, event, () => ({ seenMs: contextOf().nowMs() }))

  function settle(event: string, way: Way): void {
    if (way.acceptedMs === undefined || way.receivedMs === undefined) return
    if (!way.isPiped) tellPipeline(way.acceptedMs, way.receivedMs)
    way.isPiped = true
    if (!isWhole(way)) return
    tellStages(way, way.server)
    ways.delete(event)
  }

  function tellPipeline(acceptedMs: number, receivedMs: number): void {
    const { clocks, histograms } = contextOf()
    const { offsetMs, boundMs } = clocks.between('reference server', 'receiver', acceptedMs)
    histograms.record('push_pipeline', phaseOfServer(acceptedMs), receivedMs - (acceptedMs + offsetMs), boundMs)
  }

  /** Summed, so that the means of the stages add up to the mean of the whole way; percentiles of stages would not. */
  function tellStages(way: WholeWay, server: string | undefined): void {
    const { clocks, columns, chatServers, stages } = contextOf()
    const { acceptedMs, queuedMs, begunMs, answeredMs } = way
    const receivedMs = way.receivedMs - clocks.between('reference server', 'receiver', acceptedMs).offsetMs
    const phase = phaseOfServer(acceptedMs)
    const times: StageTimes = {
      chatServer: queuedMs - acceptedMs,
      queue: begunMs - queuedMs,
      way: receivedMs - begunMs,
      answer: answeredMs - receivedMs,
    }
    if (server !== undefined) chatServers.notified(server, phase === 'steady', times.chatServer)
    stages.add(phase, times)
    columns?.count('staged')
    columns?.count('stage_chat_server', times.chatServer)
    columns?.count('stage_queue', times.queue)
    columns?.count('stage_way', times.way)
    columns?.count('stage_answer', times.answer)
  }

  return {
    accepted(event, atMs, server) {
      const way = wayOf(event)
      way.acceptedMs = atMs
      if (server !== undefined) way.server = server
      settle(event, way)
    },
    posted(event, kind, atMs) {
      const way = wayOf(event)
      way[`${kind}Ms`] = atMs
      settle(event, way)
    },
    received(event, receivedMs) {
      const way = wayOf(event)
      way.receivedMs ??= receivedMs
      settle(event, way)
    },
    forget(nowMs) {
      for (const [event, { seenMs }] of ways) {
        if (nowMs - seenMs < keptMs) return
        ways.delete(event)
      }
    },
  }
}

function isWhole(way: Way): way is Way & WholeWay {
  const { acceptedMs, queuedMs, begunMs, answeredMs, receivedMs } = way
  return [acceptedMs, queuedMs, begunMs, answeredMs, receivedMs].every(ms => ms !== undefined)
}
