// The product's options: defaults as documented, flags over file, and what is refused.
import { expect, test } from 'vitest'
import { parseIni } from './ini.ts'
import { readSettings } from './settings.ts'

const sample = `
# as the documentation prints it
[chat]
enable_notification_mode=true
push_notification_include_payload = true
[chat.customer-support]
[push]
customhttp.message=dummy message
customhttp.url=http://127.0.0.1:9/push?a=b
debug.customhttp.url=http://127.0.0.1:9/debug
pushEnabled=comet,customhttp
[push.provider.other]
customhttp.url=http://127.0.0.1:9/other
[settings]
flex-push-timeout=86400
`
const documented = {
  notificationMode: false,
  includePayload: false,
  basicAuth: undefined,
  pushEnabled: ['comet', 'customhttp'],
  pushUrl: undefined,
  debugPushUrl: undefined,
  flexPushEnabled: true,
  flexPushOnJoin: false,
  pushContent: ['session-id', 'user-id'],
  resendDelayMs: 15_000,
  resendAttempts: 10,
  flexPushTimeoutMs: 300_000,
  flexDisconnectMs: 120_000,
  shutdownNotify: 0,
  idleAlertMs: 0,
  idleCloseMs: 0,
  providers: new Map(),
  services: new Set(),
}

test('without a word everything has its default', () => {
  expect(readSettings({}, new Map())).toEqual(documented)
})

test('the documented sample is understood, a flag wins over it', () => {
  expect(readSettings({ 'push-timeout': '60' }, parseIni(sample))).toEqual({
    ...documented,
    notificationMode: true,
    includePayload: true,
    pushUrl: 'http://127.0.0.1:9/push?a=b',
    debugPushUrl: 'http://127.0.0.1:9/debug',
    flexPushTimeoutMs: 60_000,
    providers: new Map([['other', { pushUrl: 'http://127.0.0.1:9/other', debugPushUrl: undefined }]]),
    services: new Set(['customer-support']),
  })
})

test('the push URL as a flag switches on what pushes need, unless told otherwise', () => {
  const flags = { 'push-url': 'http://127.0.0.1:9/' }
  expect(readSettings(flags, new Map())).toMatchObject({ notificationMode: true, flexPushOnJoin: true })
  const off = { ...flags, 'flex-push-on-join': 'false' }
  expect(readSettings(off, new Map())).toMatchObject({ notificationMode: true, flexPushOnJoin: false })
})

test.each([
  ['[settings]\nflex-push-timeout=0', '[settings] flex-push-timeout must be a number from 0.01 to 1728000'],
  ['[settings]\nflex-push-resend-attempts=1.5', 'must be a whole number from 0 to 1000000'],
  ['[settings]\nflex-push-on-join=yes', 'must be true or false'],
  ['[settings]\nflex-push-content=session-id,nickname', 'knows only app-dbid, secure-key, session-id, user-id'],
  ['[settings]\nflex-push=1', "[settings] has no option 'flex-push'"],
  ['[setings]\na=1', '[setings] is no section'],
  ['[push]\ncusthttp.url=http://a/', "[push] has no option 'custhttp.url'"],
  ['[push.provider.x]\ncustomhttp.url=a', '[push.provider.x] customhttp.url must be an http(s) URL'],
  ['a=1', "line 1: 'a' stands before the first [section]"],
  ['[push]\nnonsense', 'line 2: expected [section] or option=value'],
])('%j is refused', (text, message) => {
  expect(() => readSettings({}, parseIni(text))).toThrow(message)
})

test('a bad flag is named', () => {
  expect(() => readSettings({ 'shutdown-notify': '2' }, new Map())).toThrow(
    '--shutdown-notify must be a number from 0 to 1',
  )
})
