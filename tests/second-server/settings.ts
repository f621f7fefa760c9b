// The product's options: where each stands in a configuration file, its flag, its default and what it may be.
import type { IniFile } from './ini.ts'

export const CONTENT_MEMBERS = ['app-dbid', 'secure-key', 'session-id', 'user-id'] as const

type Read<T> = (text: string) => T
type Row<T> = { flag: string; section: string; option: string; fallback: T; read: Read<T> }
const row = <T>(flag: string, section: string, option: string, fallback: T, read: Read<T>): Row<T> => ({
  ...{ flag, section, option, fallback, read },
})

export const numberIn =
  (low: number, high: number) =>
  (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (!(value >= low && value <= high)) throw new Error(`must be a number from ${low} to ${high}, not '${text}'`)
    return value
  }
export const wholeIn =
  (low: number, high: number) =>
  (text: string): number => {
    const value = numberIn(low, high)(text)
    if (!Number.isInteger(value)) throw new Error(`must be a whole number from ${low} to ${high}, not '${text}'`)
    return value
  }
/** Seconds, as documented; fractions are this server's own addition, so that tests need not wait. */
const secondsIn =
  (low: number, high: number) =>
  (text: string): number =>
    numberIn(low, high)(text) * 1000
const truth = (text: string): boolean => {
  const word = text.toLowerCase()
  if (word !== 'true' && word !== 'false') throw new Error(`must be true or false, not '${text}'`)
  return word === 'true'
}
const url = (text: string): string | undefined => {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) throw new Error(`must be an http(s) URL, not '${text}'`)
  return text
}
const wordsOf =
  (known: readonly string[]) =>
  (text: string): readonly string[] => {
    const words = text.split(',').flatMap(part => part.trim() || [])
    for (const word of words) {
      if (!known.includes(word)) throw new Error(`knows only ${known.join(', ')}, not '${word}'`)
    }
    return words
  }
const credentials = (text: string): string | undefined => {
  if (!/^[^:]+:/.test(text)) throw new Error('must be username:password')
  return text
}
const none: string | undefined = undefined

const PUSH_TYPES = ['comet', 'customhttp']
const TWENTY_DAYS_S = 1_728_000
const pushContent: readonly string[] = ['session-id', 'user-id']

export const CATALOGUE = {
  notificationMode: row('notification-mode', 'chat', 'enable_notification_mode', false, truth),
  includePayload: row('include-payload', 'chat', 'push_notification_include_payload', false, truth),
  basicAuth: row('basic-auth', 'chat', 'basic-auth', none, credentials),
  pushEnabled: row('push-enabled', 'push', 'pushEnabled', PUSH_TYPES as readonly string[], wordsOf(PUSH_TYPES)),
  pushUrl: row('push-url', 'push', 'customhttp.url', none, url),
  debugPushUrl: row('debug-push-url', 'push', 'debug.customhttp.url', none, url),
  flexPushEnabled: row('flex-push-enabled', 'settings', 'flex-push-enabled', true, truth),
  flexPushOnJoin: row('flex-push-on-join', 'settings', 'flex-push-on-join', false, truth),
  pushContent: row('push-content', 'settings', 'flex-push-content', pushContent, wordsOf(CONTENT_MEMBERS)),
  resendDelayMs: row('resend-delay', 'settings', 'flex-push-resend-delay', 15_000, secondsIn(0.01, 86_400)),
  resendAttempts: row('resend-attempts', 'settings', 'flex-push-resend-attempts', 10, wholeIn(0, 1_000_000)),
  flexPushTimeoutMs: row('push-timeout', 'settings', 'flex-push-timeout', 300_000, secondsIn(0.01, TWENTY_DAYS_S)),
  flexDisconnectMs: row(
    'disconnect-timeout',
    'settings',
    'flex-disconnect-timeout',
    120_000,
    secondsIn(0.01, TWENTY_DAYS_S),
  ),
  shutdownNotify: row('shutdown-notify', 'settings', 'shutdown-notify-flex-push', 0, wholeIn(0, 1)),
  idleAlertMs: row('idle-alert', 'settings', 'idle-alert', 0, secondsIn(0, TWENTY_DAYS_S)),
  idleCloseMs: row('idle-close', 'settings', 'idle-close', 0, secondsIn(0, TWENTY_DAYS_S)),
}
type Catalogue = typeof CATALOGUE
export type Provider = { pushUrl: string | undefined; debugPushUrl: string | undefined }
export type Settings = { -readonly [Name in keyof Catalogue]: Catalogue[Name]['fallback'] } & {
  providers: ReadonlyMap<string, Provider>
  /** Names of the chat services; empty: every name is one. */
  services: ReadonlySet<string>
}

/** Documented options that mean nothing here: iOS, Android and CometD. */
const IGNORED = new Set(['push_notification_to_active_client', 'customhttp.message', 'debug.customhttp.message'])
const PROVIDER = /^push\.provider\.(.+)$/
const SERVICE = /^chat\.(.+)$/

function checkNames(file: IniFile): void {
  const rows = Object.values(CATALOGUE)
  for (const [section, options] of file) {
    const asked = PROVIDER.test(section) ? 'push' : SERVICE.test(section) ? 'chat' : section
    const known = rows.filter(({ section: own }) => own === asked).map(({ option }) => option)
    if (known.length === 0) throw new Error(`[${section}] is no section; there are [chat], [push] and [settings]`)
    for (const name of options.keys()) {
      if (known.includes(name) || IGNORED.has(name)) continue
      throw new Error(`[${section}] has no option '${name}'; it has ${known.join(', ')}`)
    }
  }
}

const said = <T>(where: string, read: Read<T>, text: string): T => {
  try {
    return read(text)
  } catch (error) {
    throw new Error(`${where} ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Flags win over the file, the file over the defaults. */
export function readSettings(flags: Readonly<Record<string, string | undefined>>, file: IniFile): Settings {
  checkNames(file)
  const values: Record<string, unknown> = {}
  for (const [name, { flag, section, option, fallback, read }] of Object.entries(CATALOGUE)) {
    const given = flags[flag]
    const written = file.get(section)?.get(option)
    if (given !== undefined) values[name] = said<unknown>(`--${flag}`, read, given)
    else if (written !== undefined) values[name] = said<unknown>(`[${section}] ${option}`, read, written)
    // The flag alone is to mean: push; what the documentation tells to switch on for it is then on.
    else values[name] = ['notificationMode', 'flexPushOnJoin'].includes(name) && flags['push-url'] ? true : fallback
  }
  const providers = new Map<string, Provider>()
  const services = new Set<string>()
  for (const [section, options] of file) {
    const service = SERVICE.exec(section)?.[1]
    if (service !== undefined) services.add(service)
    const provider = PROVIDER.exec(section)?.[1]
    if (provider === undefined) continue
    const urlOf = (option: string): string | undefined => {
      const text = options.get(option)
      return text === undefined ? undefined : said(`[${section}] ${option}`, url, text)
    }
    providers.set(provider, { pushUrl: urlOf('customhttp.url'), debugPushUrl: urlOf('debug.customhttp.url') })
  }
  return { ...(values as Omit<Settings, 'providers' | 'services'>), providers, services }
}
