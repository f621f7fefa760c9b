import { outcomeText, type Varied, variedText } from '../../judging/search/outcome-text.ts'
import type { SearchResult, SearchTrial } from '../../schemas/generated/types.ts'
import type { SearchEnd } from './run-trials.ts'

type Verdict = SearchResult['verdict']

/** Of the target only, that it holds at no rate asked: a failure. That there is no answer is one of the measurement. */
const exits = {
  found: 0,
  'always-fails': 1,
  stopped: 2,
  'generator-limited': 3,
  undecided: 3,
  unstable: 3,
  'no-failure': 3,
  'out-of-trials': 3,
  interrupted: 130,
} as const satisfies Record<SearchEnd['kind'], number>
const words = { 0: 'answer', 1: 'fail', 2: 'could not run', 3: 'no answer', 130: 'interrupted' } as const

export const units = { sessions: 'sessions', messages: 'messages/s', pushes: 'pushes/s' } as const

export function searchVerdict(
  end: SearchEnd,
  varied: Varied,
  trials: readonly SearchTrial[],
  seconds: number,
): Verdict {
  const exit = exits[end.kind]
  const length = `${trials.length} ${trials.length === 1 ? 'trial' : 'trials'} in ${minutes(seconds)}`
  return {
    exit,
    word: words[exit],
    sentence: `find-capacity: ${text(end, varied, trials)}, ${length}`,
    reason: end.kind,
  }
}

function text(end: SearchEnd, varied: Varied, trials: readonly SearchTrial[]): string {
  if (end.kind === 'stopped') return end.why
  if (end.kind === 'interrupted') {
    const passed = Math.max(0, ...trials.filter(({ verdict }) => verdict === 'pass').map(({ rate }) => rate))
    return `interrupted by the user; ${passed === 0 ? 'no trial passed' : `a trial at ${variedText(varied, passed)} passed`}`
  }
  return outcomeText(end, varied, whyAt(end, trials))
}

/** What the last trial that did not hold there said. */
function whyAt(end: SearchEnd, trials: readonly SearchTrial[]): string | undefined {
  if (end.kind === 'out-of-trials') return trials.at(-1)?.verdict === 'inconclusive' ? trials.at(-1)!.why : undefined
  const at = end.kind === 'found' ? end.breaks : 'at' in end ? end.at : undefined
  return trials.findLast(({ rate, verdict }) => rate === at && verdict !== 'pass')?.why
}

/** What the answer rests on. */
export function answerOf(end: SearchEnd, trials: readonly SearchTrial[]): Pick<SearchResult, 'answer' | 'holds'> {
  if (end.kind === 'no-failure') return { holds: end.upTo }
  if (end.kind !== 'found') return 'holds' in end && end.holds !== undefined ? { holds: end.holds } : {}
  const { holds, breaks } = end
  const confirming = trials.filter(({ rate, purpose }) => purpose === 'confirm' && (rate === holds || rate === breaks))
  const achieved = meanOf(confirming.flatMap(each => (each.rate === holds ? (each.achieved ?? []) : [])))
  const service = meanOf(confirming.flatMap(each => each.pushServiceMeanMs ?? []))
  return {
    answer: {
      holds,
      breaks,
      trials: confirming.length,
      ...(achieved !== undefined && { achieved }),
      ...(service !== undefined && { pushServiceMeanMs: service }),
    },
  }
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
