/** Fields of a form; `get` gives a repeated field its first value. */
export type Form = URLSearchParams

/** Never throws: a malformed escape stays as it is, invalid UTF-8 becomes U+FFFD. Cheaper than node:querystring. */
export function parseUrlEncoded(body: Buffer): Form {
  return new URLSearchParams(body.toString('utf8'))
}

/** What is read of a form; CometD has its members in a map. */
export interface Fields extends Iterable<[string, string]> {
  get(name: string): string | null | undefined
}

/** CV2-012: an empty value is no value. */
export function field(form: Fields, name: string): string | undefined {
  return form.get(name) || undefined
}

const longestKey = 255
const userDataName = /^userData\[(.+)\]$/s

/**
 * `userData[key]` fields (CV2-074), without a prototype, since keys come from the network. A key above 255 characters
 * cannot be attached and is left out (OQ-14).
 */
export function userDataOf(form: Fields): Record<string, string> {
  const userData: Record<string, string> = Object.create(null)
  for (const [name, value] of form) {
    const key = userDataName.exec(name)?.[1]
    if (key !== undefined && key.length <= longestKey) userData[key] ??= value
  }
  return userData
}
