import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLogFile } from './log-file.ts'

test('keeps the beginning of what is longer than a log may be, and says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatgauge-log-'))
  try {
    const { stream, problem } = openLogFile(join(folder, 'k6.log'), 20)
    for (let line = 0; line < 9; line += 1) stream.write('request failed\n')
    stream.end()
    await once(stream, 'close')
    expect(readFileSync(join(folder, 'k6.log'), 'utf8')).toBe(
      'request failed\nreque\n… k6.log is longer than 20 bytes, the rest is left out\n',
    )
    expect(problem()).toBeUndefined()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
