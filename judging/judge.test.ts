import { expect, test } from 'vitest'
import { type JudgeSettings, judge, type RunFindings } from './judge.ts'

const inTime = {
  count: 1_000,
  min: 1,
  mean: 1,
  max: 1,
  atLeast: 0,
  isMinAtLeast: false,
  percentile: () => ({ value: 1, needs: 368 }),
  plain: () => 1,
}
const findings: RunFindings = {
  scenario: 'async-chat',
  measured: { latency: () => undefined, count: () => 0, rate: () => undefined },
  own: {
    latency: () => inTime,
    droppedIterations: 0,
    ready: 100,
    sent: 100,
    clockBoundMs: 1,
    uncompared: [],
    clockSteps: [],
    wallClockJumps: [],
    causality: { series: 'push_latency', differences: 100, negative: 0 },
    imbalances: [],
    standstills: [],
    scriptErrors: [],
  },
  rules: [],
  ledger: {
    expected: 0,
    delivered: 0,
    covered: 0,
    lost: 0,
    open: 0,
    posts: 0,
    repeated: 0,
    duplicate: 0,
    foreign: 0,
    refused: 0,
    balanced: true,
    imbalances: [],
    sources: [],
    byType: {},
  },
  sessions: 1,
  pushes: 0,
}
const settings: JudgeSettings = {
  thresholds: [],
  hasPushes: false,
  isReference: true,
  timeScale: 1,
  basisOf: () => 'V',
}

test('[PUSH-111] customers that all hear and none is pushed: the reason names the option, on a target that cannot be asked for it', () => {
  const pushes = { ...findings.ledger, expected: 40, lost: 40 }
  const heard = { ledger: { ...findings.ledger, expected: 40, delivered: 40, open: 2 }, notifications: 40 }
  const judged = (isReference: boolean, posts = 0) =>
    judge(
      {
        ...{ ...findings, heard, ledger: { ...pushes, posts } },
        measured: { ...findings.measured, count: name => (name === 'pushes_lost' ? 40 : 0) },
      },
      { ...settings, hasPushes: true, hasNotifications: true, isReference },
    ).verdict
  const { sentence, reasons } = judged(false)
  expect(sentence).toMatch(
    /^async-chat: 40 pushes were lost .*none was pushed.*push_notification_to_active_client=false/,
  )
  expect(reasons.map(({ code }) => code)).toContain('notifications_open')
  for (const { sentence } of [judged(true), judged(false, 1)]) expect(sentence).not.toMatch(/active_client/)
})

test('pushes that all went elsewhere: the reason names the URL, on a target that cannot be asked for it', () => {
  const judged = (isReference: boolean, posts: number) =>
    judge(
      {
        ...{ ...findings, ledger: { ...findings.ledger, expected: 40, lost: 40, posts } },
        measured: { ...findings.measured, count: name => (name === 'pushes_lost' ? 40 : 0) },
      },
      { ...settings, hasPushes: true, isReference },
    ).verdict.sentence
  expect(judged(false, 0)).toMatch(/40 pushes were lost .*nothing came at all.*push\.customhttp\.url/)
  for (const sentence of [judged(true, 0), judged(false, 1)]) expect(sentence).not.toMatch(/customhttp/)
})

test('latency that grew is inconclusive, and on a faster clock nothing that is judged', () => {
  const points = Array.from({ length: 61 }, (_, at) => ({ atSeconds: at, ms: 20 + 3 * at }))
  const grown = { ...findings, courses: [{ name: 'push_latency p99', points }] }
  const text = 'not steady: push_latency p99 grew by 900 % (20 to 200 ms) over the phase'
  expect(judge(grown, settings).verdict).toMatchObject({ exit: 3, reasons: [{ text }] })
  expect(judge(grown, { ...settings, timeScale: 60 }).verdict).toMatchObject({ exit: 0, reasons: [] })
})

test('our own delays are no latency that the validity limits are shares of', () => {
  const limitOf = (thresholds: string[]) =>
    judge(findings, { ...settings, thresholds }).validity.find(({ name }) => name === 'schedule_lateness')?.limit
  expect(limitOf(['intake_delay p(99)<5', 'wakeup_delay p(99)<5', 'schedule_lateness max<5'])).toBe(100)
  expect(limitOf(['send_latency p(99)<200', 'push_latency p(99)<300'])).toBe(40)
})

test('a counter without rate fails nothing and passes nothing', () => {
  const { verdict } = judge(findings, { ...settings, thresholds: ['pushes_open rate<1'] })
  expect(verdict).toMatchObject({ exit: 3, reasons: [{ kind: 'inconclusive', code: 'pushes_open' }] })
})
