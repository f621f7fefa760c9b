import { describe, expect, test } from 'vitest'
import { createLoopGaps } from './loop-gaps.ts'

/** Alive at these instants, and before each of them no later than 10 ms ago, unless it says so. */
function alive(...instants: number[]) {
  const gaps = createLoopGaps()
  for (const atMs of instants) gaps.alive(atMs)
  return gaps
}

describe('[hearing_delay] a loop that stood still', () => {
  test('its usual rest is none, and neither is work', () => {
    const gaps = alive(980, 990, 990.5, 1_000, 1_010)
    expect([995, 1_000, 1_010].map(gaps.unreadMs)).toEqual([0, 0, 0])
  })

  test('what is read behind it may have waited since it began, for a quarter of its time', () => {
    const gaps = alive(990, 1_000, 1_810)
    expect([1_005, 1_805, 1_810, 2_010, 2_011].map(gaps.unreadMs)).toEqual([0, 795, 800, 1_000, 0])
  })

  test('the short ones that it leaves behind do not hide it', () => {
    const gaps = alive(1_000, 1_810, 1_830, 1_835)
    expect(gaps.unreadMs(1_840)).toBe(830)
  })
})
