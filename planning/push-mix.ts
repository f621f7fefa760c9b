import { type PushMode, pushModes } from '../protocol/push/mode.ts'

/** Shares of the sessions by push mode; they add up to 1. */
export type PushMix = Readonly<Record<PushMode | 'off', number>>

const none: PushMix = { reliable: 0, payload: 0, 'device-id': 0, off: 0 }

export const onlyMode = (mode: PushMode | 'off'): PushMix => ({ ...none, [mode]: 1 })

/** Option `--push` of a run, which checked it: `reliable`, or a mix like `reliable:0.5,payload:0.5`. Undefined = something else. */
export function mixOfText(text: string): PushMix | undefined {
  const known: readonly string[] = [...pushModes, 'off']
  const parts = text.split(',').map(part => part.trim().split(':'))
  if (!parts.every(([mode, share]) => known.includes(mode!) && Number.isFinite(Number(share ?? 1)))) return undefined
  return { ...none, ...Object.fromEntries(parts.map(([mode, share]) => [mode, Number(share ?? 1)])) }
}
