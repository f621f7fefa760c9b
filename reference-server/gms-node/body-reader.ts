import type { Readable } from 'node:stream'

/**
 * Reads a request body up to a limit that may change at run time (fastify's own is fixed when a route is made). What is
 * beyond the limit is thrown away by node:http after the answer, so that the client gets to read it.
 */
export function readBody(
  body: Readable,
  contentLength: string | undefined,
  limitBytes: number,
  done: (error: 'too large' | Error | undefined, bytes: Buffer) => void,
): void {
  if (contentLength !== undefined && Number(contentLength) > limitBytes) {
    done('too large', empty)
    return
  }
  let only: Buffer | undefined
  let chunks: Buffer[] | undefined
  let length = 0
  let isDone = false
  const finish = (error: 'too large' | Error | undefined) => {
    if (isDone) return
    isDone = true
    const bytes = error ? empty : chunks ? Buffer.concat(chunks, length) : (only ?? empty)
    // The listeners live as long as the request.
    chunks = only = undefined
    done(error, bytes)
  }
  body.on('data', (chunk: Buffer) => {
    if (isDone) return
    length += chunk.length
    if (length > limitBytes) {
      return finish('too large')
    }
    if (chunks) chunks.push(chunk)
    else if (only) chunks = [only, chunk]
    else only = chunk
  })
  body.on('end', () => finish(undefined))
  body.on('error', finish)
}

const empty = Buffer.alloc(0)
