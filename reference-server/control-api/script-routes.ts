import type { FastifyInstance } from 'fastify'
import type { ControlledServer } from './controlled-server.ts'
import { Refused } from './refused.ts'

/** The scripted agent: what it does, and what it still owes. */
export function addScriptRoutes(app: FastifyInstance, server: ControlledServer): void {
  const { agent } = server
  const state = () => ({ script: agent.script() ?? null, pending: agent.pending(), gauges: agent.gauges() })

  app.get('/agent-script', state)
  app.put('/agent-script', request => {
    try {
      agent.replace(request.body)
    } catch (error) {
      throw new Refused(400, (error as Error).message)
    }
    return state()
  })
  app.post('/agent-script/drain', () => {
    agent.drain()
    return state()
  })
}
