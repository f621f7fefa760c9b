import type { IncomingMessage } from 'node:http'

/** Headers for a page of another origin; none where it may not read the answer (BX-165). */
export function crossOriginHeaders({ headers }: IncomingMessage, allowed: readonly string[]): string[] {
  const { origin } = headers
  if (allowed.length === 0 || origin === undefined || !isAllowed(origin, allowed)) return []
  // The origin itself rather than `*`: clients send their cookie, which browsers allow to a named origin only.
  return ['Access-Control-Allow-Origin', origin, 'Access-Control-Allow-Credentials', 'true', 'Vary', 'Origin']
}

export function preflightHeaders(request: IncomingMessage, allowed: readonly string[]): string[] {
  const headers = crossOriginHeaders(request, allowed)
  if (headers.length === 0) return headers
  const asked = request.headers['access-control-request-headers']
  return [
    ...headers,
    'Access-Control-Allow-Methods',
    'POST, GET',
    'Access-Control-Allow-Headers',
    typeof asked === 'string' && /^[\w\-, ]{1,500}$/.test(asked) ? asked : 'Content-Type',
    'Access-Control-Max-Age',
    '1800',
  ]
}

export function isAllowed(origin: string, allowed: readonly string[]): boolean {
  return allowed.includes(origin) || allowed.includes('*')
}
