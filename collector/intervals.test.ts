import { expect, test } from 'vitest'
import { createIntervalColumns } from './intervals.ts'

test('what many runs have none of gets a column with its first one, and zeros before', () => {
  const columns = createIntervalColumns(0, 5_000)
  columns.count('pushes')
  columns.tick(2_000, 1)
  columns.count('resends')
  columns.count('stage_queue', 7.5)
  columns.count('stage_queue', 2.5)
  columns.tick(3_000, 1)
  const { columns: got } = columns.finish(4_000, 1)
  expect([got.pushes, got.resends, got.stage_queue, got.duplicates]).toEqual([
    [1, 0, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 10, 0],
    undefined,
  ])
})

test('[hearing_delay] [schedule_lateness] [wakeup_delay] what makes a run invalid has a course, so that it is told when', () => {
  const columns = createIntervalColumns(0, 5_000)
  for (const series of ['hearing_delay', 'schedule_lateness', 'wakeup_delay'] as const) {
    columns.tick(2_000, 1)
    columns.record(series, 800)
  }
  const { columns: got } = columns.finish(3_000, 1)
  for (const series of ['hearing_delay', 'schedule_lateness', 'wakeup_delay'])
    expect(got[`${series}_p99`]).toEqual([null, null, 800])
})
