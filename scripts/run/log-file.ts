import { createWriteStream } from 'node:fs'
import { basename } from 'node:path'
import { Writable } from 'node:stream'

/** What a process of the run says, kept in the result folder. */
export interface LogFile {
  stream: Writable
  /** Why it is not complete, in words. */
  problem(): string | undefined
}

/** A run whose every request fails says so once a request: the beginning tells why, the rest would fill the disk. */
const mostBytes = 8 * 1024 * 1024

/** A full disk must cost the log, and the run its validity, but not the run. */
export function openLogFile(path: string, most = mostBytes): LogFile {
  const file = createWriteStream(path, { flags: 'a' })
  let problem: string | undefined
  let room = most
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (room <= 0) return done()
      const kept = chunk.subarray(0, room)
      room -= chunk.length
      file.write(kept, done)
      if (room <= 0) file.write(`\n… ${basename(path)} is longer than ${most} bytes, the rest is left out\n`)
    },
    final: done => void file.end(done),
  })
  const failed = (error: Error) => {
    problem ??= `${basename(path)} could not be written: ${error.message}`
  }
  stream.on('error', failed)
  file.on('error', error => {
    failed(error)
    stream.destroy(error)
  })
  return { stream, problem: () => problem }
}
