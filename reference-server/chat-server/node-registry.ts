import type { FaultGate } from '../faults/gate.ts'
import { isPlanted } from '../faults/is-planted.ts'
import type { Link, ServerToNode } from '../messages.ts'

/** A GMS node in notification mode (CS-058). */
export interface RegisteredNode {
  readonly name: string
  readonly cluster: string
  readonly link: Link<ServerToNode>
  isConnected: boolean
}

export interface NodeRegistry {
  readonly size: number
  register(name: string, cluster: string, link: Link<ServerToNode>): RegisteredNode
  unregister(node: RegisteredNode): void
  all(): Iterable<RegisteredNode>
  /** A node of this cluster in turn, else one of another cluster (CS-052, CS-055, OQ-33). */
  choose(cluster: string): RegisteredNode | undefined
}

export function createNodeRegistry(faults?: () => FaultGate | undefined): NodeRegistry {
  const clusters = new Map<string, { nodes: RegisteredNode[]; turn: number }>()
  let size = 0

  return {
    get size() {
      return size
    },
    register(name, cluster, link) {
      const node: RegisteredNode = { name, cluster, link, isConnected: true }
      const entry = clusters.get(cluster)
      if (entry) entry.nodes.push(node)
      else clusters.set(cluster, { nodes: [node], turn: 0 })
      size++
      return node
    },
    unregister(node) {
      if (!node.isConnected) return
      node.isConnected = false
      size--
      const entry = clusters.get(node.cluster)!
      entry.nodes = entry.nodes.filter(other => other !== node)
      if (entry.nodes.length === 0) clusters.delete(node.cluster)
    },
    all: () => [...clusters.values()].flatMap(({ nodes }) => nodes),
    choose(cluster) {
      const entry = clusters.get(cluster) ?? clusters.get([...clusters.keys()].sort()[0] ?? '')
      if (!entry) return undefined
      const node = entry.nodes[entry.turn % entry.nodes.length]
      if (!isPlanted(faults, 'always-the-first-node')) entry.turn = (entry.turn + 1) % entry.nodes.length
      return node
    },
  }
}
