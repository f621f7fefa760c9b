/** Host time of this process in epoch milliseconds: for stamps that are compared with those of other processes. */
export function hostNow(): number {
  return performance.timeOrigin + performance.now()
}
