import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startTicker } from './ticker.ts'

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

function started(tick: (nowMs: number) => number = () => 0) {
  const failures: string[] = []
  const ticker = startTicker({
    tickMs: 5,
    now: Date.now,
    tick: nowMs => tick(nowMs) ?? 0,
    failed: message => void failures.push(message),
  })
  return { ticker, failures }
}

test('ticks stay on their grid, whatever the work of a tick costs', () => {
  const ticks: number[] = []
  const { ticker } = started(nowMs => {
    ticks.push(nowMs)
    if (nowMs === 10) vi.setSystemTime(22)
    return 0
  })
  vi.advanceTimersByTime(20)
  ticker.stop()
  expect(ticks).toEqual([0, 5, 10, 25, 30, 35, 40].slice(0, ticks.length))
  expect(ticks.length).toBeGreaterThan(4)
})

test('ticks with nothing to do are left out, but not for long', () => {
  const ticks: number[] = []
  const next = [8, 9, Number.POSITIVE_INFINITY, 0]
  const { ticker } = started(nowMs => {
    ticks.push(nowMs)
    return next.shift() ?? 0
  })
  vi.advanceTimersByTime(30)
  ticker.stop()
  expect(ticks).toEqual([0, 8, 10, 20, 25, 30])
})

test('waiting ends with the condition, or with its limit', async () => {
  let isThere = false
  const { ticker } = started()
  const held = ticker.until(() => isThere, 1_000)
  const given = ticker.until(() => false, 50)
  vi.advanceTimersByTime(60)
  isThere = true
  vi.advanceTimersByTime(10)
  expect(await Promise.all([held, given])).toEqual([true, false])
  ticker.stop()
})

test('an exception in a tick is reported and the next tick comes', () => {
  let count = 0
  const { ticker, failures } = started(() => {
    if (++count === 2) throw new Error('broken')
    return 0
  })
  vi.advanceTimersByTime(20)
  ticker.stop()
  expect(count).toBeGreaterThan(3)
  expect(failures).toEqual([expect.stringContaining('broken')])
})

test('a stopped ticker leaves no timer behind', () => {
  const { ticker } = started()
  ticker.stop()
  vi.advanceTimersByTime(10)
  expect(vi.getTimerCount()).toBe(0)
})
