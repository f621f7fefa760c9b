import { expect, test } from 'vitest'
import { createWallClockWatch, wallClockTexts } from './wall-clock-watch.ts'

const startMs = 1_795_220_000_000

/** A run of a minute; `sleeps` and `sets` by second, in ms. */
function watched(change: { sleeps?: Record<number, number>; sets?: Record<number, number>; slewPpm?: number }) {
  let host = startMs
  let wall = startMs + 3
  const watch = createWallClockWatch({ host: () => host, wall: () => Math.floor(wall) })
  for (let second = 0; second < 60; second++) {
    // A busy loop ticks late; both clocks tell the same lateness.
    const ms = 1_000 + (second % 7 === 0 ? 2_500 : 0) + (second * (change.slewPpm ?? 0)) / 1_000
    host += ms
    wall += ms + (change.sleeps?.[second] ?? 0) + (change.sets?.[second] ?? 0)
    watch.tick()
  }
  return wallClockTexts(watch.jumps(), startMs)
}

test('a machine that slept lost time that nobody measured', () => {
  expect(watched({ sleeps: { 20: 12_000 } })).toEqual([
    'the machine slept or its clock was set: 12 s at second 27 were not measured',
  ])
})

test('a clock that was set is told by its size and sign', () => {
  expect(watched({ sets: { 3: -90_000, 40: 250 } })).toEqual([
    'the clock of the machine was set back by 90 s at second 5',
    'the machine slept or its clock was set: 250 ms at second 55 were not measured',
  ])
})

test('a late loop, a slewed clock and a correction of 90 ms are none', () => {
  expect(watched({})).toEqual([])
  expect(watched({ slewPpm: 500 })).toEqual([])
  expect(watched({ sets: { 10: 90 } })).toEqual([])
})

test('what happened before the run is left out', () => {
  expect(wallClockTexts([{ atMs: startMs - 1_001, untilMs: startMs - 1, byMs: 5_000 }], startMs)).toEqual([])
})

test('what was seen after the start may have happened after it', () => {
  expect(wallClockTexts([{ atMs: startMs - 900, untilMs: startMs + 100, byMs: 5_000 }], startMs)).toEqual([
    'the machine slept or its clock was set: 5 s at second 0 were not measured',
  ])
})
