import type { RequestError } from './request-error.ts'

/** A refusal on its way through fastify's error handler. */
export class RefusedBody extends Error {
  readonly refusal: RequestError

  constructor(refusal: RequestError) {
    super(refusal.advice)
    this.refusal = refusal
  }
}
