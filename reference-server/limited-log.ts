import { clippedFields, clippedText } from './clipped-line.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { LogLevel } from './log-lines.ts'

/** Of one kind in one second: people read no more, and a disk takes that for weeks. */
const mostLines = 20
/** Lines of further kinds count as one kind, so that texts of clients are no way around. */
const mostKinds = 50
const windowMs = 1000

/**
 * A log that clients cannot fill a disk with: of each kind of lines only the first ones of a second are written, and at its
 * end how many more there were. Whoever asks for `debug` gets all of these.
 */
export function limitLines(log: Log, clock: Clock): Log {
  /** Lines by kind since the second began. */
  const seen = new Map<string, { level: LogLevel; kind: string; lines: number }>()
  let endsAtMs = 0

  const at = (level: LogLevel): Log[LogLevel] => {
    return (line, fields) => {
      const text = clippedText(line)
      if (count(level, kindOf(text)) <= mostLines) log[level](text, clippedFields(fields))
    }
  }

  function count(level: LogLevel, kind: string): number {
    if (clock.now() >= endsAtMs) {
      tell()
      endsAtMs = clock.now() + windowMs
    }
    const known = seen.get(level + kind)
    if (!known && seen.size >= mostKinds && kind !== others) return count(level, others)
    const counted = known ?? { level, kind, lines: 0 }
    seen.set(level + kind, counted)
    // Without it nothing waits, and no program that ends waits for it.
    if (counted.lines === mostLines) clock.at(endsAtMs, tell)
    return ++counted.lines
  }

  function tell(): void {
    for (const { level, kind, lines } of seen.values())
      if (lines > mostLines) log[level](`… ${lines - mostLines} more of these in the last second: ${kind}`)
    seen.clear()
  }

  return { debug: log.debug, info: at('info'), warn: at('warn'), error: at('error') }
}

const others = 'other lines'

/** What stands before the first number: ids and counts of a line come behind it. */
function kindOf(line: string): string {
  return /^\D*/.exec(line)![0].trimEnd()
}
