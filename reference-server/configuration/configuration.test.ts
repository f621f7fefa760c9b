import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Log } from '../log.ts'
import { loadConfiguration, splitPath } from './configuration.ts'
import { optionTable } from './option-table.ts'

function load(text = '', set: string[] = []) {
  const warnings: string[] = []
  const log: Log = { debug() {}, info() {}, warn: line => void warnings.push(line), error() {} }
  const configuration = loadConfiguration({ text, source: 'test.ini', set, log })
  return { configuration, warnings, reader: configuration.reader('gms-1') }
}

test('[OPT-001] every documented option is read from a file without a warning; names are case-sensitive', () => {
  const lines = optionTable.flatMap(row =>
    row.sections.map(section => `[${section.replace('*', 'x')}]\n${row.option} = ${row.fallback ?? 'a text'}\n`),
  )
  const numberless = lines.filter(line => !/(resend-(attempts|delay)|reply-delay) = a text/.test(line))
  expect(load(numberless.join('')).warnings).toEqual([])
  expect(load('[settings]\nFlex-Push-Enabled = false\n').warnings).toEqual([
    'test.ini: [settings] Flex-Push-Enabled: unknown option (did you mean flex-push-enabled?); it is ignored',
  ])
})

test('[OPT-002] booleans are true and false in any case, anything else is invalid', () => {
  const flag = (value: string) =>
    load(`[settings]\nflex-push-on-join = ${value}\n`).reader.flag('settings', 'flex-push-on-join')
  expect(['TRUE', 'True', 'true', 'false', 'yes', '1'].map(flag)).toEqual([true, true, true, false, false, false])
})

test('[OPT-003] [OPT-020] [OPT-022] integers are decimal digits within their bounds', () => {
  const seconds = (value: string) =>
    load(`[settings]\nflex-push-timeout = ${value}\n`).reader.integer('settings', 'flex-push-timeout')
  const values = ['1', '1728000', ' 15 ', '0', '1728001', '-1', '1e3', '', '15.0', 'abc']
  expect(values.map(seconds)).toEqual([1, 1_728_000, 15, 300, 300, 300, 300, 300, 300, 300])
})

test('[OPT-004] [OPT-025] [OPT-090] lists drop blanks, empty items and unknown words', () => {
  const { reader, warnings } = load('[push]\npushEnabled =  comet , ,customhttp,comet, customhtp\n')
  expect(reader.list('push', 'pushEnabled')).toEqual(['comet', 'customhttp'])
  expect(warnings).toEqual([
    'test.ini: [push] pushEnabled: ignored customhtp (did you mean customhttp?); ' +
      'allowed are android, gcm, ios, httpcb, orscb, customhttp, fcm, comet',
  ])
  expect(load('[settings]\nflex-push-content =\n').reader.list('settings', 'flex-push-content')).toEqual([])
})

test('[OPT-005] [OPT-006] a wrong word is named with section, option, value, allowed values and the default used', () => {
  const { reader, warnings } = load('[settings]\nasync-idle-notices = Major\nflex-push-timeout = 0\n')
  expect(reader.text('settings', 'async-idle-notices')).toBe('major')
  expect(warnings).toEqual([
    "test.ini: [settings] async-idle-notices: 'Major' is not one of none, major, major2, typing, all; the default major is used",
    "test.ini: [settings] flex-push-timeout: '0' is not an integer from 1 to 1728000; the default 300 is used",
  ])
})

test('[OPT-007] an immediate option is in force at once', () => {
  const { configuration, reader } = load()
  expect(configuration.set('settings', 'flex-push-resend-delay', '5')).toEqual({ kind: 'in-force' })
  expect(reader.integer('settings', 'flex-push-resend-delay')).toBe(5)
})

test('[OPT-008] [OPT-080] [OPT-081] [OPT-012] an option after restart is pending until the node restarts', () => {
  const { configuration, reader } = load('[chat]\nenable_notification_mode = true\n')
  expect(configuration.set('chat', 'enable_notification_mode', 'false')).toEqual({ kind: 'pending', until: ['gms-1'] })
  expect(reader.flag('chat', 'enable_notification_mode')).toBe(true)
  const shown = () => configuration.effective().find(each => each.option === 'enable_notification_mode')
  expect(shown()).toEqual({
    section: 'chat',
    option: 'enable_notification_mode',
    value: 'true',
    origin: 'set',
    takesEffect: 'after restart',
    pending: 'false',
  })
  expect(configuration.reader('gms-1').flag('chat', 'enable_notification_mode')).toBe(false)
  expect(shown()).toMatchObject({ value: 'false' })
  expect(shown()).not.toHaveProperty('pending')
})

test('[OPT-008] [OPT-012] only actors that read the option and have another value hold it pending', () => {
  const { configuration } = load('[push]\npushEnabled = comet\n')
  configuration.reader('chat-server-201', 'chat-server')
  configuration.reader('gms-2')
  const set = (value: string | undefined) => configuration.set('push', 'pushEnabled', value)
  expect(set('comet,customhttp')).toEqual({ kind: 'pending', until: ['gms-1', 'gms-2'] })
  configuration.reader('gms-1')
  expect(set('comet,customhttp')).toEqual({ kind: 'pending', until: ['gms-2'] })
  configuration.reader('gms-2')
  expect(configuration.effective().filter(each => each.pending !== undefined)).toEqual([])
  expect(set('comet')).toEqual({ kind: 'pending', until: ['gms-1', 'gms-2'] })
  expect(set('comet,customhttp')).toEqual({ kind: 'in-force' })
})

test('[OPT-008] the node path of customhttp waits for the restart of a node, as customhttp.url does', () => {
  const { configuration } = load()
  expect(configuration.set('refserver', 'customhttp-node-path', 'true')).toEqual({ kind: 'pending', until: ['gms-1'] })
})

test('[OPT-008] ixn-submittedby-name waits for the Chat Servers', () => {
  const { configuration } = load()
  configuration.reader('chat-server-201', 'chat-server')
  expect(configuration.set('settings', 'ixn-submittedby-name', 'me')).toEqual({
    kind: 'pending',
    until: ['chat-server-201'],
  })
})

test('[OPT-009] [OPT-080] a service section overrides [chat], but not enable_notification_mode', () => {
  const { reader, warnings } = load(
    '[chat]\npush_notification_include_payload = true\n[chat.a.b]\npush_notification_include_payload = false\nenable_notification_mode = true\n',
  )
  const payload = (section: string) => reader.flag(section, 'push_notification_include_payload')
  expect([payload('chat.a.b'), payload('chat.other'), payload('chat')]).toEqual([false, true, true])
  expect(reader.flag('chat', 'enable_notification_mode')).toBe(false)
  expect(warnings).toEqual([
    'test.ini: [chat.a.b] enable_notification_mode: unknown option (it belongs to [chat]); it is ignored',
  ])
})

test.each([
  ['push_notification_include_payload', 'true', 'false'],
  ['push_notification_to_active_client', 'false', 'true'],
])(
  '[OPT-006] [OPT-009] an invalid %s of a service is its default, as the warning says',
  (option, general, fallback) => {
    const { configuration, reader, warnings } = load(`[chat]\n${option} = ${general}\n[chat.care]\n${option} = maybe\n`)
    expect(warnings).toEqual([
      `test.ini: [chat.care] ${option}: 'maybe' is not true or false; the default ${fallback} is used`,
    ])
    expect(['chat', 'chat.care'].map(section => reader.text(section, option))).toEqual([general, fallback])
    expect(configuration.effective().find(each => each.section === 'chat.care')).toMatchObject({ value: fallback })
  },
)

test('[OPT-010] deleting restores the default; unknown sections and options are named with the nearest known one', () => {
  const { configuration, reader, warnings } = load('[setings]\na = 1\n[settings]\nflex-push-timout = 7\n')
  expect(warnings).toEqual([
    'test.ini: unknown section [setings] (did you mean settings?); it is ignored',
    'test.ini: [settings] flex-push-timout: unknown option (did you mean flex-push-timeout?); it is ignored',
  ])
  configuration.set('settings', 'flex-push-timeout', '7')
  expect(configuration.set('settings', 'flex-push-timeout', undefined)).toEqual({ kind: 'in-force' })
  expect(reader.integer('settings', 'flex-push-timeout')).toBe(300)
})

test('[OPT-010] --set with a slip in a name that has dots names the option that was meant', () => {
  const { warnings } = load('', [
    'refserver.cometd.timeot=5',
    'push.customhttp.ulr=http://h',
    'chat.care.push_notification_include_paylod=true',
    'nowhere.at.all=1',
  ])
  expect(warnings).toEqual([
    'test.ini: [refserver] cometd.timeot: unknown option (did you mean cometd.timeout?); it is ignored',
    'test.ini: [push] customhttp.ulr: unknown option (did you mean customhttp.url?); it is ignored',
    'test.ini: [chat.care] push_notification_include_paylod: unknown option (did you mean push_notification_include_payload?); it is ignored',
    'test.ini: unknown section [nowhere.at]; it is ignored',
  ])
})

test('[OPT-006] a cookie that would become another one, and a path that another interface has, are refused', () => {
  const { warnings, reader } = load('', [
    'refserver.cometd.browserCookieName=',
    'refserver.cometd.browserCookieName=a;b',
    'refserver.cometd.browserCookiePath=x; Secure',
    'refserver.cometd.browserCookieDomain=a b',
    'refserver.cometd.path=',
    'refserver.cometd.path=/genesys/2/chat',
  ])
  expect(warnings.map(line => line.replace(/' is not .*;/, "' …;"))).toEqual([
    "test.ini: [refserver] cometd.browserCookieName: '' …; the default BAYEUX_BROWSER is used",
    "test.ini: [refserver] cometd.browserCookieName: 'a;b' …; the default BAYEUX_BROWSER is used",
    "test.ini: [refserver] cometd.browserCookiePath: 'x; Secure' …; the default / is used",
    "test.ini: [refserver] cometd.browserCookieDomain: 'a b' …; it counts as absent",
    "test.ini: [refserver] cometd.path: '' …; the default /genesys/cometd is used",
    "test.ini: [refserver] cometd.path: '/genesys/2/chat' …; the default /genesys/cometd is used",
  ])
  expect(reader.text('refserver', 'cometd.path')).toBe('/genesys/cometd')
  for (const path of ['/cometd', 'genesys/cometd/', '/a/b/c', '/genesys/2x'])
    expect(load('', [`refserver.cometd.path=${path}`]).warnings).toEqual([])
})

test('[OPT-006] an invalid value at run time brings back the default', () => {
  const { configuration, reader } = load('[settings]\nflex-push-timeout = 7\n')
  expect(configuration.set('settings', 'flex-push-timeout', 'x')).toEqual({
    kind: 'warned',
    warning: "[settings] flex-push-timeout: 'x' is not an integer from 1 to 1728000; the default 300 is used",
  })
  expect(reader.integer('settings', 'flex-push-timeout')).toBe(300)
})

test('[OPT-006] [OPT-010] what is wrong with a value that is set later is told to the log of the running server', () => {
  const { configuration, warnings } = load()
  const later: string[] = []
  configuration.logTo({ debug() {}, info() {}, warn: line => void later.push(line), error() {} })
  configuration.set('settings', 'flex-push-on-join', 'yes')
  expect([warnings, later]).toEqual([
    [],
    ["test.ini: [settings] flex-push-on-join: 'yes' is not true or false; the default false is used"],
  ])
})

test('[OPT-085] a service exists by its section, which may be empty', () => {
  const { configuration, reader } = load('[chat.customer-support]\n')
  expect([configuration.hasService('customer-support'), reader.hasService('sales')]).toEqual([true, false])
})

test('[OPT-091] [OPT-093] an option without default is absent until it is set, and then verbatim', () => {
  const { reader } = load('[push]\napple.title =\ncustomhttp.url = http://h:1/p?a=b;c#d\n')
  expect([reader.own('push', 'apple.alertMessage.body'), reader.own('push', 'apple.title')]).toEqual([undefined, ''])
  expect(reader.text('push', 'customhttp.url')).toBe('http://h:1/p?a=b;c#d')
})

test('--set finds the option behind dots in section and option names', () => {
  expect(splitPath('push.customhttp.url')).toEqual({ section: 'push', option: 'customhttp.url' })
  expect(splitPath('push.provider.x.debug.customhttp.url')).toEqual({
    section: 'push.provider.x',
    option: 'debug.customhttp.url',
  })
  expect(splitPath('chat.a.b.refserver.auth-username')).toEqual({
    section: 'chat.a.b',
    option: 'refserver.auth-username',
  })
  const { reader, warnings } = load('', ['push.customhttp.url=http://h/?a=b', 'nonsense'])
  expect(reader.text('push', 'customhttp.url')).toBe('http://h/?a=b')
  expect(warnings).toEqual(['test.ini: --set nonsense: allowed is section.option=value; it is ignored'])
})

test('lines that are no INI are reported and skipped; comments, blanks and line ends do not matter', () => {
  const { reader, warnings } = load(
    '\uFEFF; c\r\nearly = 1\r\n [ settings ] \r\n# c\r\nwhat\r\nflex-push-timeout=7\r\n',
  )
  expect(reader.integer('settings', 'flex-push-timeout')).toBe(7)
  expect(warnings).toEqual([
    'test.ini: line 2 stands before the first [section]; it is ignored',
    'test.ini: line 5 is neither [section] nor option = value; it is ignored',
  ])
})

test('[OPT-012] the effective configuration names each value with its origin', () => {
  const { configuration } = load('[settings]\nflex-push-timeout = 7\nflex-push-on-join = maybe\n', [
    'settings.limit-for-sessions=5',
  ])
  const of = (option: string) => {
    const { value, origin } = configuration.effective().find(each => each.option === option)!
    return [value, origin]
  }
  expect(['flex-push-timeout', 'flex-push-on-join', 'limit-for-sessions', 'flex-push-resend-delay'].map(of)).toEqual([
    ['7', 'file'],
    ['false', 'invalid'],
    ['5', 'set'],
    ['15', 'default'],
  ])
})

test('[OPT-110] reading an option that is in no table is an error of the code', () => {
  expect(() => load().reader.text('settings', 'flex-push-timeouts')).toThrow('no option flex-push-timeouts')
})

test('[OPT-120] the documented push set-up loads without a warning', () => {
  const text = readFileSync(new URL('../async-push.ini', import.meta.url), 'utf8')
  const { reader, warnings } = load(text, ['push.customhttp.url=http://127.0.0.1:9090/push'])
  expect(warnings).toEqual([])
  expect(reader.list('push', 'pushEnabled')).toEqual(['comet', 'customhttp'])
  expect(reader.flag('settings', 'flex-push-on-join')).toBe(true)
  expect(reader.integer('settings', 'flex-push-timeout')).toBe(86_400)
  expect(reader.hasService('customer-support')).toBe(true)
  const payload = ['chat', 'chat.customer-support'].map(section =>
    reader.flag(section, 'push_notification_include_payload'),
  )
  expect(payload).toEqual([true, false])
})

test('[OPT-012] what all actors share reads options as they are and holds up no value that waits for a restart', () => {
  const text = '[chat]\nenable_notification_mode = true\n'
  const log: Log = { debug() {}, info() {}, warn() {}, error() {} }
  const configuration = loadConfiguration({ text, log })
  const reader = configuration.reader('file-store', 'process')
  configuration.set('refserver', 'file-store-max-bytes', '5')
  expect(reader.integer('refserver', 'file-store-max-bytes')).toBe(5)
  expect(configuration.set('chat', 'enable_notification_mode', undefined)).toEqual({ kind: 'in-force' })
  const row = configuration.effective().find(each => each.option === 'enable_notification_mode')
  expect(row).toMatchObject({ value: 'false', origin: 'default' })
  expect(row).not.toHaveProperty('pending')
})
