import type { FaultGate } from '../../faults/gate.ts'
import { isPlanted } from '../../faults/is-planted.ts'
import type { ChatOutcome, ChatRequest, FileOperation } from '../../messages.ts'
import type { ReadToken, WriteToken } from '../cometd-token.ts'
import { type Form, field, userDataOf } from '../form.ts'
import { type RequestError, requestError, requestErrors } from '../request-error.ts'
import { cometdTokens, restTokens, type TokenForm } from './file-answer.ts'
import type { UploadForm } from './read-upload.ts'

export type Refused = ChatOutcome & { kind: 'refused' }

/** A file request as it came, and how it is to be answered. */
export interface FileCall {
  operation: FileOperation
  /** For the Chat Server, or what the node knows without one. */
  request: ChatRequest | RequestError | Refused
  /** A hint only (CV2-106). */
  alias: string
  tokens: TokenForm
}

export interface TokenParts {
  /** Of CometD chats. */
  readToken: ReadToken
  writeToken: WriteToken
  fault?: (() => FaultGate | undefined) | undefined
}

type Tokens = Pick<ChatRequest, 'service' | 'chatId' | 'userId' | 'secureKey'>

/** Table 3.1: everything but the tokens and the file stands in the path. */
export function restCall(
  operation: FileOperation,
  { service, chatId, fileId }: { service: string; chatId: string; fileId?: string },
  body: UploadForm,
): FileCall {
  const [secureKey, userId, alias] = ['secureKey', 'userId', 'alias'].map(name => field(body.form, name))
  const refuse = (name: string) => ({
    operation,
    request: requestErrors.missingField(name),
    alias: '',
    tokens: restTokens,
  })
  if (secureKey === undefined) return refuse('secureKey')
  if (userId === undefined) return refuse('userId')
  if (alias === undefined) return refuse('alias')
  const request = fileRequest(operation, { service, chatId, userId, secureKey }, fileId, body)
  return { operation, request, alias, tokens: restTokens }
}

/** 8.1: everything is a field, but for a file id that may stand in the query (OQ-15). */
export function endpointCall(
  body: UploadForm,
  fileIdOfQuery: unknown,
  { readToken, writeToken, fault }: TokenParts,
): FileCall {
  const { form } = body
  const name = field(form, 'operation')
  const operation = operationByName.get(name ?? '')
  const token = field(form, 'secureKey')
  const content = token === undefined ? undefined : readToken(token)
  const documented = cometdTokens(writeToken, content?.service ?? '')
  const isRaw = isPlanted(fault, 'endpoint-answers-raw-key')
  const tokens = isRaw ? { ...documented, secureKey: restTokens.secureKey } : documented
  const call = (request: FileCall['request']) => ({
    operation: operation ?? 'fileGetLimits',
    request,
    alias: '',
    tokens,
  })

  if (name === undefined) return call(requestErrors.missingField('operation'))
  // CV2-161: no path, but a request that is wrong.
  if (operation === undefined) return call(requestError(400, 9004, 'unknown operation'))
  if (token === undefined) return call(requestErrors.missingField('secureKey'))
  const inQuery = typeof fileIdOfQuery === 'string' && fileIdOfQuery !== '' ? fileIdOfQuery : undefined
  const { service = '', chatId = '', secureKey = '' } = content ?? {}
  const request = fileRequest(
    operation,
    { service, chatId, userId: '', secureKey },
    field(form, 'fileId') ?? inQuery,
    body,
  )
  // A raw key is no key here (CV2-152).
  return call(content || 'advice' in request ? request : { kind: 'refused', reason: 'wrong-key' })
}

/** OQ-15: `download` is an alias (CV2-176). */
const operationByName: ReadonlyMap<string, FileOperation> = new Map([
  ['fileGetLimits', 'fileGetLimits'],
  ['fileUpload', 'fileUpload'],
  ['fileDownload', 'fileDownload'],
  ['download', 'fileDownload'],
  ['fileDelete', 'fileDelete'],
])

/** What an operation needs beyond the tokens. */
function fileRequest(
  operation: FileOperation,
  tokens: Tokens,
  fileId: string | undefined,
  { form, file }: UploadForm,
): FileCall['request'] {
  switch (operation) {
    case 'fileUpload':
      if (file === undefined) return requestErrors.missingField('file')
      if (file === 'full') return { kind: 'refused', reason: 'too-large' }
      return { operation, ...tokens, file, userData: userDataOf(form) }
    case 'fileDownload':
    case 'fileDelete':
      return fileId === undefined ? requestErrors.missingField('fileId') : { operation, ...tokens, fileId }
    default:
      return { operation, ...tokens }
  }
}

/** Fields and, where one came, the file of a body in either form. */
export function uploadForm(body: Form | UploadForm | undefined): UploadForm {
  if (body === undefined) return { form: new URLSearchParams() }
  return body instanceof URLSearchParams ? { form: body } : body
}
