import type { CookieOptions } from './bayeux-options.ts'

/** A session keeps its value; ours have 20 characters. */
const longestValue = 256

/** The value of this cookie in a `Cookie` header, '' = none or none of ours; an empty header is no mistake (BX-122). */
export function cookieValue(header: string | undefined, name: string): string {
  if (!header) return ''
  let at = 0
  while (at < header.length) {
    const end = header.indexOf(';', at)
    const pair = header.slice(at, end < 0 ? header.length : end).trim()
    if (pair.startsWith(name) && pair[name.length] === '=')
      return pair.length - name.length - 1 <= longestValue ? pair.slice(name.length + 1) : ''
    if (end < 0) break
    at = end + 1
  }
  return ''
}

/** BX-120. */
export function setCookie(options: CookieOptions, value: string): string {
  const { name, path, domain, maxAge, httpOnly, secure, sameSite } = options
  return [
    `${name}=${value}`,
    ...(path === '' ? [] : [`Path=${path}`]),
    ...(domain === '' ? [] : [`Domain=${domain}`]),
    ...(maxAge < 0 ? [] : [`Max-Age=${maxAge}`]),
    ...(httpOnly ? ['HttpOnly'] : []),
    ...(secure ? ['Secure'] : []),
    ...(sameSite === '' ? [] : [`SameSite=${sameSite}`]),
  ].join('; ')
}
