import type { FastifyInstance } from 'fastify'
import { faults } from '../faults/registry.ts'
import type { ControlledServer } from './controlled-server.ts'
import { Refused } from './refused.ts'

export function addFaultRoutes(app: FastifyInstance, server: ControlledServer): void {
  const state = () => ({ planted: server.faults.planted() ?? null })

  app.get('/faults', () => ({ ...state(), known: faults.map(({ plant: _, ...shown }) => shown) }))
  app.put<{ Body: { fault: string } }>(
    '/faults/planted',
    { schema: { body: { type: 'object', required: ['fault'], properties: { fault: { type: 'string' } } } } },
    request => {
      try {
        server.faults.plant(request.body.fault)
      } catch (error) {
        throw new Refused(400, (error as Error).message)
      }
      return state()
    },
  )
  app.delete('/faults/planted', () => {
    server.faults.clear()
    return state()
  })
}
