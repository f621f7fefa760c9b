/** Cookies of one browser: names and values, as every Bayeux client keeps them. */
export interface CookieJar {
  /** Value of a `Cookie` header, '' = none. */
  header(): string
  /** @param setCookie a `Set-Cookie` header, several of them joined by commas. */
  take(setCookie: string | undefined): void
  value(name: string): string | undefined
}

export function createCookieJar(): CookieJar {
  const values = new Map<string, string>()
  return {
    header: () => [...values].map(([name, value]) => `${name}=${value}`).join('; '),
    take(setCookie = '') {
      // A comma may also stand in an Expires date, which no name follows with an equals sign.
      for (const [, name, value] of setCookie.matchAll(/(?:^|,\s*)([^=;,\s]+)=([^;,]*)/g)) values.set(name!, value!)
    },
    value: name => values.get(name),
  }
}
