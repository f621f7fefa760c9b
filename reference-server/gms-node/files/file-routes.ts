import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FileStore } from '../../actors.ts'
import type { FaultGate } from '../../faults/gate.ts'
import { isPlanted } from '../../faults/is-planted.ts'
import type { ChatOutcome, FileOperation } from '../../messages.ts'
import type { Unanswered } from '../chat-answer.ts'
import { chatBase, fileEndpoint } from '../chat-path.ts'
import type { ChatServers } from '../chat-servers.ts'
import type { ReadToken, WriteToken } from '../cometd-token.ts'
import type { Form } from '../form.ts'
import { packedBody } from '../form-parsers.ts'
import type { NodeOptions } from '../node-options.ts'
import type { RefusalLog } from '../refusal-log.ts'
import { isRequestError, requestErrors } from '../request-error.ts'
import { sendError, sendJson } from '../send-answer.ts'
import { allowOrigins } from './allow-origins.ts'
import { fileAnswer } from './file-answer.ts'
import { endpointCall, type FileCall, restCall, uploadForm } from './file-call.ts'
import { type IsTaken, readUpload, type UploadForm, uploadLimits } from './read-upload.ts'
import { sendFailedDownload, sendFile } from './send-file.ts'

export interface FileParts {
  files: FileStore
  /** How long a client may take nothing of a download. */
  stallMs?: number
  /** Of CometD chats. */
  readToken: ReadToken
  writeToken: WriteToken
}

export interface FileRouteSettings extends FileParts {
  /** Whose pages may use the endpoint of CometD chats. */
  origins: readonly string[]
  options: NodeOptions
  chatServers: ChatServers
  refusalOf: RefusalLog
  fault?: (() => FaultGate | undefined) | undefined
}

type Body = Form | UploadForm | undefined
type SessionPath = { service: string; chatId: string; fileId?: string }

/** The REST file calls (table 3.1) and the one endpoint of CometD chats (8.1): other paths and tokens, else alike (CV2-181). */
export function addFileRoutes(app: FastifyInstance, settings: FileRouteSettings): void {
  const { options, chatServers, files, refusalOf, fault } = settings

  app.register(async scope => {
    scope.removeContentTypeParser('multipart/form-data')
    scope.addContentTypeParser('multipart/form-data', {}, (request, stream, done) => {
      const refusal = packedBody(request)
      if (refusal) return done(refusal)
      const file = { store: files, isTaken: takesFileAt(request.routeOptions.url ?? '') }
      const reading = { ...uploadLimits, maxBytes: options.maxBodyBytes(), file, fault }
      readUpload(stream, request.headers, reading).then(body => done(null, body), done)
    })
    allowOrigins(scope, settings.origins)
    // Before a body is read that nobody wants.
    scope.addHook('onRequest', (request, reply, done) => {
      const { service } = request.params as Partial<SessionPath>
      if (service === undefined || options.hasService(service)) return done()
      sendError(reply, requestErrors.unknownService)
    })

    const rest = (path: string, operation: FileOperation) =>
      scope.post<{ Params: SessionPath; Body: Body }>(
        `${chatBase}/:service/:chatId/file${path}`,
        ({ params, body, headers }, reply) => {
          const form = withFault(operation, uploadForm(body), params, headers)
          serve(restCall(operation, params, form), form, reply)
        },
      )
    rest('', 'fileUpload')
    rest('/limits', 'fileGetLimits')
    rest('/:fileId/download', 'fileDownload')
    rest('/:fileId/delete', 'fileDelete')
    scope.post<{ Body: Body; Querystring: { fileId?: unknown } }>(fileEndpoint, ({ body, headers, query }, reply) => {
      const form = withFault('', uploadForm(body), { service: '', chatId: '' }, headers)
      serve(endpointCall(form, query.fileId, settings), form, reply)
    })
  })

  function withFault(
    operation: string,
    body: UploadForm,
    { service, chatId }: SessionPath,
    headers: FastifyRequest['headers'],
  ): UploadForm {
    const change = fault?.()?.form
    return change ? { ...body, form: change(body.form, { operation, service, chatId, headers }) } : body
  }

  function serve({ operation, request, alias, tokens }: FileCall, { file }: UploadForm, reply: FastifyReply): void {
    const chatId = 'chatId' in request ? (request.chatId ?? '') : ''
    const answer = (outcome: ChatOutcome | Unanswered) => {
      // A file that no session has.
      if (outcome.kind !== 'ok' && !isPlanted(fault, 'refused-files-stay-on-disk')) drop()
      const referenceId = () => refusalOf({ operation, chatId }, outcome)
      if (operation !== 'fileDownload')
        sendJson(reply, fileAnswer(operation, outcome, { alias, chatId }, tokens, referenceId), operation)
      else if (outcome.kind === 'ok') void sendFile(reply, settings, outcome.file!, referenceId, fault)
      else if (isPlanted(fault, 'files-of-everybody') && 'fileId' in request)
        void sendFile(reply, settings, { ...nameless, fileId: request.fileId! }, referenceId, fault)
      else sendFailedDownload(reply, referenceId())
    }
    const drop = () => {
      if (typeof file === 'object') files.remove(file.fileId)
    }
    if ('kind' in request) answer(request)
    else if (!isRequestError(request)) chatServers.request(request, alias, answer)
    else {
      drop()
      sendError(reply, request, undefined, operation)
    }
  }
}

/** What nobody has told. */
const nameless = { name: 'file', type: 'application/octet-stream' }

/** Of the endpoint, which knows its operation by a field: unless that came before the file and is another one. */
function takesFileAt(route: string): IsTaken {
  if (route !== fileEndpoint) return () => route.endsWith('/file')
  return form => ['fileUpload', null].includes(form.get('operation'))
}
