import { type Clock, hostNow } from '../clock.ts'

/** setTimeout takes 32 bits of milliseconds (24.8 days); flex-push-timeout alone may be 20 days. */
const longestWaitMs = 2_000_000_000

export function createRealClock(): Clock {
  return {
    now: hostNow,
    at(atMs, task) {
      let timer: NodeJS.Timeout
      const wait = () => {
        const leftMs = atMs - hostNow()
        timer = setTimeout(leftMs > longestWaitMs ? wait : run, Math.min(Math.max(leftMs, 0), longestWaitMs))
      }
      // Node rounds waits down to whole milliseconds: a timer must never run before its instant.
      const run = () => (hostNow() >= atMs ? task() : wait())
      wait()
      return () => clearTimeout(timer)
    },
  }
}
