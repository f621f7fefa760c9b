// Request bodies: form-urlencoded or multipart.
import type { IncomingMessage } from 'node:http'

const LIMIT = 1024 * 1024

export class BadBody extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
export class BadUserData extends Error {}

const readAll = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > LIMIT) throw new BadBody(413, 'body too large')
    parts.push(part)
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
}

/** The fields of one request; of a repeated field the last value holds. */
export async function readForm(request: IncomingMessage): Promise<Map<string, string>> {
  const type = request.headers['content-type'] ?? ''
  const body = await readAll(request)
  if (/^multipart\/form-data\b/i.test(type)) {
    const fields = new Map<string, string>()
    const whole = new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    const form = await whole.formData().catch(() => {
      throw new BadBody(400, 'multipart body not readable')
    })
    for (const [name, value] of form) if (typeof value === 'string') fields.set(name, value)
    return fields
  }
  if (body.length === 0 || /^application\/x-www-form-urlencoded\b/i.test(type)) {
    return new Map(new URLSearchParams(body.toString('utf8')))
  }
  throw new BadBody(415, 'only form fields are understood')
}

/** Of `userData` as one JSON object; what is not a string in it is kept as JSON. */
function fromJson(text: string): [string, string][] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new BadUserData('userData is not JSON')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new BadUserData('userData is not a JSON object')
  }
  return Object.entries(parsed).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])
}

/** The attached data: `userData[key]` members, or one `userData` with a JSON object. */
export function userDataOf(form: ReadonlyMap<string, string>): Map<string, string> {
  const userData = new Map<string, string>(fromJson(form.get('userData') || '{}'))
  for (const [name, value] of form) {
    const key = /^userData\[(.+)\]$/.exec(name)?.[1]
    if (key !== undefined) userData.set(key, value)
  }
  return userData
}
