import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** `GET /health` of one Chat Server, on a port of its own (CS-110 to CS-114). */
export interface HealthEndpoint {
  readonly url: string
  readonly port: number
  /** CS-113: afterwards the port refuses connections. */
  close(): Promise<void>
}

export async function startHealthEndpoint(
  host: string,
  port: number,
  /** undefined = there is no such page. */
  health: () => Record<string, number | string | boolean> | undefined,
): Promise<HealthEndpoint> {
  const server = createServer((request, response) => {
    request.resume()
    const isHealth = request.url?.split('?', 1)[0] === '/health'
    const members = isHealth ? health() : undefined
    const status = members === undefined ? 404 : request.method === 'GET' ? 200 : 405
    const body = JSON.stringify(status === 200 ? members : { errors: [{ code: status, advice: 'use GET /health' }] })
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(status === 405 ? { allow: 'GET' } : {}),
    })
    response.end(body)
  })
  server.on('clientError', (_error, socket) => socket.destroy())
  server.listen(port, host)
  await once(server, 'listening')
  const bound = (server.address() as AddressInfo).port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
