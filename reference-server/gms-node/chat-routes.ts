import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FaultGate } from '../faults/gate.ts'
import { isPlanted } from '../faults/is-planted.ts'
import type { ChatOperation, ChatRequest } from '../messages.ts'
import { isAuthorized } from './basic-authentication.ts'
import { chatAnswer } from './chat-answer.ts'
import { chatBase } from './chat-path.ts'
import { operationBySegment, sessionRequest } from './chat-request.ts'
import type { ChatServers } from './chat-servers.ts'
import { type Form, field } from './form.ts'
import type { NodeOptions } from './node-options.ts'
import type { RefusalLog } from './refusal-log.ts'
import { isRequestError, type RequestError, requestErrors } from './request-error.ts'
import { sendError, sendJson } from './send-answer.ts'
import { startRequest } from './start-request.ts'

export interface ChatRouteSettings {
  options: NodeOptions
  chatServers: ChatServers
  cluster: string
  refusalOf: RefusalLog
  fault?: (() => FaultGate | undefined) | undefined
}

const noForm: Form = new URLSearchParams()

/** The REST form of Chat V2 (table 3.1). No state per client: any node takes any request of a session (CV2-015). */
export function addChatRoutes(app: FastifyInstance, settings: ChatRouteSettings): void {
  const { options, chatServers, cluster, refusalOf, fault } = settings

  app.post<{ Params: { service: string }; Body: Form | undefined }>(`${chatBase}/:service`, (request, reply) => {
    const { service } = request.params
    if (!isServed(service)) return sendError(reply, requestErrors.unknownService)
    const credentials = options.credentials(service)
    if (credentials && !isAuthorized(request.headers.authorization, credentials))
      return sendError(reply, requestErrors.unauthorized, service)
    const includePayload = options.includePayload(service)
    const form = formOf(request.body, { operation: 'requestChat', service, chatId: '' }, request)
    pass(startRequest(form, { service, nodeGroup: cluster, includePayload }), '', reply)
  })

  app.post<{ Params: { service: string; chatId: string; operation: string }; Body: Form | undefined }>(
    `${chatBase}/:service/:chatId/:operation`,
    (request, reply) => {
      const { service, chatId } = request.params
      if (!isServed(service)) return sendError(reply, requestErrors.unknownService)
      const operation =
        operationBySegment.get(request.params.operation) ??
        (isPlanted(fault, 'unknown-operation-refreshes') ? 'refresh' : undefined)
      if (!operation) return sendError(reply, requestErrors.unknownOperation)
      const form = formOf(request.body, { operation, service, chatId }, request)
      pass(
        sessionRequest(operation, service, chatId, form, options.maxMessageBytes()),
        field(form, 'alias') ?? '',
        reply,
      )
    },
  )

  function isServed(service: string): boolean {
    return options.hasService(service) || isPlanted(fault, 'any-service')
  }

  function formOf(
    form: Form = noForm,
    asked: { operation: ChatOperation; service: string; chatId: string },
    { headers }: FastifyRequest,
  ): Form {
    return fault?.()?.form?.(form, { ...asked, headers }) ?? form
  }

  function pass(chatRequest: ChatRequest | RequestError, alias: string, reply: FastifyReply): void {
    if (isRequestError(chatRequest)) {
      sendError(reply, chatRequest)
      return
    }
    chatServers.request(chatRequest, alias, outcome => {
      const asked = { alias, chatId: chatRequest.chatId }
      sendJson(
        reply,
        chatAnswer(chatRequest.operation, outcome, asked, () => refusalOf(chatRequest, outcome)),
      )
    })
  }
}
