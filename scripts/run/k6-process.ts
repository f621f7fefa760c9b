import { type ChildProcess, spawn } from 'node:child_process'
import { whenEnded } from './child.ts'
import { openLogFile } from './log-file.ts'

/** k6 under a watchdog. Its exit code means little (0 after script errors): verdicts come from streamed data. */
export interface K6Process {
  pid: number
  /** Resolves when k6 is gone: its exit code (null = killed by a signal) and the reason in words. */
  ended: Promise<{ code: number | null; reason: string; watchdog: boolean }>
  /** Why its log is not complete. */
  logProblem(): string | undefined
  /** Signals twice (one dead peer makes k6 ignore the first), then kills. */
  stop(): void
}

const secondSignalAfterMs = 2_000
const killAfterMs = 4_000

export interface K6Settings {
  binary: string
  script: string
  environment: Record<string, string>
  /** What follows `--` on our command line. */
  extraArguments: readonly string[]
  /** PEM file that replaces the system's authorities; k6, as every Go program, takes it from SSL_CERT_FILE. */
  authorityFile: string | undefined
  logFile: string
  /** When the watchdog stops a k6 that should long have ended. */
  deadlineMs: number
}

export function startK6(settings: K6Settings): K6Process {
  const args = ['run', '--no-thresholds', '--summary-mode=disabled', '--quiet', '--no-color', '--log-format=raw']
  for (const [name, value] of Object.entries(settings.environment)) args.push('-e', `${name}=${value}`)
  const child = spawn(settings.binary, [...args, ...settings.extraArguments, settings.script], {
    // A group of its own: Ctrl-C in the terminal must not end k6 before its drain.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      K6_NO_USAGE_REPORT: 'true',
      K6_AUTO_EXTENSION_RESOLUTION: 'false',
      ...(settings.authorityFile !== undefined && { SSL_CERT_FILE: settings.authorityFile }),
    },
  })
  const log = openLogFile(settings.logFile)
  for (const output of [child.stdout, child.stderr]) {
    output.pipe(log.stream, { end: false })
    // A pipe ends with its broken target; k6 would stand still once nobody reads what it says.
    log.stream.on('error', () => output.resume())
  }

  let watchdog = false
  const stop = () => stopTwice(child)
  const timer = setTimeout(() => {
    watchdog = true
    stop()
  }, settings.deadlineMs)
  const ended = whenEnded(child).then(reason => {
    clearTimeout(timer)
    log.stream.end()
    return { code: child.exitCode, reason, watchdog }
  })
  return { pid: child.pid ?? 0, ended, logProblem: log.problem, stop }
}

function stopTwice(child: ChildProcess): void {
  const running = () => child.exitCode === null && child.signalCode === null
  if (!running()) return
  child.kill('SIGTERM')
  const second = setTimeout(() => running() && child.kill('SIGTERM'), secondSignalAfterMs)
  const kill = setTimeout(() => running() && child.kill('SIGKILL'), killAfterMs)
  child.once('exit', () => {
    clearTimeout(second)
    clearTimeout(kill)
  })
}
