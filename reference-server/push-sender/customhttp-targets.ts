import type { EventType } from '../../protocol/chat/event.ts'

/** Sections `push`, `push.provider.…` as they were when the node started (PUSH-004, PUSH-106). */
export interface PushSections {
  enabledTypes: ReadonlySet<string>
  /** Options of a section, undefined when there is no such section. */
  section(name: string): Readonly<Record<string, string>> | undefined
}

export interface CustomhttpTarget {
  kind: 'target'
  origin: string
  /** Path with query, without the node's own segment. */
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
  if (named && !sections.section(named)) return { kind: 'none', reason: `no section [${named}]` }
  // OQ-43: event section of the named provider, named provider, event section of the default, [push].
  const order = [
    ...(named ? [`${named}.event.${eventType}`, named] : []),
    `push.provider.event.${eventType}`,
    'push',
  ].map(name => sections.section(name) ?? {})
  const option = (name: string) => {
    // OQ-44: debug uses only the `debug.` keys, and never falls back to the plain ones.
    const key = debug ? `debug.${name}` : name
    return order.find(section => section[key])?.[key]
  }
  const name = `${debug ? 'debug.' : ''}customhttp.url`
  const url = option('customhttp.url')
  if (!url) return { kind: 'none', reason: `${name} is not set` }
  const parsed = URL.parse(url)
  if (!parsed || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    return { kind: 'none', reason: `${name} is no http or https URL: ${url}` }
  }
  const path = nodePath === undefined ? parsed.pathname : `${parsed.pathname.replace(/\/$/, '')}/${nodePath}`
  return { kind: 'target', origin: parsed.origin, path: path + parsed.search, message: option('customhttp.message') }
}
