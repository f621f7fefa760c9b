import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { CometdAsked, FaultGate, Reply } from './gate.ts'

/** Lets a fault change what is answered straight on node:http, where no framework has a hook. */
export function changeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  change: NonNullable<FaultGate['cometdReply']>,
): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  const writeHead = response.writeHead.bind(response)
  const end = response.end.bind(response)
  let status = 200
  let headers: Record<string, string> = {}

  response.writeHead = (code: number, given?: unknown) => {
    status = code
    headers = byName(given as OutgoingHttpHeaders | readonly string[] | undefined)
    return response
  }
  response.end = (body?: unknown) => {
    const asked: CometdAsked = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    }
    const changed: Reply | undefined = change({ status, headers, body: String(body ?? '') }, asked)
    if (!changed) return response.destroy()
    writeHead(changed.status, { ...changed.headers, 'content-length': Buffer.byteLength(changed.body) })
    end(changed.body)
    return response
  }
}

function byName(given: OutgoingHttpHeaders | readonly string[] = {}): Record<string, string> {
  const pairs = Array.isArray(given)
    ? given.flatMap((name, at) => (at % 2 === 0 ? [[name, given[at + 1]] as const] : []))
    : Object.entries(given)
  return Object.fromEntries(pairs.map(([name, value]) => [String(name).toLowerCase(), String(value)]))
}
