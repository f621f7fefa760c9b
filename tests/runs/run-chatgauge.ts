import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Result } from '../../schemas/generated/types.ts'

export interface Finished {
  exit: number | null
  stdout: string
  stderr: string
  folder: string
  /** undefined when the run did not get that far. */
  result: Result | undefined
  /** Parsed violations.ndjson. */
  violations: { rule: string; session?: string; what: string }[]
}

const program = new URL('../../scripts/chatgauge.ts', import.meta.url).pathname

export interface Running {
  pid: number
  folder: string
  finished: Promise<Finished>
  stdout(): string
  /** Lines of stderr so far (progress, log). */
  stderr(): string
  kill(signal: NodeJS.Signals): void
}

/** Starts the program as a user would, with a fresh result folder unless one is given. */
export function startChatgauge(args: readonly string[], environment: Record<string, string> = {}): Running {
  const given = args.indexOf('--out')
  const folder = given < 0 ? join(mkdtempSync(join(tmpdir(), 'chatgauge-')), 'result') : args[given + 1]!
  const out = args[0] === 'run' && given < 0 ? ['--out', folder] : []
  const child = spawn(process.execPath, [program, ...args, ...out], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...environment },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', exit => resolve({ exit, stdout, stderr, folder, ...readFolder(folder) }))
  })
  return {
    pid: child.pid!,
    folder,
    finished,
    stdout: () => stdout,
    stderr: () => stderr,
    kill: signal => void child.kill(signal),
  }
}

export function runChatgauge(...args: string[]): Promise<Finished> {
  return startChatgauge(args).finished
}

/** A run judged 3 on a noisy machine says nothing about the code under test: it is repeated once, a second 3 stands. */
export async function runJudged(...args: string[]): Promise<Finished> {
  const first = await runChatgauge(...args)
  return first.exit === 3 ? runChatgauge(...args) : first
}

function readFolder(folder: string): Pick<Finished, 'result' | 'violations'> {
  const resultFile = join(folder, 'result.json')
  const violationFile = join(folder, 'violations.ndjson')
  return {
    result: existsSync(resultFile) ? (JSON.parse(readFileSync(resultFile, 'utf8')) as Result) : undefined,
    violations: existsSync(violationFile)
      ? readFileSync(violationFile, 'utf8')
          .split('\n')
          .filter(line => line !== '')
          .map(line => JSON.parse(line))
      : [],
  }
}
