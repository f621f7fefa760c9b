/** Letters, digits and what CometD takes besides: the specification's set and some more. */
const characters = 'A-Za-z0-9 !#$()*+\\-./@_{~}'
const legalName = new RegExp(`^/[${characters}]+$`)
const legalId = new RegExp(`^[${characters}]+$`)
/** Of a name and of an id: the server keeps both, and looks for the listeners of a name segment by segment. */
const longest = 256

/**
 * The name as it is kept, without a last slash (`/tr/` is `/tr`). @returns undefined for what is no channel: foreign
 * letters, empty segments, wildcards before the last segment (BX-066, BX-093), and for what is too long.
 */
export function channelName(name: string): string | undefined {
  if (name.length > longest || !legalName.test(name)) return undefined
  const plain = name.endsWith('/') ? name.slice(0, -1) : name
  if (plain.includes('//') || plain.includes('*/') || plain === '' || plain.endsWith('/')) {
    const segments = plain.slice(1).split('/')
    const isBroken = segments.some((segment, at) => segment === '' || (isWildcard(segment) && at < segments.length - 1))
    if (isBroken) return undefined
  }
  return plain
}

function isWildcard(segment: string): boolean {
  return segment === '*' || segment === '**'
}

export function isLegalId(id: string): boolean {
  return id.length <= longest && legalId.test(id)
}

export function isMeta(channel: string): boolean {
  return channel.startsWith('/meta/')
}

export function isService(channel: string): boolean {
  return channel.startsWith('/service/')
}

/**
 * All names of subscriptions that this channel belongs to, its own first: `/a/b` is in `/a/*`, `/a/**` and `/**`; `**`
 * stands for one segment or more (BX-063).
 */
export function subscriptionsOf(channel: string): string[] {
  const last = channel.lastIndexOf('/')
  const names = [channel, `${channel.slice(0, last)}/*`]
  for (let at = last; at >= 0; at = at === 0 ? -1 : channel.lastIndexOf('/', at - 1))
    names.push(`${channel.slice(0, at)}/**`)
  return names
}
