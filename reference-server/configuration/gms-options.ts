import { cometdOptions } from './cometd-options.ts'
import type { OptionKind, OptionRow } from './option-table.ts'

const flag: OptionKind = { type: 'flag' }
const text: OptionKind = { type: 'text' }
const integer = (min: number, max: number): OptionKind => ({ type: 'integer', min, max })

const unlimited = Number.MAX_SAFE_INTEGER
/** Provider and event sections take what [push] takes (PUSH-100 ff.). */
const push = ['push', 'push.provider.*']
/** V1 options live in the section of the service that uses them. */
const service = ['chat.*', 'service.*']

function row(
  sections: readonly string[],
  option: string,
  kind: OptionKind,
  fallback: string | undefined,
  takesEffect: OptionRow['takesEffect'],
  rule: string,
): OptionRow {
  return { option, sections, kind, ...(fallback === undefined ? {} : { fallback }), takesEffect, rule }
}

const pushTypes = ['android', 'gcm', 'ios', 'httpcb', 'orscb', 'customhttp', 'fcm', 'comet']
const providerTexts = [
  'customhttp.url',
  'debug.customhttp.url',
  'customhttp.message',
  'debug.customhttp.message',
  'fcm.apiKey',
  'debug.fcm.apiKey',
  'fcm.title',
  'fcm.body',
  'apple.title',
  'apple.alertMessage.body',
]
const unfiltered = 'Notice.TypingStarted,Notice.TypingStopped'

/** Options of the GMS cluster (OPT-080 ff. to OPT-100 ff.) and of the reference server itself (11). */
export const gmsOptions: readonly OptionRow[] = [
  row(['chat'], 'enable_notification_mode', flag, 'false', 'after restart', 'OPT-080'),
  row(['chat', 'chat.*'], 'push_notification_include_payload', flag, 'false', 'immediately', 'OPT-082'),
  row(['chat', 'chat.*'], 'push_notification_to_active_client', flag, 'true', 'after restart', 'OPT-083'),
  row(['chat'], 'default_chat_endpoint', text, 'Environment:default', 'immediately', 'OPT-084'),
  row(['chat'], 'enable-fast-chat-transcript-refresh', flag, 'false', 'immediately', 'OPT-080 ff.'),
  row(service, '_chat_endpoint', text, 'gms_builtin', 'immediately', 'OPT-084'),
  row(service, 'refserver.auth-username', text, undefined, 'immediately', 'OPT-086'),
  row(service, 'refserver.auth-password', text, undefined, 'immediately', 'OPT-086'),
  row(['push'], 'pushEnabled', { type: 'list', items: pushTypes }, 'comet', 'after restart', 'OPT-090'),
  row(['push'], 'defaultSubscriptionExpiration', integer(30, unlimited), '30', 'after restart', 'OPT-094'),
  ...providerTexts.map(option => row(push, option, text, undefined, 'after restart', 'OPT-091')),
  row(push, 'filtering_chat_events', { type: 'list' }, unfiltered, 'immediately', 'OPT-095'),
  row(service, 'filtering_chat_events', { type: 'list' }, undefined, 'immediately', 'OPT-104'),
  row(['gms'], 'http.ssl_trust_all', flag, 'false', 'immediately', 'OPT-096'),
  row(service, '_client_timeout_notification', integer(0, unlimited), '90', 'immediately', 'OPT-100'),
  row(service, '_agent_timeout_notification_message', text, 'customer is not online', 'immediately', 'OPT-101'),
  row(service, '_chat_400_response_on_disconnected', flag, 'false', 'immediately', 'OPT-102'),
  row(service, '_provider_name', text, undefined, 'immediately', 'OPT-103'),
  row(service, '_notification_message', text, 'New message from Agent', 'immediately', 'OPT-100 ff.'),
  ...refserver(),
  ...cometdOptions,
  // PEM files; with both the node speaks HTTPS and wss (CV2-155).
  row(['refserver'], 'https-certificate', text, undefined, 'after restart', 'OPT-110'),
  row(['refserver'], 'https-key', text, undefined, 'after restart', 'OPT-110'),
  // Part of the targets, which are fixed when a node starts (PUSH-106).
  row(['refserver'], 'customhttp-node-path', flag, 'false', 'after restart', 'OPT-110'),
]

function refserver(): OptionRow[] {
  const list: [option: string, kind: OptionKind, fallback: string][] = [
    ['max-message-bytes', integer(1, unlimited), '4096'],
    ['rotate-secure-key', { type: 'words', words: ['on-restore', 'every-response'] }, 'on-restore'],
    ['secure-key-grace', integer(0, unlimited), '30'],
    ['fcm-mode', { type: 'words', words: ['v1', 'legacy'] }, 'v1'],
    ['customhttp-timeout-ms', integer(1, unlimited), '5000'],
    ['customhttp-content-type', text, 'application/json;charset=UTF-8'],
    ['mode-a-message', flag, 'false'],
    ['forward-ping', flag, 'false'],
    ['max-body-bytes', integer(1, unlimited), '8388608'],
    ['client-file-delete', flag, 'true'],
    ['file-store-folder', text, ''],
    ['file-store-max-bytes', integer(0, unlimited), '268435456'],
    ['gms-username', text, 'default'],
    ['gms-password', text, 'password'],
  ]
  return list.map(([option, kind, fallback]) => row(['refserver'], option, kind, fallback, 'immediately', 'OPT-110'))
}
