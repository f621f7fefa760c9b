import { expect, test } from 'vitest'
import { heatCells, levelEnds, rowsOfDecade } from './heat-cells.ts'

test('a row is a tenth of a decade, and begins with its own lower end', () => {
  const blocks = [
    [
      [1, 5],
      [1.25, 2],
      [1.26, 3],
      [9.99, 1],
    ],
    [],
    [[10, 7]],
  ] as const
  expect(heatCells(blocks, 1, rowsOfDecade(2))).toEqual([
    { block: 0, row: 0, count: 7 },
    { block: 0, row: 1, count: 3 },
    { block: 0, row: 9, count: 1 },
    { block: 2, row: 10, count: 7 },
  ])
})

test('what is below the axis counts in the lowest row', () => {
  expect(heatCells([[[0.001, 4]]], 0.1, 10)).toEqual([{ block: 0, row: 0, count: 4 }])
})

test('one push among thousands has a level of its own', () => {
  expect(levelEnds(4096)).toEqual([1, 4, 16, 64, 256, 1024])
  expect(levelEnds(3)).toEqual([1, 2, 3])
  expect(levelEnds(1)).toEqual([1])
})
