import { chatServerOptions } from './chat-server-options.ts'
import { gmsOptions } from './gms-options.ts'

export type OptionKind =
  | { type: 'text'; pattern?: RegExp; allowed?: string }
  | { type: 'flag' }
  | { type: 'integer'; min: number; max: number }
  | { type: 'words'; words: readonly string[] }
  /** Unknown items are dropped (OPT-025, OPT-090); `items` absent = any. */
  | { type: 'list'; items?: readonly string[] }

/** One row per documented option: the only place that knows its name, default, bounds and effect time. */
export interface OptionRow {
  option: string
  /** Section name; `*` stands for one or more words. */
  sections: readonly string[]
  kind: OptionKind
  /** undefined = none: absent means absent. */
  fallback?: string
  takesEffect: 'immediately' | 'after restart'
  /** Where it is documented. */
  rule: string
}

/**
 * Each option belongs to one configuration object: that of the Chat Server application or that of the GMS cluster. What all
 * actors share (`process`) restarts with none of them, so no value waits for it; it reads immediate options only.
 */
export type ActorKind = 'chat-server' | 'gms-node' | 'process'

const chatServerRows: ReadonlySet<OptionRow> = new Set(chatServerOptions)

/** Whose restart a value waits for (OPT-008). */
export function ownerOf(row: OptionRow): ActorKind {
  return chatServerRows.has(row) ? 'chat-server' : 'gms-node'
}

export const optionTable: readonly OptionRow[] = [...chatServerOptions, ...gmsOptions]

const matchers = new Map<string, RegExp>()

export function matchesSection(pattern: string, section: string): boolean {
  let matcher = matchers.get(pattern)
  if (!matcher) {
    matcher = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.+')}$`)
    matchers.set(pattern, matcher)
  }
  return matcher.test(section)
}

const rows = new Map<string, OptionRow | undefined>()

export function findOption(section: string, option: string): OptionRow | undefined {
  const key = `${section}\n${option}`
  if (!rows.has(key)) {
    rows.set(
      key,
      optionTable.find(row => row.option === option && row.sections.some(pattern => matchesSection(pattern, section))),
    )
  }
  return rows.get(key)
}

export function isKnownSection(section: string): boolean {
  return optionTable.some(row => row.sections.some(pattern => matchesSection(pattern, section)))
}
