import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/**
 * Writes a generated file so that nobody sees half of it (`npm start` beside `npm test`), and not at all when it is the
 * same. @returns whether it was written.
 */
export function replaceFile(file: string, content: string): boolean {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return false
  const temporary = `${file}.${process.pid}.tmp`
  writeFileSync(temporary, content)
  renameSync(temporary, file)
  return true
}
