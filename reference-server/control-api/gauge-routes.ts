import type { FastifyInstance } from 'fastify'
import type { ControlledServer } from './controlled-server.ts'
import { type Gauges, gaugesOf } from './gauges.ts'
import { watchProcess } from './process-gauges.ts'
import { prometheusText } from './prometheus-text.ts'

export function addGaugeRoutes(app: FastifyInstance, server: ControlledServer): void {
  const process = watchProcess()
  app.addHook('onClose', async () => process.stop())
  const gauges = (): Gauges => gaugesOf(server, process.read())
  app.get('/gauges', gauges)
  app.get('/metrics', (_request, reply) => {
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(prometheusText(gauges()))
  })
  app.get<{ Querystring: { after?: string } }>('/log', ({ query }) => server.log.linesAfter(Number(query.after ?? 0)))
}
