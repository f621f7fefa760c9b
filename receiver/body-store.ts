import { createWriteStream } from 'node:fs'
import { asOneLine } from '../protocol/stream/shard-stream.ts'

/** Bodies for `receive --out`, one a line (NDJSON), as `chatgauge validate` reads them; keys are masked. */
export interface BodyStore {
  write(body: string): void
  /** Resolves when all is on disk. @throws when the file could not be written. */
  close(): Promise<void>
}

export function openBodyStore(file: string): BodyStore {
  const stream = createWriteStream(file, { flags: 'a' })
  let failure: Error | undefined
  stream.on('error', error => {
    failure = error
  })
  return {
    write(body) {
      if (!failure) stream.write(`${asOneLine(masked(body))}\n`)
    },
    async close() {
      if (!failure) await new Promise(resolve => stream.end(resolve))
      if (failure) throw new Error(`${file} could not be written: ${failure.message}`)
    },
  }
}

export function masked(body: string): string {
  return body.replace(/("(?:secureKey|secure-key)"\s*:\s*")(?:[^"\\]|\\.)*"/g, '$1masked"')
}
