import { printable } from '../../receiver/printable.ts'
import { limitLines } from '../../reference-server/limited-log.ts'
import type { Log } from '../../reference-server/log.ts'
import { createLogLines, type LogLevel, logLevels } from '../../reference-server/log-lines.ts'
import { createRealClock } from '../../reference-server/time/real-clock.ts'
import type { Typed } from '../program/command.ts'
import { didYouMean } from '../program/did-you-mean.ts'
import { UserError } from '../program/user-error.ts'

/** On stderr: JSON for programs, one readable line for people; as many as no client can fill a disk with. */
export function serverLog(typed: Typed): Log {
  const word = typed.value('log-level') ?? 'info'
  const level = logLevels.find(each => each === word)
  if (level === undefined) {
    throw new UserError(`--log-level ${word}${didYouMean(word, logLevels)}: ${logLevels.join(', ')} are allowed`)
  }
  if (typed.has('json'))
    return limitLines(createLogLines({ out: process.stderr, level, now: Date.now }), createRealClock())
  const least = logLevels.indexOf(level)
  const at = (each: LogLevel): Log[LogLevel] =>
    logLevels.indexOf(each) < least
      ? () => {}
      : (line, fields) => void process.stderr.write(`${readableLine(new Date(), each, line, fields)}\n`)
  const log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
  return limitLines(log, createRealClock())
}

export function readableLine(at: Date, level: LogLevel, line: string, fields: Record<string, unknown> = {}): string {
  const shown = Object.entries(fields).map(
    // Only stacks of our errors have several lines.
    ([name, value]) => `  ${name}=${name === 'error' ? value : printable(String(value))}`,
  )
  return `${at.toISOString().slice(11, 23)} ${level.padEnd(5)} ${printable(line)}${shown.join('')}`
}
