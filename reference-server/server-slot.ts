import type { ChatServer } from './actors.ts'
import type { FaultGate } from './faults/gate.ts'
import { isPlanted } from './faults/is-planted.ts'
import { type HealthEndpoint, startHealthEndpoint } from './health-endpoint.ts'

/** A Chat Server with its health endpoint, which refuses connections while the server is down (CS-113). */
export interface ServerSlot {
  readonly server: ChatServer
  healthUrl(): string
  start(): Promise<void>
  stop(graceful: boolean): Promise<void>
}

export function createServerSlot(
  server: ChatServer,
  host: string,
  healthPort: number,
  fault?: () => FaultGate | undefined,
): ServerSlot {
  let port = healthPort
  let url = ''
  let endpoint: HealthEndpoint | undefined
  return {
    server,
    healthUrl: () => url,
    async start() {
      if (endpoint && server.state !== 'stopped') return
      await endpoint?.close()
      server.start()
      endpoint = await startHealthEndpoint(host, port, () => {
        const members = { ...server.health() }
        const change = fault?.()?.health
        return change ? change(members) : members
      })
      port = endpoint.port
      url = endpoint.url
    },
    async stop(graceful) {
      if (graceful && isPlanted(fault, 'stop-goes-on-serving')) return
      const closing = isPlanted(fault, 'health-outlives-server') ? undefined : endpoint
      if (closing) endpoint = undefined
      if (graceful || isPlanted(fault, 'crash-sends-advice')) await server.stop()
      else server.kill()
      await closing?.close()
    },
  }
}
