import { describe, expect, test } from 'vitest'
import { ownLimit } from './own-limit.ts'
import type { OwnLoad } from './own-load.ts'

const start = '2026-11-21T00:00:00.000Z'
const seconds = 40

/** `columns`: value by second where it differs from the usual one. */
function load(
  columns: Record<string, [usual: number, unusual?: Record<number, number>]>,
  more: Partial<OwnLoad> = {},
): OwnLoad {
  const column = ([usual, unusual = {}]: [number, Record<number, number>?]) =>
    Array.from({ length: seconds }, (_, second) => unusual[second] ?? usual)
  return {
    cores: 2,
    shards: 2,
    intervals: {
      seconds: 1,
      start,
      columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, column(values)])),
    },
    steady: { from: 5, to: 38 },
    standstills: [],
    ...more,
  }
}

const from = (first: number, last: number, value: number) =>
  Object.fromEntries(Array.from({ length: last - first + 1 }, (_, i) => [first + i, value]))
const said = (each: OwnLoad, process: 'k6' | 'receiver' = 'k6', series = 'schedule_lateness') => {
  const { when, why } = ownLimit(each, process, series, 100)
  return `we were the limit${when}${why}`
}

describe('when', () => {
  const when = (unusual: Record<number, number>) =>
    ownLimit(load({ schedule_lateness_p99: [1, unusual] }), 'k6', 'schedule_lateness', 100).when
  test.each([
    ['to the end', from(31, 38, 140), ' from second 31 on'],
    ['to the end, with a break', { ...from(31, 38, 140), 34: 1 }, ' from second 31 on'],
    ['once', { 12: 140 }, ' at second 12'],
    ['for a time', { 12: 140, 14: 101 }, ' between second 12 and 14'],
    ['only in the warm-up', { 2: 140 }, ''],
    ['never in one second alone', {}, ''],
  ])('%s', (_, unusual, expected) => {
    expect(when(unusual)).toBe(expected)
  })
})

describe('why, and what to do', () => {
  const late = from(31, 38, 140)
  test.each<[string, OwnLoad, string]>([
    [
      'k6 alone fills the machine',
      load({ schedule_lateness_p99: [1, late], cpu_k6: [0.5, from(31, 38, 1.9)], cpu_machine: [1, from(31, 38, 2)] }),
      'we were the limit from second 31 on; k6 used 1.9 of 2 cores; fewer sessions per shard, or another machine',
    ],
    [
      'all together fill the machine',
      load({
        schedule_lateness_p99: [1, late],
        cpu_k6: [0.7],
        cpu_receiver: [0.2],
        cpu_collector: [0.01],
        cpu_reference_server: [0.9],
        cpu_machine: [1.95],
      }),
      'we were the limit from second 31 on; the machine was full, 1.9 of 2 cores (the reference server 0.9, k6 0.7, the receiver 0.2); fewer sessions, or the target on another machine',
    ],
    [
      'somebody else fills the machine',
      load({ schedule_lateness_p99: [1, late], cpu_k6: [0.4], cpu_machine: [0.6, from(31, 38, 2)] }),
      'we were the limit from second 31 on; other programs used 1.6 of 2 cores; stop them, or take another machine',
    ],
    [
      'a shard has no more to give, the machine has',
      load(
        { schedule_lateness_p99: [1, late], cpu_k6: [0.5, from(31, 38, 1.1)], cpu_machine: [1.4] },
        { cores: 8, shards: 1 },
      ),
      'we were the limit from second 31 on; k6 used 1.1 of 8 cores with one shard, and a shard is one thread; more shards (--shards 2)',
    ],
    [
      'k6 got nothing in the seconds before its delays showed',
      load({
        schedule_lateness_p99: [1, { 33: 1_900 }],
        schedule_lateness_max: [1, { 33: 2_000 }],
        cpu_k6: [0.4, { 31: 0.01, 32: 0 }],
        cpu_machine: [0.9],
      }),
      'we were the limit at second 33; k6 used 0.00 cores at second 32, 0.40 otherwise: it was stopped; run it again without stopping it',
    ],
    [
      'k6 was stopped while others kept the machine busy',
      load({
        schedule_lateness_p99: [1, { 33: 1_900 }],
        schedule_lateness_max: [1, { 33: 2_000 }],
        cpu_k6: [0.4, { 31: 0.01, 32: 0 }],
        cpu_machine: [2],
      }),
      'we were the limit at second 33; k6 used 0.00 cores at second 32, 0.40 otherwise: it was stopped; run it again without stopping it',
    ],
    [
      'k6 got less than it takes',
      load({ schedule_lateness_p99: [1, { 33: 190 }], cpu_k6: [0.4, { 33: 0.1 }], cpu_machine: [0.9] }),
      'we were the limit at second 33; k6 used 0.10 cores at second 33, 0.40 otherwise: it was starved; run it again with nothing else on the machine',
    ],
    [
      'everything stood still',
      load(
        { schedule_lateness_p99: [1, { 33: 1_900 }], schedule_lateness_max: [1, { 33: 2_000 }], cpu_k6: [0.4] },
        { standstills: [{ atMs: Date.parse(start) + 31_200, ms: 2_100, with: ['k6', 'receiver'] }] },
      ),
      'we were the limit at second 33; everything stood still for 2.1 s at second 31; run it again without stopping it',
    ],
    [
      'a standstill at another time explains nothing',
      load(
        { schedule_lateness_p99: [1, { 33: 140 }], cpu_k6: [0.4], cpu_machine: [0.9] },
        { standstills: [{ atMs: Date.parse(start) + 11_200, ms: 2_100, with: ['k6'] }] },
      ),
      'we were the limit at second 33; k6 used 0.4 of 2 cores, so CPU was not short over whole seconds; run it again with nothing else on the machine',
    ],
    ['no books of the kernel', load({ schedule_lateness_p99: [1, late] }), 'we were the limit from second 31 on'],
  ])('%s', (_, each, expected) => {
    expect(said(each)).toBe(expected)
  })

  test.each<[string, OwnLoad, string]>([
    [
      'its one thread is full',
      load({ intake_delay_p99: [1, late], cpu_receiver: [0.9], cpu_machine: [1.4] }),
      'we were the limit from second 31 on; the receiver used 0.9 of the one core that it can; fewer pushes per receiver',
    ],
    [
      'its garbage collector paused it',
      load({
        intake_delay_p99: [1, { 33: 120 }],
        cpu_receiver: [0.3],
        gc_receiver_max: [2, { 33: 118 }],
        cpu_machine: [1],
      }),
      'we were the limit at second 33; the garbage collector of the receiver paused it for 118 ms; fewer sessions, or more memory',
    ],
    [
      'its loop stood for another reason',
      load({
        intake_delay_p99: [1, { 33: 120 }],
        cpu_receiver: [0.3],
        loop_receiver_max: [2, { 33: 118 }],
        cpu_machine: [1],
      }),
      'we were the limit at second 33; the event loop of the receiver stood for 118 ms; run it again with nothing else on the machine',
    ],
  ])('the receiver: %s', (_, each, expected) => {
    expect(said(each, 'receiver', 'intake_delay')).toBe(expected)
  })
})
