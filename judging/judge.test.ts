import { expect, test } from 'vitest'
import { type JudgeSettings, judge, type RunFindings } from './judge.ts'

const findings: RunFindings = {
  scenario: 'async-chat',
  measured: { latency: () => undefined, count: () => 0, rate: () => undefined },
  own: {
    latency: () => undefined,
    droppedIterations: 0,
    ready: 100,
    sent: 100,
    clockBoundMs: 1,
    differences: 100,
    negative: 0,
    imbalances: [],
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
const notSteady = 'not steady: p99 grew from 20 ms to 200 ms over the phase'

test('latency that grew is inconclusive, and on a faster clock nothing that is judged', () => {
  const grown = { ...findings, notSteady }
  expect(judge(grown, settings).verdict).toMatchObject({ exit: 3, reasons: [{ text: notSteady }] })
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
