import { expect, test } from 'vitest'
import { drainState } from './loss.ts'

const state = {
  nowMs: 20_000,
  missing: 1,
  covered: 0,
  lastAnswerMs: 5_000,
  lastPostMs: 5_000,
  stageStartedMs: 4_000,
  observeMs: 10_000,
}

test.each([
  ['nothing missing', { missing: 0, nowMs: 4_001 }, 'settled'],
  ['only covered, POSTs still coming', { missing: 0, covered: 2, lastPostMs: 19_000 }, 'waiting'],
  ['only covered, quiet for 2 s', { missing: 0, covered: 2, lastPostMs: 18_000 }, 'settled'],
  ['missing, W has not passed', { nowMs: 14_999 }, 'waiting'],
  ['missing, W has passed since the last answer', { nowMs: 15_000 }, 'lost'],
  ['missing, W has passed, POSTs still coming', { lastPostMs: 18_001 }, 'waiting'],
  ['missing, an answer came late in the stage', { lastAnswerMs: 15_000 }, 'waiting'],
  ['missing after 3 W, POSTs still coming', { nowMs: 34_000, lastPostMs: 33_000 }, 'open'],
  [
    'only covered after 3 W, POSTs still coming',
    { missing: 0, covered: 1, nowMs: 34_000, lastPostMs: 33_000 },
    'settled',
  ],
  ['missing after 3 W, quiet but answers still coming', { nowMs: 34_000, lastAnswerMs: 33_000 }, 'lost'],
] as const)('%s: %s', (_, change, decided) => {
  expect(drainState({ ...state, ...change })).toBe(decided)
})
