import type { Log } from '../../reference-server/log.ts'
import { createLogLines, type LogLevel, logLevels } from '../../reference-server/log-lines.ts'
import type { Typed } from '../program/command.ts'
import { didYouMean } from '../program/did-you-mean.ts'
import { UserError } from '../program/user-error.ts'

/** On stderr: JSON for programs, one readable line for people. */
export function serverLog(typed: Typed): Log {
  const word = typed.value('log-level') ?? 'info'
  const level = logLevels.find(each => each === word)
  if (level === undefined) {
    throw new UserError(`--log-level ${word}${didYouMean(word, logLevels)}: ${logLevels.join(', ')} are allowed`)
  }
  if (typed.has('json')) return createLogLines({ out: process.stderr, level, now: Date.now })
  const least = logLevels.indexOf(level)
  const at = (each: LogLevel): Log[LogLevel] =>
    logLevels.indexOf(each) < least
      ? () => {}
      : (line, fields) => void process.stderr.write(`${readableLine(new Date(), each, line, fields)}\n`)
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

export function readableLine(at: Date, level: LogLevel, line: string, fields: Record<string, unknown> = {}): string {
  const shown = Object.entries(fields).map(([name, value]) => `  ${name}=${value}`)
  return `${at.toISOString().slice(11, 23)} ${level.padEnd(5)} ${line}${shown.join('')}`
}
