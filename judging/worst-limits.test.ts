import { expect, test } from 'vitest'
import type { ValidityLimit } from '../schemas/generated/types.ts'
import { worstLimits } from './worst-limits.ts'

const limit = (name: string, value: number | null, ok = true): ValidityLimit => ({
  name,
  limit: 1,
  value,
  unit: 'ms',
  ok,
  text: `${name} is ${value}`,
})
const parts = (...values: ValidityLimit[]) => values.map((each, at) => ({ name: `part ${at + 1}`, limits: [each] }))

test('the worst of all is shown with who it was', () => {
  expect(worstLimits([limit('lateness', 5)], parts(limit('lateness', 4), limit('lateness', 9)))).toEqual([
    { ...limit('lateness', 9), text: 'part 2: lateness is 9' },
  ])
  expect(worstLimits([limit('lateness', 12)], parts(limit('lateness', 4)))).toEqual([limit('lateness', 12)])
})

test('of shares that must be large the smallest is the worst', () => {
  expect(worstLimits([limit('sent_share', 0.998)], parts(limit('sent_share', 0.997)))[0]).toMatchObject({
    value: 0.997,
  })
})

test('what was not measured is never the worst', () => {
  expect(worstLimits([limit('clock_bound', null)], parts(limit('clock_bound', null), limit('clock_bound', 0)))).toEqual(
    [{ ...limit('clock_bound', 0), text: 'part 2: clock_bound is 0' }],
  )
})

test('a part that broke a limit breaks it for all, and its own words tell why', () => {
  const broken = { ...limit('dropped', 3, false), text: 'we were the limit at second 31' }
  expect(worstLimits([limit('dropped', 7, false)], parts(limit('dropped', 4), broken))).toEqual([
    { ...limit('dropped', 7, false), text: 'part 2: we were the limit at second 31' },
  ])
})
