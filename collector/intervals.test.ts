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
