import { expect, it } from 'vitest'
import type { Outcome } from './next-step.ts'
import { outcomeText, type Varied } from './outcome-text.ts'

const texts: [Outcome, Varied, string | undefined, string][] = [
  [
    { kind: 'found', holds: 157.9, breaks: 161.2 },
    'pushes',
    'push_latency p99 is 812 ms',
    'the thresholds hold up to 158 pushes/s and no longer at 161/s (push_latency p99 is 812 ms)',
  ],
  [
    { kind: 'found', holds: 2400, breaks: 2460 },
    'sessions',
    undefined,
    'the thresholds hold up to 2,400 sessions and no longer at 2,460 sessions',
  ],
  [
    { kind: 'generator-limited', at: 4100, holds: 3990 },
    'messages',
    undefined,
    'generator-limited at 4,100/s; the thresholds hold up to 3,990 messages/s',
  ],
  [
    { kind: 'undecided', at: 40 },
    'pushes',
    'push_latency: not enough samples',
    'undecided at 40/s (push_latency: not enough samples)',
  ],
  [
    { kind: 'unstable', contradiction: { from: 90, to: 140, trials: 10, fails: 4 } },
    'pushes',
    undefined,
    'target unstable: 4 of 10 trials fail between 90/s and 140/s',
  ],
  [
    { kind: 'unstable', contradiction: { from: 90, to: 90, trials: 5, fails: 2, pattern: 'degrades' } },
    'pushes',
    undefined,
    'target unstable: 2 of 5 trials fail at 90/s; what held at first failed later: it degrades',
  ],
  [
    { kind: 'no-failure', upTo: 10_000 },
    'pushes',
    undefined,
    'no failure up to the highest rate asked, 10,000 pushes/s',
  ],
  [
    { kind: 'always-fails', at: 40 },
    'messages',
    '3 pushes were lost',
    'the thresholds do not hold at the lowest rate asked, 40 messages/s (3 pushes were lost)',
  ],
  [
    { kind: 'out-of-trials', trials: 12, passed: 80, failed: 160 },
    'pushes',
    undefined,
    'no answer within 12 trials; 80/s passed, 160/s did not',
  ],
]

it.each(texts)('%o', (outcome, varied, why, text) => {
  expect(outcomeText(outcome, varied, why)).toBe(text)
})
