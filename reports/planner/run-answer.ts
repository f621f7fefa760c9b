import { numberText } from '../../judging/number-text.ts'
import type { Count } from '../../planning/capacity-plan.ts'
import { type Figures, type Values, valuesOf } from '../../planning/figure.ts'
import { trustedFactor } from '../../planning/measured-range.ts'
import { limitsOfOneNode, type OneNodeLimit, sessionsOfOneNode } from '../../planning/one-node.ts'
import type { PushMix } from '../../planning/push-mix.ts'
import { figuresOfRun } from '../../planning/run-figures.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { shareText } from './number-text.ts'
import { momentsOf } from './push-moments.ts'
import { runsOutFirst, sessionsText } from './sentences.ts'

/** What the model makes of a run alone. */
export interface RunAnswer {
  figures: Figures
  values: Values
  mix: PushMix
  /** Share of its lane that a node of the run used. */
  laneUsed: number
  nodes: number
  /** Sessions like those of the run that one node with one Chat Server carries with the headroom. */
  sessions: Count
  limits: OneNodeLimit[]
}

/** @returns why there is none, a clause without its subject, where there is none. */
export function answerOfRun(result: Result): RunAnswer | { why: string } {
  const asked = figuresOfRun({ name: 'this run', result, moments: momentsOf(result) })
  if ('why' in asked) return asked
  const { figures, mix } = asked
  const values = valuesOf(figures)
  const limits = limitsOfOneNode(values, mix)
  const nodes = result.target.gmsNodes || 1
  const lane = limits.find(({ name }) => name === 'push lane')!
  return { figures, values, mix, laneUsed: lane.used / nodes, nodes, sessions: sessionsOfOneNode(figures, mix), limits }
}

/** Two sentences: what the run used, and how far one node would come. */
export function runSentences({ values, laneUsed, nodes, sessions, limits }: RunAnswer): [string, string] {
  const laneRate = 1_000 / values.pushMs
  const rates = `${numberText(laneUsed * laneRate)} of ${numberText(laneRate)} pushes/s`
  const lanes = nodes === 1 ? 'the node used' : 'the nodes used in the mean'
  const range =
    sessions.low === sessions.high ? '' : ` (${sessionsText(sessions.low)} to ${sessionsText(sessions.high)})`
  const factor = sessions.value / values.sessions
  const far = factor > trustedFactor ? `, ${numberText(factor)} times as many as were run, so extrapolated` : ''
  const alone = limits.length === 1 ? ' (nothing is known of CPU)' : ''
  return [
    `At this load ${lanes} ${shareText(laneUsed)} of ${nodes === 1 ? 'its push lane' : 'their push lanes'}: ${rates}${nodes === 1 ? '' : ' each'}.`,
    `With ${shareText(values.headroom)} kept free one node and one Chat Server would carry about ${sessionsText(sessions.value)} sessions of this kind${range}${far}; then ${runsOutFirst(limits[0]!)}${alone}.`,
  ]
}
