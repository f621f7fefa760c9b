import type { Writable } from 'node:stream'
import type { Log } from './log.ts'

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

export interface LogLinesSettings {
  out: Writable
  /** Lines below it are not written. */
  level: LogLevel
  /** Epoch milliseconds of the server's own time. */
  now(): number
}

/** One JSON object a line: time, level, text, fields. */
export function createLogLines(settings: LogLinesSettings): Log {
  const least = logLevels.indexOf(settings.level)
  const at = (level: LogLevel): Log[LogLevel] => {
    if (logLevels.indexOf(level) < least) return () => {}
    return (line, fields) => {
      settings.out.write(`${JSON.stringify({ at: new Date(settings.now()).toISOString(), level, line, ...fields })}\n`)
    }
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
