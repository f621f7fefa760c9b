import { describe, expect, test } from 'vitest'
import { parseThreshold } from '../protocol/threshold.ts'
import type { RuleCount, Threshold, ValidityLimit } from '../schemas/generated/types.ts'
import type { MeasuredLatency } from './threshold-evaluation.ts'
import { validityLimits } from './validity.ts'
import { type Findings, isJudged, judgeRun } from './verdict.ts'

const threshold = (verdict: Threshold['verdict'], more: Partial<Threshold> = {}): Threshold => ({
  metric: 'push_latency',
  expression: 'p(99)<500',
  limit: 500,
  value: 11,
  samples: 18_204,
  verdict,
  isDefault: true,
  text: `push_latency p99 is 11 ms (limit < 500 ms)`,
  ...more,
})
const brokenLimit: ValidityLimit = {
  name: 'schedule_lateness',
  limit: 100,
  value: 140,
  unit: 'ms',
  ok: false,
  text: 'we were the limit',
}
const broken: RuleCount = {
  rule: 'CS-072',
  count: 1,
  what: 'a push came twice',
  judged: true,
  example: { session: '0.17', expected: 'one', found: 'two' },
}

const findings = (more: Partial<Findings> = {}): Findings => ({
  scenario: 'async-chat',
  rules: [],
  validity: [],
  thresholds: [threshold('pass')],
  open: 0,
  numbers: { sessions: 2_000, pushes: 18_204, lost: 0, noted: 0 },
  ...more,
})

test('a run that passed tells of pushes, and of what was heard beside them', () => {
  const heard = threshold('pass', { metric: 'notification_latency', value: 7 })
  const numbers = { sessions: 30, pushes: 331, lost: 0, noted: 0, alsoHeard: { notifications: 309, lost: 0 } }
  expect(judgeRun(findings({ thresholds: [threshold('pass'), heard], numbers })).sentence).toBe(
    'async-chat: 30 sessions, 331 pushes, p99 11 ms (limit 500 ms), 0 lost, 309 notifications, p99 7 ms (limit 500 ms), 0 lost, 0 violations',
  )
})

describe('the first match wins', () => {
  /** Strongest first; each row breaks itself and everything below it. */
  const table: [word: string, exit: number, break_: Partial<Findings>][] = [
    ['could not run', 2, { couldNotRun: 'the target is not there' }],
    ['interrupted', 130, { interrupted: 'interrupted after 12 s' }],
    ['fail', 1, { rules: [broken] }],
    ['invalid', 3, { validity: [brokenLimit] }],
    [
      'fail',
      1,
      { targetDied: 'the target went away after 12 s', thresholds: [threshold('fail'), threshold('inconclusive')] },
    ],
    ['fail', 1, { regressions: [{ verdict: 'fail', code: 'push_latency', text: 'push_latency p99 is 30 % worse' }] }],
    ['invalid', 3, { open: 4, notSteady: 'not steady: p99 grew by 40 % over the phase' }],
    ['pass', 0, {}],
  ]
  test.each(table.map(([word, exit], row) => [row, word, exit] as const))('row %d: %s, exit %d', (row, word, exit) => {
    const everythingBelow = Object.assign(
      {},
      ...table
        .slice(row)
        .map(([, , change]) => change)
        .reverse(),
    )
    expect(judgeRun(findings(everythingBelow))).toMatchObject({ exit, word })
  })

  test('all reasons are kept, in the order of the table', () => {
    const all = Object.assign({}, ...table.map(([, , change]) => change))
    expect(judgeRun(findings(all)).reasons.map(({ exit, kind }) => [exit, kind])).toEqual([
      [2, 'could-not-run'],
      [130, 'interrupted'],
      [1, 'arrived-wrong'],
      [3, 'validity'],
      [1, 'threshold'],
      [1, 'threshold'],
      [1, 'regression'],
      [3, 'inconclusive'],
      [3, 'inconclusive'],
      [3, 'inconclusive'],
    ])
  })

  test('too few samples are inconclusive, never passed', () => {
    expect(
      judgeRun(findings({ thresholds: [threshold('inconclusive', { text: 'not enough samples' })] })),
    ).toMatchObject({
      exit: 3,
      word: 'invalid',
    })
  })
})

describe('the sentence', () => {
  test('of a run that passed', () => {
    expect(judgeRun(findings()).sentence).toBe(
      'async-chat: 2,000 sessions, 18,204 pushes, p99 11 ms (limit 500 ms), 0 lost, 0 violations',
    )
  })

  test('of a run that did not names the first reason', () => {
    expect(judgeRun(findings({ rules: [broken], open: 3 })).sentence).toBe(
      'async-chat: CS-072 was broken once: a push came twice (session 0.17)',
    )
  })

  test('under time scaling latency is printed and not judged', () => {
    expect(judgeRun(findings({ thresholds: [threshold('not-judged')] })).sentence).toContain('p99 11 ms (not judged)')
  })
})

test('on a target that is not ours rules of basis X and O are not judged', () => {
  const basisOf = (rule: string) => ({ 'PUSH-035': 'X', 'CV2-028': 'O', 'CV2-058': 'DX' })[rule]
  const rules = ['PUSH-035', 'CV2-028', 'CV2-058', 'CS-072']
  expect(rules.map(rule => isJudged(rule, false, basisOf))).toEqual([false, false, true, true])
  expect(rules.map(rule => isJudged(rule, true, basisOf))).toEqual([true, true, true, true])
  const noted = { ...broken, judged: false }
  expect(judgeRun(findings({ rules: [noted], numbers: { ...findings().numbers, noted: 1 } }))).toMatchObject({
    exit: 0,
  })
})

describe('validity limits', () => {
  const late = (value: number): MeasuredLatency => ({
    count: 9,
    min: 0,
    mean: 0,
    max: 0,
    atLeast: 0,
    isMinAtLeast: false,
    percentile: () => ({ value: null }),
    plain: () => value,
  })
  const own = {
    latency: () => late(1),
    droppedIterations: 0,
    ready: 1_000,
    sent: 1_000,
    clockBoundMs: 0.02,
    uncompared: [],
    clockSteps: [],
    wallClockJumps: [],
    causality: { series: 'push_latency', differences: 10_000, negative: 10 },
    imbalances: [],
    died: [],
    scriptErrors: [],
    standstills: [],
    unwritten: [],
  }
  const brokenNames = (more: object, tightest?: number) =>
    validityLimits({ ...own, ...more }, tightest)
      .filter(({ ok }) => !ok)
      .map(({ name }) => name)

  test.each([
    ['nothing', {}, []],
    [
      'lateness of 101 ms',
      { latency: (name: string) => late(name === 'schedule_lateness' ? 101 : 1) },
      ['schedule_lateness'],
    ],
    ['refreshes 101 ms late', { latency: (name: string) => late(name === 'wakeup_delay' ? 101 : 1) }, ['wakeup_delay']],
    ['intake of 51 ms', { latency: (name: string) => late(name === 'intake_delay' ? 51 : 1) }, ['intake_delay']],
    [
      'intake of 51 ms by a receiver to which nothing is posted',
      { hasPushes: false, latency: (name: string) => late(name === 'intake_delay' ? 51 : 1) },
      [],
    ],
    [
      'no probe of it',
      { hasPushes: false, latency: (name: string) => (name === 'intake_delay' ? undefined : late(1)) },
      [],
    ],
    [
      'notifications that waited 101 ms for a shard',
      { hasPushes: false, hasNotifications: true, latency: (name: string) => late(name === 'hearing_delay' ? 101 : 1) },
      ['hearing_delay'],
    ],
    [
      'no notification',
      { hasNotifications: true, latency: (name: string) => (name === 'hearing_delay' ? undefined : late(1)) },
      [],
    ],
    ['one dropped action', { droppedIterations: 1 }, ['dropped_iterations']],
    ['98.9 % sent', { sent: 989 }, ['sent_share']],
    ['99 % sent', { sent: 990 }, []],
    ['clocks 51 ms apart', { clockBoundMs: 51 }, ['clock_bound']],
    [
      'a clock that was set',
      { clockSteps: ['the clock of the receiver was set back by 2.0 s at second 31'] },
      ['clock_steps'],
    ],
    ['a machine that slept', { wallClockJumps: ['the machine slept'] }, ['wall_clock_jumps']],
    [
      'more than 0.1 % negative',
      { causality: { series: 'push_latency', differences: 10_000, negative: 11 } },
      ['negative_share'],
    ],
    ['a standstill of 1.1 s', { standstills: [{ atMs: 0, ms: 1_100, with: [] }] }, ['standstill']],
    ['a standstill of 0.9 s', { standstills: [{ atMs: 0, ms: 900, with: [] }] }, []],
    ['a file that could not be written', { unwritten: ['violations.ndjson: no space'] }, ['result_folder']],
    ['a gap', { imbalances: ['frame 3 of shard 0 is missing'] }, ['ledger']],
    ['a dead receiver', { died: ['the receiver died'] }, ['processes_died']],
    ['a script error', { scriptErrors: ['x is not defined'] }, ['script_errors']],
    ['no push that woke anybody', { latency: (name: string) => (name === 'wakeup_delay' ? undefined : late(1)) }, []],
    [
      'a probe of the receiver that died',
      { latency: (name: string) => (name === 'intake_delay' ? undefined : late(1)) },
      ['intake_delay'],
    ],
    ['nothing that was ready to be sent', { ready: 0, sent: 0 }, ['sent_share']],
    ['no clock that was compared, of one host', { clockBoundMs: undefined }, []],
    ['clocks of two hosts that were never compared', { uncompared: ['the clocks of …'] }, ['clock_bound']],
  ])('%s', (_, more, names) => {
    expect(brokenNames(more)).toEqual(names)
  })

  test('follow the tightest latency limit', () => {
    expect(brokenNames({ latency: () => late(11) }, 100)).toEqual(['intake_delay'])
    expect(parseThreshold('push_latency p(99)<100').limit).toBe(100)
  })
})
