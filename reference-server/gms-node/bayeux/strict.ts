import { transportNames } from './bayeux-options.ts'
import type { Core } from './core.ts'
import { errors } from './errors.ts'
import type { BayeuxMessage } from './message.ts'

// What Bayeux demands of clients and CometD does not look at (table A18): with `cometd.strict` it is refused.

/** @returns why this handshake is refused. */
export function handshakeError({ options }: Core, message: BayeuxMessage): string | undefined {
  if (!options.isStrict) return undefined
  const { supportedConnectionTypes: types } = message
  // BX-024.
  if (!isSpoken(message)) return errors.versionUnsupported
  // BX-025.
  const isCommon = (name: string) => Array.isArray(types) && types.includes(name)
  return options.allowedTransports.some(isCommon) ? undefined : errors.noCommonConnectionType
}

/** BX-051. */
export function connectError({ options }: Core, { connectionType }: BayeuxMessage): string | undefined {
  if (!options.isStrict || transportNames.some(name => name === connectionType)) return undefined
  return errors.connectionTypeInvalid
}

/** BX-086. */
export function publishError({ options }: Core, { data }: BayeuxMessage): string | undefined {
  return options.isStrict && data === undefined ? errors.dataMissing : undefined
}

/** 1.0 is all that there is: it must lie between what the client speaks at least and at most. */
function isSpoken({ version, minimumVersion = version }: BayeuxMessage): boolean {
  return numberOf(minimumVersion) <= 1 && numberOf(version) >= 1
}

/** `1.0`, `2.1beta`: what follows the second number makes no difference. NaN for everything else. */
function numberOf(version: unknown): number {
  return typeof version === 'string' ? Number(/^\d{1,6}(\.\d{1,6})?/.exec(version)?.[0]) : Number.NaN
}
