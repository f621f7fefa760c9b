import type { Result } from '../schemas/generated/types.ts'

export const documentedResendDelayMs = 15_000
export const documentedResendAttempts = 10

/** Option `--set` of a run, for the reference server; the default of the documentation where nothing was set. */
export function resendDelayOf(options: Result['options']): number {
  const seconds = setValue(options, 'flex-push-resend-delay')
  return seconds === undefined || seconds === 0 ? documentedResendDelayMs : seconds * 1_000
}

export function resendAttemptsOf(options: Result['options']): number {
  return setValue(options, 'flex-push-resend-attempts') ?? documentedResendAttempts
}

function setValue({ set }: Result['options'], name: string): number | undefined {
  const prefix = `settings.${name}=`
  const text = Array.isArray(set) ? set.findLast(each => each.startsWith(prefix))?.slice(prefix.length) : undefined
  const value = text === undefined || text === '' ? Number.NaN : Number(text)
  return Number.isInteger(value) && value >= 0 ? value : undefined
}
