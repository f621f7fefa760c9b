import type { Stack } from '../../stack.ts'
import { cometdPath } from './cometd-path.ts'

/**
 * The node has read what was sent before: a request that we do not wait for would else be overtaken, on another connection, by the
 * next one. A new connection is taken in the turn of the node's loop in which the first of these is answered, and read in the next.
 */
export async function untilRead({ urls, http, patienceMs }: Stack, node: number): Promise<void> {
  const request = { method: 'OPTIONS', url: urls[node] + cometdPath, headers: {}, timeoutMs: patienceMs }
  try {
    for (let round = 0; round < 2; round++) await http.send(request)
  } catch {
    // A node that is down, or keeps silent to OPTIONS, reads nothing more: then the window that follows must do.
  }
}
