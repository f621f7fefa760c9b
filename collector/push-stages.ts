import type { Phase } from '../protocol/instants.ts'
import { getOrMake } from './get-or-make.ts'
import type { RunContext } from './run-context.ts'

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
    const { clocks, columns, chatServers } = contextOf()
    const { acceptedMs, queuedMs, begunMs, answeredMs } = way
    const receivedMs = way.receivedMs - clocks.between('reference server', 'receiver', acceptedMs).offsetMs
    if (server !== undefined)
      chatServers.notified(server, phaseOfServer(acceptedMs) === 'steady', queuedMs - acceptedMs)
    columns?.count('staged')
    columns?.count('stage_chat_server', queuedMs - acceptedMs)
    columns?.count('stage_queue', begunMs - queuedMs)
    columns?.count('stage_way', receivedMs - begunMs)
    columns?.count('stage_answer', answeredMs - receivedMs)
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
