import type { ChatServer, FailureKind, Result, StageSums, Summary, TargetNode } from '../../schemas/generated/types.ts'
import { untilQueuedOf } from '../chat-servers.ts'
import type { Facts } from '../facts.ts'
import { inOrder } from '../failures.ts'
import { decodedCell, type LatencyCell, mergedCells } from '../latency-cell.ts'
import { addedStages, emptyStages } from '../stage-sums.ts'
import { byName, latencies } from '../target-nodes.ts'

/** What was counted one by one: by attempt, kind of failure, node and Chat Server. */
export function mergedDetail(results: readonly Result[]): Facts['detail'] {
  return {
    stages: mergedStages(results.map(({ stages = {} }) => stages)),
    attempts: mergedAttempts(results.map(({ attempts = [] }) => attempts)),
    failures: mergedFailures(results.flatMap(({ failures = [] }) => failures)),
    losses: mergedFailures(results.flatMap(({ losses = [] }) => losses)),
    failedPosts: mergedFailures(results.flatMap(({ failedPosts = [] }) => failedPosts)),
    nodes: grouped(results.flatMap(({ nodes = [] }) => nodes)).map(mergedNode),
    chatServers: grouped(results.flatMap(({ chatServers = [] }) => chatServers)).map(mergedServer),
  }
}

function mergedStages(all: readonly Record<string, StageSums>[]): Record<string, StageSums> {
  const names = new Set(all.flatMap(stages => Object.keys(stages)))
  const of = (phase: string) => all.flatMap(stages => stages[phase] ?? []).reduce(addedStages, emptyStages())
  return Object.fromEntries([...names].map(phase => [phase, of(phase)]))
}

function mergedAttempts(all: readonly (readonly number[])[]): number[] {
  const length = Math.max(0, ...all.map(attempts => attempts.length))
  return Array.from({ length }, (_, attempt) => sum(all.map(attempts => attempts[attempt] ?? 0)))
}

/** The sample of the one that was first. */
function mergedFailures(all: readonly FailureKind[]): FailureKind[] {
  const kinds = Map.groupBy(all, ({ operation, outcome }) => `${operation} ${outcome}`)
  return inOrder(
    [...kinds.values()].map(same => ({
      ...same.reduce((a, b) => (b.first < a.first ? b : a)),
      count: sum(same.map(({ count }) => count)),
      last: same.reduce((last, each) => (each.last > last ? each.last : last), ''),
    })),
  )
}

function mergedNode(same: readonly TargetNode[]): TargetNode {
  const of = (what: 'posts' | 'chats' | 'sent' | 'resent' | 'failed') => sum(same.map(node => node[what] ?? 0))
  const counts = { name: same[0]!.name, posts: of('posts'), chats: of('chats') }
  if (same.every(({ sent }) => sent === undefined)) return counts
  const cells = { wait: added(same.map(({ wait }) => wait)), service: added(same.map(({ service }) => service)) }
  return { ...counts, sent: of('sent'), resent: of('resent'), failed: of('failed'), ...latencies(cells) }
}

function mergedServer(same: readonly ChatServer[]): ChatServer {
  const of = (what: 'chats' | 'events' | 'notices') => sum(same.map(server => server[what]))
  const counts = { name: same[0]!.name, chats: of('chats'), events: of('events'), notices: of('notices') }
  return { ...counts, ...untilQueuedOf(added(same.map(({ untilQueued }) => untilQueued))) }
}

function added(summaries: readonly (Summary | undefined)[]): LatencyCell {
  return mergedCells(summaries.flatMap(summary => (summary && decodedCell(summary)) ?? []))
}

function grouped<Named extends { name: string }>(all: readonly Named[]): Named[][] {
  return [...Map.groupBy(all, ({ name }) => name).values()].sort(([a], [b]) => byName(a!, b!))
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0)
}
