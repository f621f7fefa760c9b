import type { FastifyInstance } from 'fastify'
import type { ControlledServer } from './controlled-server.ts'

const defaultDeadlineMs = 10_000
const body = { type: ['object', 'null'], properties: { deadlineMs: { type: 'number', minimum: 0, maximum: 600_000 } } }

/** "Nothing more comes": at rest, or what still moved at the deadline. The trace is out before the answer is. */
export function addSettleRoute(app: FastifyInstance, server: ControlledServer): void {
  app.post<{ Body: { deadlineMs?: number } | undefined }>('/settle', { schema: { body } }, async request => {
    const moving = await server.settle(request.body?.deadlineMs ?? defaultDeadlineMs)
    server.trace.flush()
    return moving ? { settled: false, moving } : { settled: true }
  })
}
