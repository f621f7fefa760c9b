import { execFileSync } from 'node:child_process'
import type { Running } from './run-chatgauge.ts'

/** Waits until the steady phase is shown, so that what is done then hits the run in its middle. */
export async function untilSteady(run: Running): Promise<void> {
  const deadline = performance.now() + 30_000
  while (!/ steady /.test(run.stderr())) {
    if (performance.now() > deadline) throw new Error(`no steady phase: ${run.stderr()}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

/** Process id of a child of the run, by its command line. */
export function childOf(run: Running, pattern: RegExp): number {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  const row = rows
    .map(line => line.trim().split(/\s+/))
    .find(([, ppid, ...args]) => Number(ppid) === run.pid && pattern.test(args.join(' ')))
  if (!row) throw new Error(`no child that matches ${pattern}`)
  return Number(row[0])
}

/** SIGSTOP for that long, as when a laptop sleeps or a debugger looks. */
export async function stopFor(ms: number, pids: readonly number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  await new Promise(resolve => setTimeout(resolve, ms))
  for (const pid of pids) process.kill(pid, 'SIGCONT')
}
