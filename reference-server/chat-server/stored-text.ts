/** Enough for every documented key and the few values all sessions share; what comes later is stored on its own. */
const sharedLimit = 4_000
const shared = new Map<string, string>()

/** One copy for all sessions: keys and short values such as `true` or `customhttp`. */
export function shareText(text: string): string {
  const known = shared.get(text)
  if (known !== undefined) return known
  const own = copyText(text)
  if (shared.size < sharedLimit) shared.set(own, own)
  return own
}

/** A string cut out of a request body keeps the whole body alive; a copy does not. */
export function copyText(text: string): string {
  return Buffer.from(text).toString()
}

/** Attached data as a session keeps it for days. Equal values of one session are stored once. */
export function copyUserData(userData: Readonly<Record<string, string>> | undefined): Record<string, string> {
  const copy: Record<string, string> = {}
  if (!userData) return copy
  const own = new Map<string, string>()
  for (const [key, value] of Object.entries(userData)) {
    let stored = value.length <= 12 ? shareText(value) : own.get(value)
    if (stored === undefined) {
      stored = copyText(value)
      own.set(value, stored)
    }
    copy[shareText(key)] = stored
  }
  return copy
}
