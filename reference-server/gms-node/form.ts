import { parse } from 'node:querystring'

/** Fields of a form; without a prototype, since names come from the network. A repeated field keeps its first value. */
export type Form = Record<string, string | string[] | undefined>

/** Far above any form of a chat client; what is beyond is cut instead of costing seconds. */
const mostFields = 10_000

/** Never throws: a malformed escape stays as it is, invalid UTF-8 becomes U+FFFD. */
export function parseUrlEncoded(body: Buffer): Form {
  return parse(body.toString('utf8'), '&', '=', { maxKeys: mostFields })
}

/** File parts are left out. @throws when the body is no multipart form. */
export async function parseMultipart(body: Buffer, contentType: string): Promise<Form> {
  const data = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData()
  const form: Form = Object.create(null)
  let fields = 0
  for (const [name, value] of data) {
    if (++fields > mostFields) break
    if (typeof value === 'string') form[name] ??= value
  }
  return form
}

/** CV2-012: an empty value is no value. */
export function field(form: Form, name: string): string | undefined {
  const value = form[name]
  return (typeof value === 'string' ? value : value?.[0]) || undefined
}

const longestKey = 255
const userDataName = /^userData\[(.+)\]$/s

/** `userData[key]` fields (CV2-074). A key above 255 characters cannot be attached and is left out (OQ-14). */
export function userDataOf(form: Form): Record<string, string> {
  const userData: Record<string, string> = Object.create(null)
  for (const name in form) {
    if (!name.startsWith('userData[')) continue
    const key = userDataName.exec(name)?.[1]
    if (key === undefined || key.length > longestKey) continue
    const value = form[name]!
    userData[key] = typeof value === 'string' ? value : value[0]!
  }
  return userData
}
