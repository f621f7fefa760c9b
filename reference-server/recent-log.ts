import { clippedFields, clippedText } from './clipped-line.ts'
import type { Log } from './log.ts'
import { type LogLevel, logLevels } from './log-lines.ts'

export interface LoggedLine {
  /** From 1, without gaps. */
  number: number
  level: LogLevel
  line: string
  fields?: Record<string, string | number | boolean>
}

/** A log that also keeps its last lines, of every level, for tests that have to read it (CS-054, PUSH-080). */
export interface RecentLog extends Log {
  linesAfter(number: number): LoggedLine[]
}

const kept = 2000

export function keepRecentLines(log: Log): RecentLog {
  const lines: LoggedLine[] = []
  let last = 0
  const at = (level: LogLevel): Log[LogLevel] => {
    return (text, all) => {
      const line = clippedText(text)
      const fields = clippedFields(all)
      log[level](line, fields)
      lines.push(fields ? { number: ++last, level, line, fields } : { number: ++last, level, line })
      if (lines.length > 2 * kept) lines.splice(0, kept)
    }
  }
  const [debug, info, warn, error] = logLevels.map(at)
  return {
    debug: debug!,
    info: info!,
    warn: warn!,
    error: error!,
    linesAfter: number => lines.filter(each => each.number > number),
  }
}
