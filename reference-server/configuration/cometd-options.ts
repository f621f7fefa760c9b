import { constants } from 'node:buffer'
import type { OptionKind, OptionRow } from './option-table.ts'

const flag: OptionKind = { type: 'flag' }
const like = (pattern: RegExp, allowed: string): OptionKind => ({ type: 'text', pattern, allowed })
/** The paths of the node's other interfaces are taken. */
const path = like(
  /^(?!\/?genesys(\/[12](\/|$)|\/?$))\/?[\w.~-]+(\/[\w.~-]+)*\/?$/,
  'a path like /genesys/cometd, beside those of the other interfaces (/genesys/1, /genesys/2)',
)
const cookieName = like(/^[!#$%&'*+.^`|~\w-]+$/, 'the name of a cookie (RFC 6265: no blanks, =, ; or ,)')
const cookiePath = like(/^\/[^;,\s]*$/, 'a path like /, without ; , or blanks')
const cookieDomain = like(/^(\.?[A-Za-z\d-]+(\.[A-Za-z\d-]+)*)?$/, 'the name of a domain, or nothing')
const list: OptionKind = { type: 'list' }
const integer = (min: number, max = Number.MAX_SAFE_INTEGER): OptionKind => ({ type: 'integer', min, max })
const words = (...all: string[]): OptionKind => ({ type: 'words', words: all })
const transports: OptionKind = { type: 'list', items: ['websocket', 'long-polling', 'callback-polling'] }

/** A message is read as a text, and of a longer one there is none. */
const message = integer(1, constants.MAX_STRING_LENGTH)

const rows: readonly [option: string, kind: OptionKind, fallback: string][] = [
  ['cometd.path', path, '/genesys/cometd'],
  ['cometd.profile', words('cometd3', 'cometd9'), 'cometd3'],
  ['cometd.strict', flag, 'false'],
  ['cometd.allowedTransports', transports, 'websocket,long-polling,callback-polling'],
  ['cometd.timeout', integer(1, 3_600_000), '30000'],
  ['cometd.interval', integer(0, 3_600_000), '0'],
  ['cometd.maxInterval', integer(1, 3_600_000), '10000'],
  ['cometd.maxQueue', integer(1), '1000'],
  ['cometd.maxQueueBytes', integer(1), '4194304'],
  ['cometd.maxQueueBytesInTotal', integer(1), '268435456'],
  ['cometd.maxMessageSize', message, '2097152'],
  ['cometd.ws.maxMessageSize', message, '65536'],
  ['cometd.ws.idleTimeout', integer(1000), '300000'],
  ['cometd.ws.permessage-deflate', flag, 'false'],
  ['cometd.ws.maxCompressedSockets', integer(0), '1000'],
  ['cometd.ws.allowedOrigins', list, ''],
  ['cometd.allowedOrigins', list, ''],
  ['cometd.maxSessions', integer(1), '200000'],
  ['cometd.maxSessionsPerBrowser', integer(-1), '1'],
  ['cometd.multiSessionInterval', integer(0, 3_600_000), '2000'],
  ['cometd.trustClientSession', flag, 'false'],
  ['cometd.duplicateMetaConnectHttpResponseCode', integer(400, 599), '500'],
  ['cometd.browserCookieName', cookieName, 'BAYEUX_BROWSER'],
  ['cometd.browserCookiePath', cookiePath, '/'],
  ['cometd.browserCookieDomain', cookieDomain, ''],
  ['cometd.browserCookieMaxAge', integer(-1), '-1'],
  ['cometd.browserCookieHttpOnly', flag, 'true'],
  ['cometd.browserCookieSecure', flag, 'false'],
  ['cometd.browserCookieSameSite', words('', 'Strict', 'Lax', 'None'), ''],
  ['cometd.ext.ack', flag, 'false'],
  ['cometd.ext.timesync', flag, 'false'],
  ['echo', flag, 'false'],
]

/**
 * The CometD endpoint, by CometD's own names: GMS documents no options of it (OPT-110). Unlike CometD's, the bounds that
 * keep one client from filling the node are on by default.
 */
export const cometdOptions: readonly OptionRow[] = rows.map(([option, kind, fallback]) => ({
  option,
  sections: ['refserver'],
  kind,
  fallback,
  takesEffect: 'after restart',
  rule: 'OPT-110',
}))
