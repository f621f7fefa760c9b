import type { Clock } from '../schemas/generated/types.ts'

export interface Clocks {
  measured(clock: Clock): void
  /** What to add to a shard's instant to compare it with the receiver's. */
  toReceiver(shard: number): number
  /** How far apart two compared instants may be wrong. */
  boundMs(shard: number): number
  /** Widest bound of all; undefined = none was measured. */
  widestMs(): number | undefined
  all(): Clock[]
}

/** Without a measurement: one host, whose processes read the same clock. */
const sameHostBoundMs = 1

export function createClocks(): Clocks {
  const clocks = new Map<string, Clock>()
  const receiverOf = (shard: number) => clocks.get(`shard ${shard} receiver`)
  return {
    measured(clock) {
      clocks.set(`${clock.from} ${clock.to}`, clock)
    },
    toReceiver(shard) {
      const clock = receiverOf(shard)
      // An offset inside its own bound is noise; correcting by it would only add to the error.
      return clock && Math.abs(clock.offsetMs) > clock.boundMs ? clock.offsetMs : 0
    },
    boundMs: shard => receiverOf(shard)?.boundMs ?? sameHostBoundMs,
    widestMs: () => (clocks.size === 0 ? undefined : Math.max(...[...clocks.values()].map(({ boundMs }) => boundMs))),
    all: () => [...clocks.values()],
  }
}
