import { renameSync, writeFileSync } from 'node:fs'

/** Whoever reads while we write sees the old file or the new one, never half of one. */
export function replaceFile(path: string, text: string): string {
  const half = `${path}.${process.pid}.part`
  writeFileSync(half, text)
  renameSync(half, path)
  return path
}
