import { planCapacity } from '../../planning/capacity-plan.ts'
import { exactly, type Figures } from '../../planning/figure.ts'
import { onlyMode } from '../../planning/push-mix.ts'
import { readSample } from '../samples/read-sample.ts'
import type { PlanAnswer } from './answer.ts'
import { durationText } from './number-text.ts'
import { momentsOf } from './push-moments.ts'

const given = (value: number) => exactly(value, 'given', '--option')

const figures: Figures = {
  sessions: given(150_000),
  pingIntervalMs: given(1_800_000),
  messagesPerSecond: given(700),
  agentMessagesPerSecond: given(0),
  pushesPerMessage: given(1),
  sessionLengthMs: given(86_400_000),
  talkVariation: given(1),
  pushMs: { value: 5, low: 4.5, high: 5.5, origin: 'measured', from: 'mean push_service_time' },
  pushVariation: given(0),
  timeoutShare: given(0),
  timeoutMs: given(5_000),
  unconfirmedShare: given(0.001),
  resendDelayMs: given(15_000),
  resendAttempts: given(10),
  headroom: given(0.3),
  cores: given(1),
  memoryBytes: given(4 * 1_024 ** 3),
  outageMs: given(60_000),
  cpuMs: given(0.4),
  sessionBytes: given(3_072),
}

/** A question that takes several machines of both kinds. */
export function samplePlan(name = 'measured'): PlanAnswer {
  const result = readSample('pass')
  const sources = [{ name, result, moments: momentsOf(result) }]
  const mix = onlyMode('reliable')
  const plan = planCapacity(figures, mix, sources, durationText)
  if ('error' in plan) throw new Error(plan.error)
  return { plan, figures, mix, sources, confirmations: ['the search agrees'] }
}
