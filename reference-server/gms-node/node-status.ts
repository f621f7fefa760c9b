import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FaultGate } from '../faults/gate.ts'
import { isPlanted } from '../faults/is-planted.ts'
import { isAuthorized } from './basic-authentication.ts'
import type { NodeOptions } from './node-options.ts'
import { requestErrors } from './request-error.ts'
import { send, sendError } from './send-answer.ts'

/** Node status API (CV2-190 ff.). The status is a hint for load balancers: an OFFLINE node still serves (CV2-194). */
export function addNodeStatus(app: FastifyInstance, options: NodeOptions, fault?: () => FaultGate | undefined): void {
  let status = 'ONLINE'
  const isAdmin = (request: FastifyRequest, reply: FastifyReply) => {
    if (isAuthorized(request.headers.authorization, options.adminCredentials())) return true
    sendError(reply, requestErrors.unauthorized)
    return false
  }
  const sendStatus = (reply: FastifyReply) => send(reply, 'text/plain', status)

  // A scope of its own: these calls have no body, and whatever comes as one is not looked at.
  app.register(async scope => {
    scope.addContentTypeParser('*', {}, (_request, body, done) => {
      body.resume()
      done(null)
    })
    scope.get('/genesys/1/node', (_request, reply) => sendStatus(reply))
    scope.get('/genesys/1/admin/node/status', (request, reply) => {
      if (isAdmin(request, reply)) sendStatus(reply)
    })
    scope.post<{ Params: { status: string } }>('/genesys/1/admin/node/changestatus/:status', (request, reply) => {
      if (!isPlanted(fault, 'change-for-everybody') && !isAdmin(request, reply)) return
      const wanted = request.params.status
      if (wanted !== 'ONLINE' && wanted !== 'OFFLINE') return sendError(reply, requestErrors.unknownStatus)
      status = wanted
      sendStatus(reply)
    })
  })
}
