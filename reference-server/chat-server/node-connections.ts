import type { ServerConnection } from '../actors.ts'
import type { ChatOutcome, ChatRequest, Link, NodeToServer, ServerToNode } from '../messages.ts'
import type { NodeRegistry, RegisteredNode } from './node-registry.ts'

/** Connections of GMS nodes: requests are answered, and who registers is notified (CS-058). */
export interface NodeConnections {
  open(link: Link<ServerToNode>, closed: () => void): ServerConnection
  /** The server is gone: each node is told once. */
  closeAll(): void
}

export function createNodeConnections(
  nodes: NodeRegistry,
  serve: (request: ChatRequest, mayRestore: boolean) => ChatOutcome,
): NodeConnections {
  const connections = new Map<ServerConnection, () => void>()

  return {
    open(link, closed) {
      let registered: RegisteredNode | undefined
      const unregister = () => {
        if (registered) nodes.unregister(registered)
        registered = undefined
      }
      const receive = (message: NodeToServer) => {
        if (message.kind === 'request') {
          link.send({ kind: 'reply', id: message.id, outcome: serve(message.request, message.mayRestore === true) })
          return
        }
        unregister()
        if (message.kind === 'register') registered = nodes.register(message.node, message.cluster, link)
      }
      const connection: ServerConnection = {
        send(message) {
          if (connections.has(connection)) receive(message)
        },
        close() {
          unregister()
          connections.delete(connection)
        },
      }
      connections.set(connection, () => {
        unregister()
        closed()
      })
      return connection
    },
    closeAll() {
      const closing = [...connections.values()]
      connections.clear()
      for (const close of closing) close()
    },
  }
}
