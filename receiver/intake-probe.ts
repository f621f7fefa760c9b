import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Worker } from 'node:worker_threads'

/**
 * A second thread posts a stamped probe to `/probe` every 100 ms, so that a late loop of the receiver is measured from
 * outside it (intake_delay). Both threads read the monotonic clock of the host, so no offset comes in.
 */
export interface IntakeProbe {
  /** Called with the headers of a probe at the first look at it; what the thread has not sent is left out. */
  arrived(headers: IncomingHttpHeaders): void
  /** Delays in ms since the last call. */
  take(): number[]
  stop(): Promise<void>
}

export const probePath = '/probe'
export const probeStampHeader = 'x-probe-sent'
/** Probes that were due before this one and could not be posted, because the whole process was stopped. */
export const probeMissedHeader = 'x-probe-missed'
/** Without it anybody could tell our own delay, and a small request would be an hour of probes. */
export const probeKeyHeader = 'x-probe-key'
export const probeEveryMs = 100
/** An hour of them. */
const mostMissed = 36_000

/** Of a probe, and of those that were due each 100 ms before it: none of them would have been looked at any earlier. */
export function delaysOf(delayMs: number, missed: string | undefined): number[] {
  const count = missed !== undefined && /^\d{1,9}$/.test(missed) ? Math.min(Number(missed), mostMissed) : 0
  return Array.from({ length: count + 1 }, (_, i) => delayMs + i * probeEveryMs)
}

export function startIntakeProbe(url: string): IntakeProbe {
  let delaysMs: number[] = []
  const key = randomBytes(16).toString('hex')
  const workerData = { url: url + probePath, key }
  const thread = new Worker(new URL('./probe-thread.ts', import.meta.url), { workerData })
  // A prober that dies shows as missing samples, which the judge asks for; it must not take the receiver with it.
  thread.on('error', () => {})
  thread.unref()
  return {
    arrived(headers) {
      const { [probeStampHeader]: stamp, [probeMissedHeader]: missed } = headers as Record<string, string>
      if (headers[probeKeyHeader] !== key || stamp === undefined || !/^\d{1,19}$/.test(stamp)) return
      const delayMs = Number(process.hrtime.bigint() - BigInt(stamp)) / 1e6
      if (delayMs < 0) return
      delaysMs.push(...delaysOf(delayMs, missed))
    },
    take() {
      const taken = delaysMs
      delaysMs = []
      return taken
    },
    async stop() {
      await thread.terminate()
    },
  }
}
