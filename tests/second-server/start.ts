// Starts the second server as a child process and stops it again.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Entry, What } from './outbox.ts'

export type SecondServerOptions = {
  port?: number
  /** Port of the page with the health metrics, 0 for any; without it there is none. */
  healthPort?: number
  /** Path of a file with the product's options. */
  config?: string
  /** Every flag of the product's options, as the README lists them, without the dashes before. */
  product?: Readonly<Record<string, string | number | boolean>>
  pushUrl?: string
  drop?: number
  double?: number
  seed?: number
  agent?: boolean
  agentDelay?: number
  /** Pushes that leave in a second, at most. */
  rate?: number
  /** Keeps the push log here; without it the log lives in a temporary file for as long as the server runs. */
  log?: string
  pushContent?: readonly string[]
  /** Seconds. */
  resendDelay?: number
  resendAttempts?: number
}
type Ready = { url: string; health?: string }
export type PushLog = Record<What, number> & { entries: Entry[] }
export type SecondServer = Ready & {
  close(): Promise<void>
  log(): PushLog
  /** SIGUSR2: another Chat Server instance takes over. SIGHUP: the options are read again. */
  signal(name: 'SIGUSR2' | 'SIGHUP'): void
}

const READY_MS = 15_000

const flagsOf = ({ product = {}, ...options }: SecondServerOptions): string[] => {
  const flags = Object.entries(product).map(([name, value]) => `--${name}=${value}`)
  for (const [name, value] of Object.entries(options)) {
    const flag = `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
    if (value === true) flags.push(flag)
    else if (value !== false && value !== undefined) flags.push(`${flag}=${value}`)
  }
  return flags
}

const readLog = (file: string): PushLog => {
  const lines = readFileSync(file, 'utf8').split('\n')
  // While the server runs, the last line may just be under way.
  lines.pop()
  const log: PushLog = { sent: 0, dropped: 0, doubled: 0, failed: 0, unsent: 0, entries: [] }
  for (const line of lines) {
    const entry = JSON.parse(line) as Entry
    log[entry.what] += 1
    log.entries.push(entry)
  }
  return log
}

export async function startSecondServer(options: SecondServerOptions = {}): Promise<SecondServer> {
  const folder = options.log === undefined ? mkdtempSync(join(tmpdir(), 'second-server-')) : undefined
  const file = options.log ?? join(folder!, 'pushes.ndjson')
  const program = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, [program, ...flagsOf({ ...options, log: file })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('exit', (code, signal) => resolve(code === 0 ? '' : `exit ${signal ?? code}`))
  })
  const forget = (): void => {
    process.off('exit', kill)
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }

  const ready = once(createInterface(child.stdout), 'line', { signal: AbortSignal.timeout(READY_MS) })
  const first = await Promise.race([ready.catch(() => undefined), ended])
  if (!Array.isArray(first)) {
    kill()
    forget()
    throw new Error(`second server did not start: ${first ?? 'no ready line'}`)
  }
  const { url, health } = JSON.parse(String(first[0])) as Ready

  let last: PushLog | undefined
  let closing: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    const trouble = await ended
    last = readLog(file)
    forget()
    if (trouble !== '') throw new Error(`second server ended badly: ${trouble}`)
  }
  return {
    url,
    ...(health === undefined ? {} : { health }),
    signal: name => void child.kill(name),
    close() {
      closing ??= stop()
      return closing
    },
    log: () => last ?? readLog(file),
  }
}
