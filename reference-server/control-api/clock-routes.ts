import type { FastifyInstance } from 'fastify'
import { hostNow } from '../clock.ts'
import { advanceInSteps } from './advance-in-steps.ts'
import type { ControlledServer } from './controlled-server.ts'
import { Refused } from './refused.ts'

const advanceBody = {
  type: 'object',
  required: ['ms'],
  properties: { ms: { type: 'number', minimum: 0 }, settle: { type: 'boolean' } },
}

export function addClockRoutes(app: FastifyInstance, server: ControlledServer): void {
  const { clock } = server
  const state = () => ({
    nowMs: clock.now(),
    hostNowMs: hostNow(),
    frozen: clock.frozen ?? false,
    factor: clock.factor ?? 1,
    canAdvance: clock.advance !== undefined,
    canFreeze: clock.freeze !== undefined,
  })

  app.get('/clock', state)
  app.post<{ Body: { ms: number; settle?: boolean } }>(
    '/clock/advance',
    { schema: { body: advanceBody } },
    async request => {
      const { advance, nextDue } = clock
      if (!advance || !nextDue) throw new Refused(409, 'this clock cannot be advanced')
      if (request.body.settle === false) advance(request.body.ms)
      else await advanceInSteps({ now: clock.now, advance, nextDue }, request.body.ms, server.settle)
      return state()
    },
  )
  app.post('/clock/freeze', () => {
    if (!clock.freeze) throw new Refused(409, 'this clock cannot be frozen')
    clock.freeze()
    return state()
  })
  app.post('/clock/resume', () => {
    if (!clock.resume) throw new Refused(409, 'this clock cannot be frozen')
    clock.resume()
    return state()
  })
}
