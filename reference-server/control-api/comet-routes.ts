import type { FastifyInstance } from 'fastify'
import type { ControlledServer } from './controlled-server.ts'
import { Refused } from './refused.ts'

/** CometD sessions of all nodes, and their end without being asked (BX-116). */
export function addCometRoutes(app: FastifyInstance, { topology }: ControlledServer): void {
  app.get('/comet-sessions', () =>
    topology.nodes.flatMap(node => (node.gms()?.cometClients() ?? []).map(client => ({ node: node.name, ...client }))),
  )
  app.post<{ Params: { clientId: string } }>('/comet-sessions/:clientId/disconnect', ({ params }) => {
    if (!topology.nodes.some(node => node.gms()?.dismissComet(params.clientId)))
      throw new Refused(404, `no CometD session ${params.clientId.slice(0, 100)}`)
    return {}
  })
}
