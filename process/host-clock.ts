/** Host time of this process in epoch milliseconds, by the monotonic clock: comparable between the processes of one host. */
export function hostNow(): number {
  return performance.timeOrigin + performance.now()
}
