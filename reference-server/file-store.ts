import { createWriteStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FileStore } from './actors.ts'
import type { Random } from './random.ts'

export interface FileStoreSettings {
  /** Of the ids. */
  random: Random
  /** Folder in which the store makes its own; '' = that of the system for temporary files. */
  place(): string
  /** Of all files together, those that are on their way included. */
  maxBytes(): number
}

/**
 * Contents in a folder of this server, made with the first file and removed with the last trace at the end. A path is
 * made of the id alone, which nobody outside has chosen.
 */
export function createFileStore({ random, place, maxBytes }: FileStoreSettings): FileStore {
  const sizes = new Map<string, number>()
  let bytes = 0
  let folder: Promise<string> | undefined

  const pathOf = async (fileId: string) => {
    folder ??= mkdtemp(join(place() || tmpdir(), 'chatgauge-files-')).catch(error => {
      folder = undefined
      throw error
    })
    return join(await folder, fileId)
  }
  const drop = (fileId: string) => {
    bytes -= sizes.get(fileId) ?? 0
    sizes.delete(fileId)
  }

  return {
    async put(content) {
      // 16 digits, as in the documentation's samples.
      const fileId = random.hex(8).toUpperCase()
      sizes.set(fileId, 0)
      let isFull = false
      const counter = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          // What is too much is read to its end all the same: the form goes on behind it.
          isFull ||= bytes + chunk.length > maxBytes()
          if (isFull) return done()
          bytes += chunk.length
          sizes.set(fileId, sizes.get(fileId)! + chunk.length)
          done(null, chunk)
        },
      })
      let isKept = false
      try {
        await pipeline(content, counter, createWriteStream(await pathOf(fileId), { flags: 'wx', mode: 0o600 }))
        isKept = !isFull
        return isKept ? { fileId, sizeBytes: sizes.get(fileId)! } : 'full'
      } finally {
        if (!isKept) {
          drop(fileId)
          if (folder) await rm(await pathOf(fileId), { force: true })
        }
      }
    },
    async read(fileId) {
      if (!sizes.has(fileId)) return undefined
      // Opened first, so that a file that is gone is told before the answer begins.
      const file = await open(await pathOf(fileId)).catch(() => undefined)
      return file?.createReadStream()
    },
    remove(fileId) {
      if (!sizes.has(fileId)) return
      drop(fileId)
      void pathOf(fileId).then(path => rm(path, { force: true }))
    },
    gauges: () => ({ files: sizes.size, bytes }),
    async close() {
      if (folder) await rm(await folder, { recursive: true, force: true })
      folder = undefined
      sizes.clear()
      bytes = 0
    },
  }
}
