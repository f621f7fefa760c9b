import { expect, test } from 'vitest'
import type { Result, ValidityLimit } from '../../schemas/generated/types.ts'
import { clockLine } from './last-lines.ts'

const limit = (name: string, text: string, ok = false): ValidityLimit => ({
  name,
  text,
  ok,
  limit: 0,
  value: 1,
  unit: 'ms',
})
const result = (sentence: string, ...validity: ValidityLimit[]) =>
  ({ verdict: { exit: 3, word: 'invalid', sentence, reasons: [] }, validity }) as unknown as Result

test('what is wrong with the clocks is said in one line, unless the verdict says it', () => {
  const step = limit('clock_steps', 'the clock of the receiver was set back by 2.0 s at second 31')
  const bound = limit('clock_bound', 'the clocks agree within 60 ms only (limit 50 ms)')
  const late = limit('schedule_lateness', 'we were late')
  expect(clockLine(result('we were late', late, step, bound))).toBe(`clocks: ${step.text}; ${bound.text}`)
  expect(clockLine(result(`async-chat: ${step.text}`, step))).toBeUndefined()
  expect(clockLine(result('fine', limit('clock_bound', 'the clocks agree within 0.1 ms', true)))).toBeUndefined()
})
