/** One line per event, never message text and never keys. */
export interface Log {
  debug(line: string, fields?: Record<string, string | number | boolean>): void
  info(line: string, fields?: Record<string, string | number | boolean>): void
  warn(line: string, fields?: Record<string, string | number | boolean>): void
  error(line: string, fields?: Record<string, string | number | boolean>): void
}
