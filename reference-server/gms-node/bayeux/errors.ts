/** Texts by version of CometD: `code:args:message`. */
export interface ErrorTexts {
  unknownSession: string
  handshakeDenied: string
  createDenied: string
  publishDenied: string
}

const denied = 'denied_by_security_policy'

/** Two wire profiles: CometD up to 3.1, which GMS most likely embeds, and 5 to 9 (table A6). */
export const errorTexts: Readonly<Record<'cometd3' | 'cometd9', ErrorTexts>> = {
  cometd3: {
    unknownSession: '402::Unknown client',
    handshakeDenied: '403::Handshake denied',
    createDenied: `403:${denied}:create denied`,
    publishDenied: `403:${denied}:publish denied`,
  },
  cometd9: {
    unknownSession: '402::session_unknown',
    handshakeDenied: '403::handshake_denied',
    createDenied: `403:${denied}:channel_create_denied`,
    publishDenied: `403:${denied}:publish_denied`,
  },
}

/** The same in both. Where 3.1 answers HTTP 500 the text of 5.0 is sent instead, a crash being nobody's contract. */
export const errors = {
  /** Strict mode only: CometD has no words for these. */
  versionUnsupported: '405::version_unsupported',
  noCommonConnectionType: '405::no_common_connection_type',
  connectionTypeInvalid: '405::connection_type_invalid',
  dataMissing: '400::data_missing',
  channelMissing: '400::channel_missing',
  channelInvalid: '405::channel_invalid',
  idInvalid: '405::message_id_invalid',
  subscriptionMissing: '403::subscription_missing',
  subscriptionInvalid: '403::subscription_invalid',
  subscribeDenied: `403:${denied}:subscribe_denied`,
  subscribeCreateDenied: `403:${denied}:create_denied`,
  tooManySubscriptions: '403:too_many_subscriptions:subscribe_denied',
} as const
