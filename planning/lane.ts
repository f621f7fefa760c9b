import type { PushTime } from './push-time.ts'

/** Up to this share of a lane the model is held against simulation; above it only the order of magnitude is claimed. */
export const trustedLoad = 0.8

/** [PUSH-071, PUSH-072] One POST after another: pushes per second. */
export function laneRate({ meanMs }: PushTime): number {
  return 1_000 / meanMs
}

/** Share of the time in which the lane is busy; from 1 on the queue grows without end. */
export function laneLoad(pushesPerSecond: number, { meanMs }: PushTime): number {
  return (pushesPerSecond * meanMs) / 1_000
}

/** Mean time in the queue (Pollaczek and Khinchine): pushes come independently of each other, one server, in order of arrival. */
export function meanWaitMs(pushesPerSecond: number, time: PushTime): number {
  const load = laneLoad(pushesPerSecond, time)
  return load >= 1 ? Number.POSITIVE_INFINITY : ((pushesPerSecond / 1_000) * time.squareMs2) / (2 * (1 - load))
}
