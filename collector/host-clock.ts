/** Epoch milliseconds of this host with sub-millisecond steps, comparable between the processes of one host. */
export function hostNow(): number {
  return performance.timeOrigin + performance.now()
}
