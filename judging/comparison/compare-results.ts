import type { RegressionBound } from '../../protocol/regression-bound.ts'
import type { ComparedRow, Comparison, Regression, Result } from '../../schemas/generated/types.ts'
import { numberText } from '../number-text.ts'
import { whyUnfit } from '../unfit-result.ts'
import { type Candidate, candidatesOf } from './candidates.ts'
import { type Confidence, confidenceFor } from './confidence.ts'
import { countRow, rateRow } from './counter-rows.ts'
import { rowSentence } from './difference-text.ts'
import { latencyRow } from './latency-row.ts'
import { differencesOf, warningsOf } from './likeness.ts'
import { judgeRegression } from './regression.ts'
import type { Sides } from './sides.ts'

/** A result against a baseline. Unlike loads are the caller's matter (`unlikeLoads`). `path`: where the baseline was found. */
export function compareResults(
  result: Result,
  baseline: Result,
  path: string,
  bounds: readonly RegressionBound[] = [],
): Comparison {
  return compareRuns([result], [baseline], path, bounds)
}

/** One run a side, or repeats on both: at least two each, of which the first stands for the others where only one can be told. */
export function compareRuns(
  results: readonly Result[],
  baselines: readonly Result[],
  path: string,
  bounds: readonly RegressionBound[] = [],
): Comparison {
  const [result, baseline] = [results[0]!, baselines[0]!]
  const { run, startedAt, scenario } = baseline
  const known = {
    baseline: { path, run, startedAt, scenario },
    runs: { result: results.length, baseline: baselines.length },
    differences: differencesOf(result, baseline),
    warnings: warningsOf(results, baselines),
  }
  const refusals = [...refused('the result', results), ...refused('the baseline', baselines)]
  if (refusals[0] !== undefined)
    return { ...known, ...verdict('not comparable', refusals[0]), statements: 0, rows: [], regressions: [] }
  const sides = { results, baselines, isRepeated: results.length > 1 || baselines.length > 1 }
  const candidates = candidatesOf([...results, ...baselines], bounds)
  const judgedAlone = candidates.map(each => rowOf(each, sides, confidenceFor(1)))
  const statements = judgedAlone.filter(row => row.isJudged && row.verdict !== 'not comparable').length
  const rows = statements <= 1 ? judgedAlone : candidates.map(each => rowOf(each, sides, confidenceFor(statements)))
  const regressions = bounds.map(bound =>
    judgeRegression(bound, rows.find(row => row.metric === bound.metric && row.statistic === bound.statistic)!),
  )
  const words = bounds.length > 0 ? boundedVerdict(regressions) : openVerdict(rows.filter(({ isJudged }) => isJudged))
  return { ...known, ...words, statements, rows, regressions }
}

function refused(name: string, runs: readonly Result[]): string[] {
  return runs.flatMap(run => {
    const why = whyUnfit(run)
    const which = runs.length > 1 ? `${name} (run ${run.run})` : name
    return why === undefined ? [] : [`${which} cannot be compared: ${why}`]
  })
}

function rowOf(candidate: Candidate, sides: Sides, confidence: Confidence): ComparedRow {
  const row = { rate: rateRow, count: countRow }[candidate.statistic as string] ?? latencyRow
  return row(candidate, sides, confidence)
}

type Words = Pick<Comparison, 'word' | 'exit' | 'sentence'>

const exits = {
  'no difference shown': 0,
  better: 0,
  worse: 1,
  'no regression': 0,
  regression: 1,
  inconclusive: 3,
  'not comparable': 3,
} as const satisfies Record<Comparison['word'], Comparison['exit']>

function verdict(word: Comparison['word'], sentence: string): Words {
  return { word, exit: exits[word], sentence }
}

/** Held to bounds: the first that is broken, else the first that nobody can tell. */
function boundedVerdict(regressions: readonly Regression[]): Words {
  const broken = regressions.filter(({ verdict: of }) => of === 'fail')
  if (broken[0]) return verdict('regression', withMore(broken[0].text, broken.length - 1))
  const open = regressions.filter(({ verdict: of }) => of === 'inconclusive')
  if (open[0]) return verdict('inconclusive', withMore(open[0].text, open.length - 1))
  return verdict('no regression', withMore(regressions[0]!.text, regressions.length - 1))
}

/** Held to nothing: whatever is shown to be worse. */
function openVerdict(judged: readonly ComparedRow[]): Words {
  const of = (wanted: ComparedRow['verdict']) => judged.filter(({ verdict: found }) => found === wanted)
  const [worse, better, none] = [of('worse'), of('better'), of('no difference shown')]
  if (worse[0]) {
    const also = better.length > 0 ? `; ${numberText(better.length)} better` : ''
    return verdict('worse', withMore(rowSentence(worse[0]), worse.length - 1) + also)
  }
  if (better[0]) return verdict('better', withMore(rowSentence(better[0]), better.length - 1))
  if (none.length === 0) return verdict('not comparable', 'nothing has enough samples in both results')
  const isMain = ({ metric, statistic }: ComparedRow) =>
    (metric === 'push_latency' || metric === 'notification_latency') && statistic === 'p99'
  const main = none.find(isMain) ?? none[0]!
  return verdict('no difference shown', `${numberText(none.length)} statistics; ${rowSentence(main)}`)
}

function withMore(text: string, more: number): string {
  return more === 0 ? text : `${text}; and ${numberText(more)} more`
}
