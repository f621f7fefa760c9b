import { connect, createServer } from 'node:net'

/** A reason not to start at all (exit 2): one sentence for the user, never a stack. */
export class CannotStart extends Error {}

const connectTimeoutMs = 3_000

/** @throws CannotStart when nothing accepts connections there. */
export async function assertReachable(what: string, url: string): Promise<void> {
  const { hostname, port, protocol } = new URL(url)
  const target = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80) }
  const refusal = await new Promise<string | undefined>(resolve => {
    const socket = connect(target)
    socket.setTimeout(connectTimeoutMs, () => done(`no answer within ${connectTimeoutMs / 1000} s`))
    socket.once('connect', () => done(undefined))
    socket.once('error', (error: NodeJS.ErrnoException) => done(connectError(error)))
    function done(reason: string | undefined) {
      socket.destroy()
      resolve(reason)
    }
  })
  if (refusal) throw new CannotStart(`${what} ${url} cannot be reached: ${refusal}`)
}

function connectError(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED') return 'connection refused (nothing listens there)'
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return 'the host name is not known'
  return error.message
}

/** @throws CannotStart when the port is taken. */
export async function assertPortFree(option: string, port: number, host: string): Promise<void> {
  const problem = await new Promise<string | undefined>(resolve => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
  if (problem === 'EADDRINUSE') {
    throw new CannotStart(`${option} ${port} is in use by another program; choose a free one, or leave it out`)
  }
  if (problem === 'EACCES') throw new CannotStart(`${option} ${port} is not allowed for this user; use one above 1023`)
  if (problem) throw new CannotStart(`${option} ${port} cannot be listened on: ${problem}`)
}
