import { expect, test } from 'vitest'
import { createLoadLog } from '../../collector/load-log.ts'
import { watchProcessLoad } from './process-load.ts'

const unknown = { loopDelayP99Ms: null, heapMaxBytes: null, gcCount: null, gcTotalMs: null, gcLongestMs: null }

test('cores that a process and the machine used, second by second, until the process is gone', () => {
  let atMs = 0
  const cpuSeconds = [1, 1.5, 2.5]
  const log = createLoadLog()
  const load = watchProcessLoad({ k6: 7 }, log, () => atMs, {
    process: () => (atMs < 3_000 ? { cpuSeconds: cpuSeconds[atMs / 1_000]!, rssBytes: 1_000 - atMs / 10 } : undefined),
    machine: () => ({ cpuSeconds: (2 * atMs) / 1_000 }),
  })
  for (atMs = 0; atMs <= 3_000; atMs += 1_000) load.read()
  expect(load.figures()).toEqual([
    { ...unknown, name: 'k6', cpuMean: 0.75, cpuMax: 1, rssMaxBytes: 1_000 },
    { ...unknown, name: 'machine', cpuMean: 2, cpuMax: 2, rssMaxBytes: null },
  ])
  expect(log.columns({ seconds: 1, start: new Date(0).toISOString() }, 3)).toEqual({
    cpu_k6: [0.5, 1, null],
    cpu_machine: [2, 2, 2],
  })
})

test('a process of this machine, read from its own books', () => {
  let atMs = 0
  const load = watchProcessLoad({ test: process.pid, nobody: 2 ** 30 }, createLoadLog(), () => (atMs += 1_000))
  load.read()
  load.read()
  const figures = load.figures()
  if (process.platform === 'linux') expect(figures.map(({ name }) => name)).toEqual(['test', 'machine'])
  for (const { cpuMean } of figures) expect(cpuMean).toBeGreaterThanOrEqual(0)
})
