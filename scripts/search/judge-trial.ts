import { fallsBehind } from '../../judging/search/backlog.ts'
import type { Trial } from '../../judging/search/trial.ts'
import { isWithin, steadySpan } from '../../judging/steady-span.ts'
import type { Result } from '../../schemas/generated/types.ts'

/** What a run means for the search. */
export type TrialJudgement = Pick<Trial, 'verdict' | 'cause'> & { why: string }

/** @returns undefined for a run that was interrupted. */
export function judgeTrial(result: Result): TrialJudgement | undefined {
  const { exit, reasons } = result.verdict
  const [first] = reasons
  if (exit === 130 || exit === 2) return undefined
  if (exit === 1) return { verdict: 'fail', why: first!.text }
  if (exit === 3)
    return { verdict: 'inconclusive', cause: first!.kind === 'validity' ? 'ours' : 'unclear', why: first!.text }
  const behind = fallsBehind(steadyMedians(result))
  return behind === undefined ? { verdict: 'pass', why: '' } : { verdict: 'fail', why: behind }
}

/** Median push latency of each whole interval of the steady phase. */
function steadyMedians(result: Result): { atSeconds: number; ms: number }[] {
  const span = steadySpan(result)
  const { columns, seconds } = result.intervals
  if (!span) return []
  return (columns.push_latency_p50 ?? []).flatMap((ms, at) =>
    ms !== null && isWithin(span, at, seconds) ? [{ atSeconds: at * seconds, ms }] : [],
  )
}
