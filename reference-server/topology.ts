import type { Busyness } from './control-api/settle.ts'
import { type InProcessLink, linkInProcess } from './in-process-link.ts'
import type { NodeSlot } from './node-slot.ts'
import type { ServerSlot } from './server-slot.ts'

/** N nodes and M Chat Servers, every one linked with every other side's. */
export interface Topology {
  readonly nodes: readonly NodeSlot[]
  readonly servers: readonly ServerSlot[]
  startNode(name: string): Promise<void>
  stopNode(name: string, graceful: boolean): Promise<void>
  startServer(alias: string): Promise<void>
  stopServer(alias: string, graceful: boolean): Promise<void>
  cutLink(node: string, alias: string): void
  restoreLink(node: string, alias: string): void
  busyness(): Omit<Busyness, 'dueTimers'>
  close(): Promise<void>
}

export function createTopology(nodes: readonly NodeSlot[], servers: readonly ServerSlot[]): Topology {
  const links = new Map<string, InProcessLink>()
  const keyOf = (node: NodeSlot, slot: ServerSlot) => `${node.name} ${slot.server.alias}`

  const join = (node: NodeSlot, slot: ServerSlot) => {
    const gms = node.gms()
    const link = gms && linkInProcess(gms, slot.server)
    if (link) links.set(keyOf(node, slot), link)
  }
  const cut = (node: NodeSlot, slot: ServerSlot) => {
    links.get(keyOf(node, slot))?.cut()
    links.delete(keyOf(node, slot))
  }
  const nodeNamed = (name: string) =>
    found(
      nodes,
      nodes.map(each => each.name),
      name,
      'GMS node',
    )
  const serverNamed = (alias: string) =>
    found(
      servers,
      servers.map(each => each.server.alias),
      alias,
      'Chat Server',
    )

  return {
    nodes,
    servers,
    async startNode(name) {
      const node = nodeNamed(name)
      if (node.gms()) return
      await node.start()
      for (const slot of servers) join(node, slot)
    },
    async stopNode(name, graceful) {
      const node = nodeNamed(name)
      if (!graceful) for (const slot of servers) cut(node, slot)
      await node.stop(graceful)
      for (const slot of servers) cut(node, slot)
    },
    async startServer(alias) {
      const slot = serverNamed(alias)
      if (slot.server.state !== 'stopped') return
      await slot.start()
      for (const node of nodes) join(node, slot)
    },
    async stopServer(alias, graceful) {
      const slot = serverNamed(alias)
      await slot.stop(graceful)
      for (const node of nodes) links.delete(keyOf(node, slot))
    },
    cutLink: (node, alias) => cut(nodeNamed(node), serverNamed(alias)),
    restoreLink(node, alias) {
      const [at, slot] = [nodeNamed(node), serverNamed(alias)]
      if (!links.has(keyOf(at, slot))) join(at, slot)
    },
    busyness() {
      let requests = 0
      let notices = 0
      for (const node of nodes) {
        requests += node.gms()?.pending() ?? 0
        const gauges = node.pushGauges()
        notices += gauges.queued + gauges.inFlight + gauges.late
      }
      return { requests, notices }
    },
    async close() {
      for (const slot of servers) if (slot.server.state !== 'stopped') await slot.stop(false)
      await Promise.all(nodes.map(node => node.stop(false)))
    },
  }
}

/** What the control API is asked for by a name that may be wrong. */
export class UnknownActor extends Error {}

function found<T>(all: readonly T[], names: readonly string[], name: string, kind: string): T {
  const at = names.indexOf(name)
  if (at < 0) throw new UnknownActor(`no ${kind} ${name}, there are ${names.join(', ')}`)
  return all[at]!
}
