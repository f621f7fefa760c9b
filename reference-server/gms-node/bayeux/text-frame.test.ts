import { expect, test } from 'vitest'
import { frameBytes, writeFrame } from './text-frame.ts'

// Headers by RFC 6455, section 5.2: FIN and opcode 1, no mask, length in 7, 16 or 64 bits.
test.each([
  [0, '8100'],
  [125, '817d'],
  [126, '817e007e'],
  [65_535, '817effff'],
  [65_536, '817f0000000000010000'],
])('a text of %i bytes has the header %s', (length, header) => {
  const frames = Buffer.alloc(3 + frameBytes(length))
  expect(writeFrame(frames, 3, 'x'.repeat(length), length)).toBe(frames.length)
  expect(frames.toString('latin1', 3)).toBe(Buffer.from(header, 'hex').toString('latin1') + 'x'.repeat(length))
})

test('letters of several bytes count as such', () => {
  const frame = Buffer.alloc(frameBytes(6))
  writeFrame(frame, 0, 'ä🙂', 6)
  expect(frame.toString('hex')).toBe('8106c3a4f09f9982')
})
