import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { UserError } from '../program/user-error.ts'
import { openLogFile } from './log-file.ts'

/** A program that a run starts beside itself: the reference server or the receiver. */
export interface Child<Ready> {
  pid: number
  /** Its first line on stdout. */
  ready: Ready
  /** Resolves when it has ended, with the reason in words; a planned stop included. */
  ended: Promise<string>
  /** Why its log is not complete. */
  logProblem(): string | undefined
  /** SIGTERM, then SIGKILL after `graceMs`; resolves when it is gone. */
  stop(graceMs?: number): Promise<void>
}

const startTimeoutMs = 20_000

/**
 * Starts a chatgauge command as a process of its own, waits for its ready line and writes all else that it says to
 * `logFile`.
 * @throws UserError with the last words of the child when it ends first or says nothing in time.
 */
export async function startChild<Ready>(
  name: string,
  command: string,
  args: readonly string[],
  logFile: string,
): Promise<Child<Ready>> {
  const child = spawn(command, args, {
    // A group of its own: Ctrl-C in the terminal is for us, and we stop it when its work is done. Should we be killed, the
    // closed channel tells it to end.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  const log = openLogFile(logFile)
  const lastWords: string[] = []
  const lines = createInterface({ input: child.stdout! })
  const errors = createInterface({ input: child.stderr! })
  const keep = (line: string) => {
    log.stream.write(`${line}\n`)
    lastWords.push(line)
    if (lastWords.length > 5) lastWords.shift()
  }
  errors.on('line', keep)

  const ended = whenEnded(child).then(reason => {
    log.stream.end()
    return reason
  })
  const ready = await new Promise<Ready>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new UserError(`${name} did not start within ${startTimeoutMs / 1000} s`)),
      startTimeoutMs,
    )
    let first = true
    lines.on('line', line => {
      if (!first) return keep(line)
      first = false
      clearTimeout(timer)
      try {
        resolve(JSON.parse(line) as Ready)
      } catch {
        reject(new UserError(`${name} said ${JSON.stringify(line)} instead of its ready line`))
      }
    })
    void ended.then(reason => {
      clearTimeout(timer)
      reject(new UserError(lastWords.at(-1) ?? `${name} ${reason}`))
    })
  }).catch(error => {
    child.kill('SIGKILL')
    throw error
  })
  return { pid: child.pid!, ready, ended, logProblem: log.problem, stop: graceMs => stopChild(child, graceMs) }
}

export function whenEnded(child: ChildProcess): Promise<string> {
  return new Promise(resolve => {
    child.once('error', error => resolve(`could not be started: ${error.message}`))
    child.once('exit', (code, signal) => resolve(signal ? `was killed by ${signal}` : `ended with exit code ${code}`))
  })
}

export async function stopChild(child: ChildProcess, graceMs = 5_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise(resolve => child.once('exit', resolve))
  const killer = setTimeout(() => child.kill('SIGKILL'), graceMs)
  child.kill('SIGTERM')
  await gone
  clearTimeout(killer)
}
