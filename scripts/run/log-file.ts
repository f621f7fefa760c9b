import { createWriteStream, type WriteStream } from 'node:fs'
import { basename } from 'node:path'

/** What a process of the run says, kept in the result folder. */
export interface LogFile {
  stream: WriteStream
  /** Why it is not complete, in words. */
  problem(): string | undefined
}

/** A full disk must cost the log, and the run its validity, but not the run. */
export function openLogFile(file: string): LogFile {
  const stream = createWriteStream(file, { flags: 'a' })
  let problem: string | undefined
  stream.on('error', error => {
    problem ??= `${basename(file)} could not be written: ${error.message}`
  })
  return { stream, problem: () => problem }
}
