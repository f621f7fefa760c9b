import type { PushMode } from '../protocol/push/mode.ts'

/** Shares of the sessions by push mode; they add up to 1. */
export type PushMix = Readonly<Record<PushMode | 'off', number>>

export const onlyMode = (mode: PushMode | 'off'): PushMix => ({
  ...{ reliable: 0, payload: 0, 'device-id': 0, off: 0 },
  [mode]: 1,
})
