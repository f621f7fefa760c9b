import type { ChatServer } from '../schemas/generated/types.ts'
import { getOrMake } from './get-or-make.ts'
import { addToCell, emptyCell, type LatencyCell } from './latency-cell.ts'
import { summaryOf } from './latency-summary.ts'
import { byName } from './target-nodes.ts'

/** The Chat Servers of the target as its trace names them. */
export interface ChatServers {
  /** An event got its index there; index 1 is the customer who starts a chat. */
  accepted(server: string, index: number): void
  /** The notice of an event that it had accepted reached a node's queue. */
  notified(server: string, isSteady: boolean, sinceAcceptedMs: number): void
  all(): ChatServer[]
}

interface Known {
  chats: number
  events: number
  notices: number
  untilQueued: LatencyCell
}

export function createChatServers(): ChatServers {
  const servers = new Map<string, Known>()
  const serverOf = (name: string) =>
    getOrMake(servers, name, () => ({ chats: 0, events: 0, notices: 0, untilQueued: emptyCell() }))
  return {
    accepted(name, index) {
      const server = serverOf(name)
      server.events += 1
      if (index === 1) server.chats += 1
    },
    notified(name, isSteady, sinceAcceptedMs) {
      const server = serverOf(name)
      server.notices += 1
      if (isSteady) addToCell(server.untilQueued, sinceAcceptedMs, 0)
    },
    all: () =>
      [...servers]
        .map(([name, { untilQueued, ...counts }]) => ({ name, ...counts, ...untilQueuedOf(untilQueued) }))
        .sort(byName),
  }
}

/** Steady phase, with what merging needs. */
export function untilQueuedOf(cell: LatencyCell): Pick<ChatServer, 'untilQueued'> {
  return cell.measured > 0 ? { untilQueued: summaryOf(cell, { withCell: true }) } : {}
}
