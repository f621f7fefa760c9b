import type { OptionReader } from './actors.ts'
import type { BayeuxOptions } from './gms-node/bayeux/bayeux-options.ts'

/** The options of a node's CometD endpoint, as they are when the node starts. */
export function bayeuxOptions(reader: OptionReader): BayeuxOptions {
  const text = (option: string) => reader.text('refserver', `cometd.${option}`)
  const flag = (option: string) => reader.flag('refserver', `cometd.${option}`)
  const integer = (option: string) => reader.integer('refserver', `cometd.${option}`)
  const list = (option: string) => reader.list('refserver', `cometd.${option}`)
  return {
    path: `/${text('path').replace(/^\/+|\/+$/g, '')}`,
    profile: text('profile') === 'cometd9' ? 'cometd9' : 'cometd3',
    isStrict: flag('strict'),
    allowedTransports: list('allowedTransports'),
    timeoutMs: integer('timeout'),
    intervalMs: integer('interval'),
    maxIntervalMs: integer('maxInterval'),
    maxQueue: integer('maxQueue'),
    maxQueueBytes: integer('maxQueueBytes'),
    maxQueueBytesInTotal: integer('maxQueueBytesInTotal'),
    maxMessageBytes: integer('maxMessageSize'),
    maxSocketMessageBytes: integer('ws.maxMessageSize'),
    maxSessions: integer('maxSessions'),
    maxSessionsPerBrowser: integer('maxSessionsPerBrowser'),
    multiSessionIntervalMs: integer('multiSessionInterval'),
    trustClientSession: flag('trustClientSession'),
    duplicateConnectStatus: integer('duplicateMetaConnectHttpResponseCode'),
    cookie: {
      name: text('browserCookieName'),
      path: text('browserCookiePath'),
      domain: text('browserCookieDomain'),
      maxAge: integer('browserCookieMaxAge'),
      httpOnly: flag('browserCookieHttpOnly'),
      secure: flag('browserCookieSecure'),
      sameSite: text('browserCookieSameSite'),
    },
    corsOrigins: list('allowedOrigins'),
    socketOrigins: list('ws.allowedOrigins'),
    compression: flag('ws.permessage-deflate'),
    maxCompressedSockets: integer('ws.maxCompressedSockets'),
    idleTimeoutMs: integer('ws.idleTimeout'),
    acknowledgement: flag('ext.ack'),
    timesync: flag('ext.timesync'),
    echo: reader.flag('refserver', 'echo'),
  }
}

/** CV2-110, PUSH-005: chat over CometD needs both. */
export function hasCometChat(reader: OptionReader): boolean {
  return reader.flag('chat', 'enable_notification_mode') && reader.list('push', 'pushEnabled').includes('comet')
}

/** PUSH-110 f. */
export function pushesToActive(reader: OptionReader): (service: string) => boolean {
  // It stays what it was at the start, and is asked for with each message.
  const known = new Map<string, boolean>()
  return service => {
    let pushes = known.get(service)
    if (pushes === undefined) {
      pushes = reader.flag(`chat.${service}`, 'push_notification_to_active_client')
      known.set(service, pushes)
    }
    return pushes
  }
}
