import { constants } from 'node:buffer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FaultGate } from '../faults/gate.ts'
import { isPlanted } from '../faults/is-planted.ts'
import { readBody } from './body-reader.ts'
import { readUpload } from './files/read-upload.ts'
import { parseUrlEncoded } from './form.ts'
import { RefusedBody } from './refused-body.ts'
import { requestErrors } from './request-error.ts'

/** As many keys as a servlet container takes by default: each costs far more than its bytes. */
const mostFields = 1000
/** What `max-body-bytes` allows above it is for uploads: a field is a text, and there is none longer. */
const mostTextBytes = constants.MAX_STRING_LENGTH

/** The two body forms of the REST API (CV2-003 to CV2-005); fastify refuses every other one with 415 (CV2-006). */
export function addFormParsers(
  app: FastifyInstance,
  maxBodyBytes: () => number,
  fault?: () => FaultGate | undefined,
): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/x-www-form-urlencoded', {}, (request, stream, done) => {
    const refusal = packedBody(request)
    if (refusal) return done(refusal)
    const mostBytes = Math.min(maxBodyBytes(), mostTextBytes)
    readBody(stream, request.headers['content-length'], mostBytes, (error, bytes) => {
      if (error === 'too large') return done(new RefusedBody(requestErrors.bodyTooLarge))
      if (error) return done(new RefusedBody(requestErrors.malformed('the body was cut off')))
      if (hasTooManyFields(bytes)) return done(new RefusedBody(tooManyFields))
      done(null, parseUrlEncoded(bytes))
    })
  })
  app.addContentTypeParser('multipart/form-data', {}, (request, stream, done) => {
    const refusal = packedBody(request)
    if (refusal) return done(refusal)
    const maxBytes = maxBodyBytes()
    const reading = { maxBytes, mostFields, mostFieldBytes: Math.min(maxBytes, mostTextBytes), file: undefined }
    readUpload(stream, request.headers, reading).then(({ form }) => done(null, form), done)
  })
  // Refused like every other type, unless a planted fault reads it.
  app.addContentTypeParser('application/json', {}, (_request, stream, done) => {
    if (!isPlanted(fault, 'json-is-served')) return done(new RefusedBody(requestErrors.wrongContentType))
    readBody(stream, undefined, maxBodyBytes(), (_error, bytes) =>
      done(null, new URLSearchParams(JSON.parse(bytes.toString()) as Record<string, string>)),
    )
  })
}

/** The API documents no content encoding, and to unpack one nobody asked for would be a way to send more than is allowed. */
export function packedBody({ headers }: FastifyRequest): RefusedBody | undefined {
  const encoding = headers['content-encoding'] ?? 'identity'
  return /^(identity)?$/i.test(encoding.trim()) ? undefined : new RefusedBody(requestErrors.packed)
}

const tooManyFields = requestErrors.malformed(`more than ${mostFields} fields`)

function hasTooManyFields(body: Buffer): boolean {
  if (body.length < mostFields) return false
  let fields = 1
  for (let at = body.indexOf('&'); at !== -1 && fields <= mostFields; at = body.indexOf('&', at + 1)) fields++
  return fields > mostFields
}
