import type { TargetNode } from '../schemas/generated/types.ts'
import { getOrMake } from './get-or-make.ts'
import { addToCell, emptyCell, type LatencyCell } from './latency-cell.ts'
import { summaryOf } from './latency-summary.ts'

/** The GMS nodes of the target, by the receiver path that each has for itself and by the sender's trace. */
export interface TargetNodes {
  /** A POST was read on the node's path. */
  posted(node: string): void
  /** The pushes of a chat come through this node from now on. */
  joined(node: string): void
  /** Told by the trace. `waitMs` undefined: since when it was queued is not known. */
  begun(node: string, attempt: number, isSteady: boolean, waitMs: number | undefined): void
  answered(node: string, status: number, isSteady: boolean, serviceMs: number | undefined): void
  all(): TargetNode[]
}

/** Names come from the network: what is beyond this many is one entry. */
export const mostNodes = 64
const longestName = 64
export const otherNodes = 'others'

interface Known {
  posts: number
  chats: number
  sent?: number
  resent: number
  failed: number
  wait: LatencyCell
  service: LatencyCell
}

export function createTargetNodes(): TargetNodes {
  const nodes = new Map<string, Known>()

  function nodeOf(name: string): Known {
    const short = name.slice(0, longestName)
    const kept = nodes.has(short) || nodes.size < mostNodes ? short : otherNodes
    return getOrMake(nodes, kept, () => ({
      posts: 0,
      chats: 0,
      resent: 0,
      failed: 0,
      wait: emptyCell(),
      service: emptyCell(),
    }))
  }

  return {
    posted(node) {
      nodeOf(node).posts += 1
    },
    joined(node) {
      nodeOf(node).chats += 1
    },
    begun(name, attempt, isSteady, waitMs) {
      const node = nodeOf(name)
      node.sent = (node.sent ?? 0) + 1
      if (attempt > 0) node.resent += 1
      if (isSteady && waitMs !== undefined) addToCell(node.wait, waitMs, 0)
    },
    answered(name, status, isSteady, serviceMs) {
      const node = nodeOf(name)
      if (status < 200 || status > 299) node.failed += 1
      if (isSteady && serviceMs !== undefined) addToCell(node.service, serviceMs, 0)
    },
    all: () =>
      [...nodes]
        .map(([name, { sent, resent, failed, wait, service, ...seen }]) => ({
          name,
          ...seen,
          ...(sent !== undefined && { sent, resent, failed, ...latencies({ wait, service }) }),
        }))
        .sort(byName),
  }
}

/** Steady phase, with what merging needs. */
export function latencies({ wait, service }: Pick<Known, 'wait' | 'service'>): Pick<TargetNode, 'wait' | 'service'> {
  return {
    ...(wait.measured > 0 && { wait: summaryOf(wait, { withCell: true }) }),
    ...(service.measured > 0 && { service: summaryOf(service, { withCell: true }) }),
  }
}

/** node2 before node10. */
export function byName({ name: a }: { name: string }, { name: b }: { name: string }): number {
  const number = (name: string) => Number(/\d+$/.exec(name)?.[0] ?? 0)
  const stem = (name: string) => name.replace(/\d+$/, '')
  return stem(a) === stem(b) ? number(a) - number(b) : stem(a) < stem(b) ? -1 : 1
}
