export interface OptionMeaning {
  unit?: string
  meaning: string
}

const ms = 'ms'
const bytes = 'bytes'

/** Options of the CometD endpoint; their names are CometD's where CometD has them. */
export const cometdMeanings: Readonly<Record<string, OptionMeaning>> = {
  'cometd.path': { meaning: 'mount path; what comes behind it is the endpoint, too' },
  'cometd.profile': { meaning: 'texts of errors: those of CometD 3.1 or of CometD 9' },
  'cometd.strict': { meaning: 'refuses what Bayeux demands of clients and CometD lets pass' },
  'cometd.allowedTransports': { meaning: 'the others are not offered, and refused' },
  'cometd.timeout': { unit: ms, meaning: 'how long a connect is held when nothing happens' },
  'cometd.interval': { unit: ms, meaning: 'how long clients are to wait between two connects' },
  'cometd.maxInterval': {
    unit: ms,
    meaning: 'how long a session lives without a connect, beyond the interval; then its client is answered 402',
  },
  'cometd.maxQueue': {
    unit: 'messages',
    meaning: 'that may wait for one session; over it the session is closed with a line in the log',
  },
  'cometd.maxQueueBytes': { unit: bytes, meaning: 'of them' },
  'cometd.maxQueueBytesInTotal': {
    unit: bytes,
    meaning: 'of them for all sessions of a node; over it those that keep more than their share are closed',
  },
  'cometd.maxMessageSize': { unit: bytes, meaning: 'of the body of a request; over it 413' },
  'cometd.ws.maxMessageSize': {
    unit: bytes,
    meaning: 'of a WebSocket message; over it the socket is closed with 1009',
  },
  'cometd.ws.idleTimeout': {
    unit: ms,
    meaning: 'a WebSocket on which no byte comes or goes is closed; pings count, and so does a connect that is held',
  },
  'cometd.ws.permessage-deflate': { meaning: 'compression, for clients that offer it' },
  'cometd.ws.maxCompressedSockets': { unit: 'sockets', meaning: 'that compress at once; further ones do not' },
  'cometd.ws.allowedOrigins': {
    meaning:
      'origins whose pages may open a WebSocket, those of the node itself among them; empty = any. Programs, which name no origin, always may',
  },
  'cometd.allowedOrigins': {
    meaning:
      'origins whose pages may read answers over HTTP (CORS, with cookies), those of `/genesys/2/chat-ntf`, too; `*` = any, empty = none',
  },
  'cometd.maxSessions': { unit: 'sessions', meaning: 'of a node; further handshakes are refused' },
  'cometd.maxSessionsPerBrowser': {
    unit: 'connects',
    meaning: 'of one browser that are held over HTTP at once; -1 = any number',
  },
  'cometd.multiSessionInterval': {
    unit: ms,
    meaning: 'how long the sessions of a browser beyond that wait between connects; 0 = they are sent away',
  },
  'cometd.trustClientSession': {
    meaning: 'over HTTP a clientId is enough, whatever cookie and transport, as before CometD 3.0.7',
  },
  'cometd.duplicateMetaConnectHttpResponseCode': {
    unit: 'HTTP status',
    meaning: 'of the older one of two connects of a session',
  },
  'cometd.browserCookieName': { meaning: 'of the cookie by which a browser is known' },
  'cometd.browserCookiePath': { meaning: 'its `Path`; empty = none' },
  'cometd.browserCookieDomain': { meaning: 'its `Domain`; empty = none' },
  'cometd.browserCookieMaxAge': { unit: 's', meaning: 'its `Max-Age`; -1 = as long as the browser is open' },
  'cometd.browserCookieHttpOnly': { meaning: 'its `HttpOnly`' },
  'cometd.browserCookieSecure': { meaning: 'its `Secure`' },
  'cometd.browserCookieSameSite': { meaning: 'its `SameSite`; empty = none' },
  'cometd.ext.ack': { meaning: 'the acknowledgement extension, for clients that ask for it' },
  'cometd.ext.timesync': { meaning: 'the timesync extension, for clients that ask for it' },
  echo: { meaning: '`/service/echo`, and broadcast on `/demo/**`: for benches of Bayeux itself' },
}

export const httpsMeanings: Readonly<Record<string, OptionMeaning>> = {
  'https-certificate': { meaning: 'PEM file; with both, HTTPS and wss take the place of HTTP and ws' },
  'https-key': { meaning: 'PEM file' },
}

export const fileMeanings: Readonly<Record<string, OptionMeaning>> = {
  'file-store-folder': { meaning: 'where uploads are kept while their sessions live; empty = for temporary files' },
  'file-store-max-bytes': { unit: bytes, meaning: 'of all uploads together; over it an upload is refused with 202' },
  'client-file-delete': { meaning: 'false: customers may not delete files' },
  'max-body-bytes': { unit: bytes, meaning: 'of every request but those to CometD, uploads among them; over it 413' },
}

export const otherMeanings: Readonly<Record<string, OptionMeaning>> = {
  'max-message-bytes': { unit: bytes, meaning: 'of the text of a chat message; over it 204' },
  'rotate-secure-key': { meaning: 'when a session gets a new key: with its restoration only, or with every answer' },
  'secure-key-grace': { unit: 's', meaning: 'how long the key before stays good' },
  'fcm-mode': { meaning: 'which API of FCM the node speaks' },
  'customhttp-timeout-ms': { unit: ms, meaning: 'how long the answer to a push is waited for' },
  'customhttp-content-type': { meaning: 'of pushes' },
  'customhttp-node-path': {
    meaning: 'pushes go to a path of each node’s own, so that a receiver can tell nodes apart',
  },
  'mode-a-message': { meaning: 'pushes without payload have the text of `customhttp.message` as `message`' },
  'forward-ping': { meaning: 'the ping of a reliable subscription is pushed, too' },
  'gms-username': { meaning: 'of the node status API' },
  'gms-password': { meaning: 'of the node status API' },
}
