import type { ChatServer } from './actors.ts'
import type { GmsNode } from './gms-node/gms-node.ts'

/** A node and a Chat Server that talk to each other within one process. */
export interface InProcessLink {
  /** Both sides see their peer go. */
  cut(): void
}

/**
 * Messages are delivered at once and without a copy: one belongs to its receiver when it was sent.
 * @returns undefined while the Chat Server takes no connections.
 */
export function linkInProcess(node: GmsNode, server: ChatServer): InProcessLink | undefined {
  const connection = server.connect({ send: node.receive }, () => node.disconnect(server.alias))
  if (!connection) return undefined
  node.connect(server.alias, connection)
  return {
    cut() {
      connection.close()
      node.disconnect(server.alias)
    },
  }
}
