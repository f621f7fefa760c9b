import type { Typed } from './command.ts'
import { UserError } from './user-error.ts'

/** @throws UserError naming the option and what is allowed. */
export function wholeNumber<Fallback extends number | undefined>(
  typed: Typed,
  option: string,
  fallback: Fallback,
  from: number,
  to: number,
): number | Fallback {
  const text = typed.value(option)
  if (text === undefined) return fallback
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= from && number <= to) return number
  throw new UserError(`--${option} ${text}: a whole number from ${from} to ${to} is needed`)
}

export function portNumber<Fallback extends number | undefined>(typed: Typed, option: string, fallback: Fallback) {
  return wholeNumber(typed, option, fallback, 0, 65_535)
}
