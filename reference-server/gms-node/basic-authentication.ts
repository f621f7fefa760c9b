import type { Credentials } from './node-options.ts'

/** HTTP Basic; the password may contain colons, the user name may not. */
export function isAuthorized(header: string | undefined, expected: Credentials): boolean {
  const encoded = /^basic +(\S+) *$/i.exec(header ?? '')?.[1]
  return (
    encoded !== undefined && Buffer.from(encoded, 'base64').toString() === `${expected.username}:${expected.password}`
  )
}
