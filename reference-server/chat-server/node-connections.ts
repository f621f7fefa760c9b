import type { ServerConnection } from '../actors.ts'
import type { ChatOutcome, ChatRequest, CometSign, Link, NodeToServer, ServerToNode } from '../messages.ts'
import type { NodeRegistry, RegisteredNode } from './node-registry.ts'

/** Connections of GMS nodes: requests are answered, and who registers is notified (CS-058). */
export interface NodeConnections {
  open(link: Link<ServerToNode>, closed: () => void): ServerConnection
  /** The server is gone: each node is told once. */
  closeAll(): void
}

export function createNodeConnections(
  nodes: NodeRegistry,
  serve: (request: ChatRequest, mayRestore: boolean, node: RegisteredNode | undefined) => ChatOutcome,
  /** What a node tells about a CometD session. */
  hear: (sign: CometSign, node: RegisteredNode | undefined) => void,
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
          const outcome = serve(message.request, message.mayRestore === true, registered)
          link.send({ kind: 'reply', id: message.id, outcome })
          return
        }
        if (message.kind === 'detach' || message.kind === 'alive') {
          hear(message, registered)
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
