import { expect, test } from 'vitest'
import { asciiFrame, frames, isAscii } from './text-frame.ts'

// Headers by RFC 6455, section 5.2: FIN and opcode 1, no mask, length in 7, 16 or 64 bits.
test.each([
  [0, '8100'],
  [125, '817d'],
  [126, '817e007e'],
  [65_535, '817effff'],
  [65_536, '817f0000000000010000'],
  [16_909_060, '817f0000000001020304'],
])('a text of %i bytes has the header %s', (length, header) => {
  const text = 'x'.repeat(length)
  const frame = asciiFrame(text)
  expect(frame.slice(0, header.length / 2)).toBe(Buffer.from(header, 'hex').toString('latin1'))
  expect(frame.slice(header.length / 2)).toBe(text)
  expect(frames([text, text]).equals(Buffer.from(frame + frame, 'latin1'))).toBe(true)
})

test('letters of several bytes count as such', () => {
  expect(isAscii('ä🙂')).toBe(false)
  expect(frames(['ä🙂', 'x']).toString('hex')).toBe('8106c3a4f09f9982810178')
})
