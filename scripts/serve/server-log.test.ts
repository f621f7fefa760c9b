import { expect, test } from 'vitest'
import { readableLine } from './server-log.ts'

test('a readable line has time, level, text and fields, and nothing of a client begins another one', () => {
  const at = new Date(1_600_000_000_250)
  expect(readableLine(at, 'warn', 'device \u001b[2J', { chatId: 'a\n12:26:40.250 info  forged', status: 2 })).toBe(
    '12:26:40.250 warn  device �[2J  chatId=a�12:26:40.250 info  forged  status=2',
  )
  expect(readableLine(at, 'error', 'failed', { error: 'Error: x\n    at y' })).toBe(
    '12:26:40.250 error failed  error=Error: x\n    at y',
  )
})
