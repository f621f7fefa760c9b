import type { ControlledServer } from './controlled-server.ts'
import type { ProcessGauges } from './process-gauges.ts'

/** Numbers by actor: PUSH-078 and CS-114, and what the process itself uses. */
export interface Gauges {
  gmsNodes: Record<string, Record<string, number>>
  chatServers: Record<string, Record<string, number>>
  agent: Record<string, number>
  /** What the file store holds: files and bytes, those that are on their way included. */
  files: Record<string, number>
  process: ProcessGauges
}

export function gaugesOf(server: ControlledServer, process: ProcessGauges): Gauges {
  const { topology, agent, files } = server
  return {
    gmsNodes: Object.fromEntries(
      topology.nodes.map(node => [
        node.name,
        {
          running: node.gms() ? 1 : 0,
          requests: node.gms()?.pending() ?? 0,
          cometSessions: node.gms()?.cometSessions() ?? 0,
          ...node.pushGauges(),
        },
      ]),
    ),
    chatServers: Object.fromEntries(
      topology.servers.map(({ server: chatServer }) => [
        chatServer.alias,
        { running: chatServer.state === 'running' ? 1 : 0, ...numbers(chatServer.health()) },
      ]),
    ),
    agent: { pending: agent.pending(), ...agent.gauges() },
    files: { ...files.gauges() },
    process,
  }
}

function numbers(health: object | undefined): Record<string, number> {
  return Object.fromEntries(Object.entries(health ?? {}).map(([name, value]) => [name, Number(value)]))
}
