import { setTimeout as sleep } from 'node:timers/promises'
import { hostNow } from '../../process/host-clock.ts'

/** When a process stood still, epoch ms. */
export interface Stop {
  fromMs: number
  toMs: number
}

/** SIGSTOP, SIGCONT. Whatever ends us meanwhile, the process goes on: a stopped one would never end. */
export async function stopProcess(pid: number, ms: number): Promise<Stop> {
  const goOn = () => process.kill(pid, 'SIGCONT')
  const goOnAndEnd = () => {
    goOn()
    process.exit(130)
  }
  const signals = ['SIGINT', 'SIGTERM'] as const
  process.once('exit', goOn)
  for (const signal of signals) process.once(signal, goOnAndEnd)
  try {
    process.kill(pid, 'SIGSTOP')
    const fromMs = hostNow()
    await sleep(ms)
    const toMs = hostNow()
    goOn()
    return { fromMs, toMs }
  } finally {
    process.off('exit', goOn)
    for (const signal of signals) process.off(signal, goOnAndEnd)
  }
}
