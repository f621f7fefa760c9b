import { createWriteStream } from 'node:fs'
import type { Violation } from '../protocol/violation.ts'
import type { RuleCount } from '../schemas/generated/types.ts'

export interface ViolationReport extends Violation {
  /** Epoch ms. */
  atMs: number
  /** `<shard>.<session>`, '' = none. */
  session: string
  message: string
}

export interface Violations {
  /** A broken rule: written and counted. */
  add(report: ViolationReport): void
  /** Something that a threshold judges, such as a lost push: written under its metric, not counted as a broken rule. */
  note(report: ViolationReport): void
  total(): number
  counts(): Omit<RuleCount, 'judged'>[]
  close(): Promise<void>
}

/** Lines per rule in violations.ndjson; the true count is kept in result.json. */
export const keptPerRule = 100
const shownOfMessage = 1_000

export function openViolations(file: string, onError: (error: Error) => void): Violations {
  const stream = createWriteStream(file)
  stream.on('error', onError)
  const written = new Map<string, number>()
  const counts = new Map<string, Omit<RuleCount, 'judged'>>()

  function write({ rule, atMs, session, what, at, expected, found, message }: ViolationReport): void {
    const lines = (written.get(rule) ?? 0) + 1
    written.set(rule, lines)
    if (lines > keptPerRule) return
    const line = {
      rule,
      at: isoOf(atMs),
      session,
      what,
      pointer: at,
      expected,
      found: masked(found),
      message: shortened(message),
    }
    stream.write(`${JSON.stringify(line)}\n`)
  }

  return {
    add(report) {
      write(report)
      const known = counts.get(report.rule)
      if (known) known.count += 1
      else counts.set(report.rule, { rule: report.rule, count: 1, what: report.what, example: exampleOf(report) })
    },
    note: write,
    total: () => [...counts.values()].reduce((sum, { count }) => sum + count, 0),
    counts: () => [...counts.values()],
    close: () => new Promise(done => stream.end(() => done())),
  }
}

function exampleOf({
  atMs,
  session,
  at,
  expected,
  found,
  message,
}: ViolationReport): NonNullable<RuleCount['example']> {
  return { at: isoOf(atMs), session, pointer: at, expected, found: masked(found), message: shortened(message) }
}

/** Instants come from the network, too. */
export function isoOf(ms: number): string {
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : new Date(0).toISOString()
}

function shortened(message: string): string {
  const safe = masked(message)
  return safe.length > shownOfMessage ? `${safe.slice(0, shownOfMessage)}…` : safe
}

/** Keys and credentials never reach a file, whether the value stands in JSON or in a JSON string. */
export function masked(text: string): string {
  return text
    .replace(/(secure-?key\\*"\s*:\s*\\*")[^"\\]*/gi, '$1…')
    .replace(/(secure-?key=)[^&\s"]*/gi, '$1…')
    .replace(/(authorization\\*"?\s*[:=]\s*\\*"?)(?:basic |bearer )?[^\s"\\,}]*/gi, '$1…')
}
