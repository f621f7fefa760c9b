import type { EventType } from '../../protocol/chat/event.ts'

/** Sections `push`, `push.provider.…` as they were when the node started (PUSH-004, PUSH-106). */
export interface PushSections {
  enabledTypes: ReadonlySet<string>
  hasSection(name: string): boolean
  /** Value in exactly this section, no fallback. */
  option(section: string, name: string): string | undefined
}

export interface CustomhttpTarget {
  kind: 'target'
  origin: string
  /** Path with query, the node's own segment included. */
  path: string
  /** `customhttp.message` of the same provider. */
  message: string | undefined
}

export interface NoTarget {
  kind: 'none'
  reason: string
}

export type TargetLookup = (
  provider: string | undefined,
  eventType: EventType,
  debug: boolean,
) => CustomhttpTarget | NoTarget

/** Where customhttp pushes go; answers are kept, since the sections cannot change before the next start. */
export function customhttpTargets(sections: PushSections, nodePath: string | undefined): TargetLookup {
  const known = new Map<string, CustomhttpTarget | NoTarget>()
  return (provider, eventType, debug) => {
    const key = `${debug ? 'd' : 'p'} ${eventType} ${provider ?? ''}`
    let target = known.get(key)
    if (!target) {
      target = lookUp(sections, provider, eventType, debug, nodePath)
      // Providers come from clients: an unbounded number of made-up names must not stay.
      if (known.size < 1000) known.set(key, target)
    }
    return target
  }
}

function lookUp(
  sections: PushSections,
  provider: string | undefined,
  eventType: EventType,
  debug: boolean,
  nodePath: string | undefined,
): CustomhttpTarget | NoTarget {
  const named = provider ? `push.provider.${provider}` : undefined
  // PUSH-102: a name without a section is no provider.
  if (named && !sections.hasSection(named)) return { kind: 'none', reason: `no section [${named}]` }
  // OQ-43: event section of the named provider, named provider, event section of the default, [push].
  const order = [...(named ? [`${named}.event.${eventType}`, named] : []), `push.provider.event.${eventType}`, 'push']
  // OQ-44: debug uses only the `debug.` keys, and never falls back to the plain ones.
  const keyOf = (name: string) => (debug ? `debug.${name}` : name)
  const option = (name: string) => {
    for (const section of order) {
      const value = sections.option(section, keyOf(name))
      if (value) return value
    }
    return undefined
  }
  const url = option('customhttp.url')
  if (!url) return { kind: 'none', reason: `${keyOf('customhttp.url')} is not set` }
  const parsed = URL.parse(url)
  if (!parsed || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    return { kind: 'none', reason: `${keyOf('customhttp.url')} is no http or https URL: ${url}` }
  }
  const path = nodePath === undefined ? parsed.pathname : `${parsed.pathname.replace(/\/$/, '')}/${nodePath}`
  return { kind: 'target', origin: parsed.origin, path: path + parsed.search, message: option('customhttp.message') }
}
