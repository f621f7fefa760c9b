import { expect, test } from 'vitest'
import { clockAnswer, clockQuestion, isClockMessage, readClockAnswer } from './clock-exchange.ts'

test('a question is answered with the stamp of the peer, and read with that of its arrival', () => {
  const question = clockQuestion(1_795_220_000_000.25)
  const answer = clockAnswer(question, 1_795_220_000_007.5)!
  expect(readClockAnswer(answer, 1_795_220_000_001)).toEqual([
    1_795_220_000_000.25, 1_795_220_000_007.5, 1_795_220_000_001,
  ])
  expect([question, answer, '{"frame":1}'].map(isClockMessage)).toEqual([true, true, false])
})

test('what is none is left alone', () => {
  expect(clockAnswer('{"type":"bye"}', 1)).toBeUndefined()
  expect(clockAnswer(`c,${'9'.repeat(100)}`, 1)).toBeUndefined()
  for (const junk of ['', 'c,', 'c,1', 'c,1,', 'c,1,x', 'c,1,2,3', '17,2,3'])
    expect(readClockAnswer(junk, 1), junk).toBeUndefined()
})
