import type { FastifyInstance } from 'fastify'
import type { ControlledServer } from './controlled-server.ts'

/** Options by section, with their documented effect time (OPT-007, OPT-008, OPT-010, OPT-012). */
export function addOptionRoutes(app: FastifyInstance, server: ControlledServer): void {
  type Params = { section: string; option: string }
  const { configuration } = server

  app.get('/options', () => configuration.effective())
  app.put<{ Params: Params; Body: { value: string } }>(
    '/options/:section/:option',
    { schema: { body: { type: 'object', required: ['value'], properties: { value: { type: 'string' } } } } },
    ({ params, body }) => configuration.set(params.section, params.option, body.value),
  )
  app.delete<{ Params: Params }>('/options/:section/:option', ({ params }) =>
    configuration.set(params.section, params.option, undefined),
  )
}
