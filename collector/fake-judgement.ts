import { type Judgement, judge } from '../judging/judge.ts'
import { basisOf } from '../protocol/rule-basis.ts'
import type { Facts } from './facts.ts'
import { run } from './fake-messages.ts'
import type { RunDescription } from './result.ts'

export const description: RunDescription = {
  version: '0.1.0',
  run,
  scenario: 'async-chat',
  seed: 7,
  options: { sessions: 1, threshold: [] },
  target: { url: 'http://127.0.0.1:1', reference: true, service: 'customer-support' },
  environment: { node: '24', k6: '2.2.0', os: 'linux', arch: 'x64', cpus: 2, memoryBytes: 1 },
}

export const judged = (facts: Facts, isReference = true): Judgement =>
  judge({ ...facts, scenario: 'async-chat' }, { thresholds: [], hasPushes: true, isReference, timeScale: 1, basisOf })
