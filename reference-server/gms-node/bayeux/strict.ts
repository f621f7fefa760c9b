import { transportNames } from './bayeux-options.ts'
import type { Core } from './core.ts'
import { errors } from './errors.ts'
import type { BayeuxMessage } from './message.ts'

// What Bayeux demands of clients and CometD does not look at (table A18): with `cometd.strict` it is refused.

/** @returns why this handshake is refused. */
export function handshakeError({ options }: Core, message: BayeuxMessage): string | undefined {
  if (!options.isStrict) return undefined
  const { version, minimumVersion, supportedConnectionTypes: types } = message
  // BX-024: a newer client may do with less.
  if (!isUpTo(minimumVersion ?? version) || !isFrom(version)) return errors.versionUnsupported
  // BX-025.
  const isCommon = (name: string) => Array.isArray(types) && types.includes(name)
  return options.allowedTransports.some(isCommon) ? undefined : errors.noCommonConnectionType
}

/** BX-051. */
export function connectError({ options }: Core, { connectionType }: BayeuxMessage): string | undefined {
  const isKnown = transportNames.some(name => name === connectionType)
  return options.isStrict && !isKnown ? errors.connectionTypeInvalid : undefined
}

/** BX-086. */
export function publishError({ options }: Core, { data }: BayeuxMessage): string | undefined {
  return options.isStrict && data === undefined ? errors.dataMissing : undefined
}

function isFrom(version: unknown): boolean {
  const major = majorOf(version)
  return major !== undefined && major >= 1
}

/** 1.0 is all that there is. */
function isUpTo(version: unknown): boolean {
  return majorOf(version) !== undefined && (version === '1' || /^(0|1\.0)(\.|$)/.test(String(version)))
}

/** A version begins with a number: `1.0`, `2.1beta`. */
function majorOf(version: unknown): number | undefined {
  const [, digits] = typeof version === 'string' ? (/^(\d{1,6})(\.\w+)*$/.exec(version) ?? []) : []
  return digits === undefined ? undefined : Number(digits)
}
