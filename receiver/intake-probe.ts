import { Worker } from 'node:worker_threads'

/**
 * A second thread posts a stamped probe to `/probe` every 100 ms, so that a late loop of the receiver is measured from
 * outside it (intake_delay). Both threads read the monotonic clock of the host, so no offset comes in.
 */
export interface IntakeProbe {
  /** Called at the first look at a probe, with the stamp it carries. */
  arrived(stamp: string | undefined): void
  /** Delays in ms since the last call. */
  take(): number[]
  stop(): Promise<void>
}

export const probePath = '/probe'
export const probeStampHeader = 'x-probe-sent'

export function startIntakeProbe(url: string): IntakeProbe {
  let delaysMs: number[] = []
  const thread = new Worker(new URL('./probe-thread.ts', import.meta.url), { workerData: { url: url + probePath } })
  // A prober that dies shows as missing samples, which the judge asks for; it must not take the receiver with it.
  thread.on('error', () => {})
  thread.unref()
  return {
    arrived(stamp) {
      if (stamp === undefined || !/^\d{1,19}$/.test(stamp)) return
      const delayMs = Number(process.hrtime.bigint() - BigInt(stamp)) / 1e6
      if (delayMs >= 0) delaysMs.push(delayMs)
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
