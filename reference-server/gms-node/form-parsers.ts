import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FaultGate } from '../faults/gate.ts'
import { isPlanted } from '../faults/is-planted.ts'
import { readBody } from './body-reader.ts'
import { type Form, parseMultipart, parseUrlEncoded } from './form.ts'
import { type RequestError, requestErrors } from './request-error.ts'

/** A refusal on its way through fastify's error handler. */
export class RefusedBody extends Error {
  readonly refusal: RequestError

  constructor(refusal: RequestError) {
    super(refusal.advice)
    this.refusal = refusal
  }
}

/** The two body forms of the REST API (CV2-003 to CV2-005); fastify refuses every other one with 415 (CV2-006). */
export function addFormParsers(
  app: FastifyInstance,
  maxBodyBytes: () => number,
  fault?: () => FaultGate | undefined,
): void {
  const add = (contentType: string, parse: (body: Buffer, request: FastifyRequest) => Form | Promise<Form>) =>
    app.addContentTypeParser(contentType, {}, (request, stream, done) => {
      readBody(stream, request.headers['content-length'], maxBodyBytes(), (error, bytes) => {
        if (error === 'too large') return done(new RefusedBody(requestErrors.bodyTooLarge))
        if (error) return done(new RefusedBody(requestErrors.malformed('the body was cut off')))
        const form = parse(bytes, request)
        if (!(form instanceof Promise)) return done(null, form)
        form.then(
          parsed => done(null, parsed),
          () => done(new RefusedBody(requestErrors.malformed('no multipart form'))),
        )
      })
    })

  app.removeAllContentTypeParsers()
  add('application/x-www-form-urlencoded', parseUrlEncoded)
  add('multipart/form-data', (body, request) => parseMultipart(body, request.headers['content-type']!))
  // Refused like every other type, unless a planted fault reads it.
  app.addContentTypeParser('application/json', {}, (_request, stream, done) => {
    if (!isPlanted(fault, 'json-is-served')) return done(new RefusedBody(requestErrors.wrongContentType))
    readBody(stream, undefined, maxBodyBytes(), (_error, bytes) =>
      done(null, new URLSearchParams(JSON.parse(bytes.toString()) as Record<string, string>)),
    )
  })
}
