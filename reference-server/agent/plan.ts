import { sample } from '../../protocol/distribution.ts'
import { seededUniform } from '../../protocol/seeded.ts'
import type { AgentScript } from '../actors.ts'

/**
 * Every planned instant and choice of an agent. Each comes from the seed and from what it is about, never from the
 * last answer or from the order of arrivals: a slow server cannot shift or thin out the load (open loop).
 */
export interface Plan {
  joinDelayMs(session: string, participation: number): number
  replyDelayMs(session: string, sequence: number): number
  pushesUrl(session: string, sequence: number): boolean
  transfers(session: string, sequence: number): boolean
  /** Instant and session of the n-th unprompted message. */
  unprompted(n: number): { offsetMs: number; choice: number }
}

/**
 * Multiples of it fill a range as evenly as can be. Drawn at random, 3,000 messages would give one of two nodes 1.3 % more
 * than the other on average, and a search for the limit would find that of the unlucky node.
 */
const goldenRatio = (Math.sqrt(5) - 1) / 2

export function makePlan(script: AgentScript): Plan {
  const draw = (stream: string) => seededUniform(script.seed, stream)
  const firstChoice = draw('choice')()
  return {
    joinDelayMs: (session, participation) => sample(script.joinDelay, draw(`join/${session}/${participation}`)),
    replyDelayMs: (session, sequence) => sample(script.replyDelay, draw(`reply/${session}/${sequence}`)),
    pushesUrl: (session, sequence) =>
      script.pushUrlShare > 0 && draw(`url/${session}/${sequence}`)() < script.pushUrlShare,
    transfers: (session, sequence) =>
      script.transferShare > 0 && draw(`transfer/${session}/${sequence}`)() < script.transferShare,
    unprompted(n) {
      const uniform = draw(`unprompted/${n}`)
      // One message somewhere in each slot of 1/rate: even load without marching in step.
      const offsetMs = ((n + uniform()) / script.ratePerSecond) * 1000
      return { offsetMs, choice: (firstChoice + n * goldenRatio) % 1 }
    },
  }
}
