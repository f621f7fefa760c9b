/** One node whose receiver hangs for a while; each POST meanwhile holds the lane until the timeout. */
export interface Outage {
  outageMs: number
  /** New events per second that are repeated while they are unconfirmed, and those that are not. */
  reliablePerSecond: number
  otherPerSecond: number
  pushMs: number
  timeoutMs: number
  resendDelayMs: number
  resendAttempts: number
}

export interface AfterOutage {
  /** Notices that wait when the receiver answers again. */
  queued: number
  /** From then until the queue is empty; undefined = it never is, repetitions come faster than they leave. */
  drainMs: number | undefined
}

const longestDrain = 60_000
const stepsOfDelay = 100

/**
 * A queue of amounts in small steps of time. An event is repeated every `resendDelayMs` until its first notice that was posted
 * after the outage; notices that wait are never taken back, so a queue longer than the delay breeds repetitions.
 * @param drainSteps 0 = only what waits at its end is asked.
 */
export function afterOutage(outage: Outage, drainSteps = longestDrain): AfterOutage {
  const { outageMs, reliablePerSecond, otherPerSecond, pushMs, timeoutMs, resendDelayMs, resendAttempts } = outage
  const stepMs = Math.min(resendDelayMs, Math.max(outageMs, 1)) / stepsOfDelay
  const delaySteps = Math.round(resendDelayMs / stepMs)
  const endStep = Math.round(outageMs / stepMs)
  const reliable = (reliablePerSecond * stepMs) / 1_000
  const other = (otherPerSecond * stepMs) / 1_000
  const normal = stepMs / pushMs
  /** Notices that have come up to the end of each step. */
  const arrived: number[] = []
  let served = 0
  /** The step in which the notice at the head of the queue came. */
  let head = 0
  let headAtEnd = 0
  let queued = 0

  for (let step = 0; step < endStep + drainSteps; step += 1) {
    const repeats = repetitions(step)
    const total = (arrived[step - 1] ?? 0) + other + reliable * (1 + repeats)
    arrived.push(total)
    served = Math.min(total, served + (step < endStep ? stepMs / timeoutMs : normal))
    while (head < step && arrived[head]! <= served) head += 1
    if (step < endStep) {
      headAtEnd = head
      queued = total - served
    } else if (total - served <= normal) return { queued, drainMs: (step - endStep + 1) * stepMs }
    else if (repeats === resendAttempts && other + reliable * (1 + repeats) >= normal) break
  }
  return { queued, drainMs: undefined }

  /** How many times as many repetitions as new events are due. */
  function repetitions(step: number): number {
    let count = 0
    for (let attempt = 1; attempt <= resendAttempts; attempt += 1) {
      const born = step - attempt * delaySteps
      if (born < 0) break
      if (isUnconfirmed(born, step)) count += 1
    }
    return count
  }

  function isUnconfirmed(born: number, step: number): boolean {
    if (step <= endStep) return true
    // What was posted during the outage is lost: the first notice behind it counts.
    const missed = Math.max(0, Math.ceil((headAtEnd - born) / delaySteps))
    return born + missed * delaySteps >= head
  }
}

/** The longest outage after which the queue drains by itself, to 1 %; Infinity = an hour or more, 0 = none. */
export function longestOutageMs(outage: Omit<Outage, 'outageMs'>, mostMs = 3_600_000): number {
  const { reliablePerSecond, otherPerSecond, pushMs, resendAttempts } = outage
  const room = 1_000 / pushMs
  if (reliablePerSecond + otherPerSecond >= room) return 0
  if (reliablePerSecond * (1 + resendAttempts) + otherPerSecond < room) return Number.POSITIVE_INFINITY
  const drains = (outageMs: number) => afterOutage({ ...outage, outageMs }).drainMs !== undefined
  let good = 0
  let bad = 1_000
  while (drains(bad)) {
    if (bad >= mostMs) return Number.POSITIVE_INFINITY
    ;[good, bad] = [bad, bad * 2]
  }
  while (bad - good > bad * 0.01) {
    const middle = (good + bad) / 2
    if (drains(middle)) good = middle
    else bad = middle
  }
  return good
}
