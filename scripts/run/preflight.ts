import { connect, createServer } from 'node:net'
import { UserError } from '../program/user-error.ts'

const connectTimeoutMs = 3_000

/** @throws UserError when nothing accepts connections there. */
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
  if (refusal) throw new UserError(`${what} ${url} cannot be reached: ${refusal}`)
}

function connectError(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED') return 'connection refused (nothing listens there)'
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return 'the host name is not known'
  return error.message
}

/** @throws UserError when the port is taken. */
export async function assertPortFree(option: string, port: number, host: string): Promise<void> {
  const problem = await new Promise<string | undefined>(resolve => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
  if (problem === 'EADDRINUSE') {
    throw new UserError(`${option} ${port} is in use by another program; choose a free one, or leave it out`)
  }
  if (problem === 'EACCES') throw new UserError(`${option} ${port} is not allowed for this user; use one above 1023`)
  if (problem) throw new UserError(`${option} ${port} cannot be listened on: ${problem}`)
}
