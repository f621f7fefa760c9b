import { type PushMode, pushModes } from '../protocol/push/mode.ts'

/** Shares of the sessions by push mode; they add up to 1. */
export type PushMix = Readonly<Record<PushMode | 'off', number>>

type Mode = keyof PushMix

const none: PushMix = { reliable: 0, payload: 0, 'device-id': 0, off: 0 }

export const onlyMode = (mode: Mode): PushMix => ({ ...none, [mode]: 1 })

export function mixOf(shares: readonly { mode: Mode; share: number }[]): PushMix {
  return { ...none, ...Object.fromEntries(shares.map(({ mode, share }) => [mode, share])) }
}

/** Option `--push` of a run, which checked it: `reliable`, or a mix like `reliable:0.5,payload:0.5`. Undefined = something else. */
export function mixOfText(text: string): PushMix | undefined {
  const known: readonly string[] = [...pushModes, 'off']
  const parts = text.split(',').map(part => part.trim().split(':'))
  if (!parts.every(([mode, share]) => known.includes(mode!) && Number.isFinite(Number(share ?? 1)))) return undefined
  return mixOf(parts.map(([mode, share]) => ({ mode: mode as Mode, share: Number(share ?? 1) })))
}
