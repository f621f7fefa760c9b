import type { RunFindings } from '../../judging/judge.ts'
import type { Sending } from '../row-intake.ts'
import type { RunContext } from '../run-context.ts'

/** The books of a run while it goes on, as they are when somebody asks. */
export interface LiveBooks {
  context: Pick<RunContext, 'histograms' | 'counting' | 'ledger' | 'heard' | 'violations' | 'phases' | 'settings'>
  sending: Readonly<Sending>
  nowMs(): number
  sessionsLive(): number
  /** Never less than before, as a counter must. */
  pushesExpected(): number
  /** Events whose push has not come yet; counted once a second. */
  pushesMissing(): number
  own(): RunFindings['own']
}

export function createLiveBooks(
  context: RunContext,
  parts: Pick<LiveBooks, 'sending' | 'sessionsLive' | 'pushesMissing' | 'own'>,
): LiveBooks {
  let mostExpected = 0
  return {
    ...parts,
    context,
    nowMs: context.nowMs,
    pushesExpected() {
      // At the end kinds that this target never pushes are taken off.
      mostExpected = Math.max(mostExpected, context.ledger.counts.expected)
      return mostExpected
    },
  }
}
