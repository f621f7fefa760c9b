import { expect, test } from 'vitest'
import { createStandstillWatch } from './standstill-watch.ts'

function watched() {
  const watch = createStandstillWatch(0)
  for (let ms = 0; ms <= 5_000; ms += 25) watch.tick(ms)
  watch.shardLives(0, 4_500, 4_500)
  watch.tick(8_000)
  return watch
}

test('a gap between two ticks is a standstill of the collector alone, unless the others tell of one', () => {
  const watch = watched()
  watch.receiverStood(4, 8_100)
  watch.shardLives(0, 5_600, 8_100)
  watch.shardLives(0, 6_600, 8_100)
  expect(watch.all()).toEqual([{ atMs: 5_000, ms: 3_000, with: [] }])
})

test('whoever stood still at the same time tells within its next second', () => {
  const watch = watched()
  watch.receiverStood(2_990, 8_300)
  watch.shardLives(0, 8_010, 8_020)
  expect(watch.all()).toEqual([{ atMs: 5_000, ms: 3_000, with: ['k6', 'receiver'] }])
})

test('what the others tell before our own timer has seen the gap counts as well', () => {
  const watch = createStandstillWatch(5_000)
  watch.tick(5_025)
  watch.receiverStood(2_990, 8_024)
  watch.tick(8_025)
  expect(watch.all()).toEqual([{ atMs: 5_025, ms: 3_000, with: ['receiver'] }])
})

test('what another process did later has nothing to do with it', () => {
  const watch = watched()
  watch.tick(8_025)
  watch.receiverStood(2_990, 12_000)
  expect(watch.all()).toEqual([{ atMs: 5_000, ms: 3_000, with: [] }])
})

test('ticks that are a little late are no standstill', () => {
  const watch = createStandstillWatch(0)
  for (let ms = 0; ms <= 5_000; ms += 240) watch.tick(ms)
  expect(watch.all()).toEqual([])
})

test('a long standstill is kept however many short ones there were before', () => {
  const watch = createStandstillWatch(0)
  for (let i = 1; i <= 150; i += 1) watch.tick(i * 300)
  watch.tick(50_000)
  expect(watch.all().filter(({ ms }) => ms > 1_000)).toEqual([{ atMs: 45_000, ms: 5_000, with: [] }])
  expect(watch.all()).toHaveLength(100)
})
