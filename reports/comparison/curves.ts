import type { Result } from '../../schemas/generated/types.ts'
import { strokes } from '../page/figure.ts'
import { type Html, html } from '../page/html.ts'
import { hasCurve, percentileFigure, percentilesText } from '../sections/percentile-figure.ts'

/** Both percentile curves of a series in one picture, the baseline dashed. */
export function bothCurves(series: string, id: string, results: readonly Result[], baselines: readonly Result[]): Html {
  const curves = [
    ...results.map(run => ({ name: `result, run ${run.run}`, stroke: strokes.first, run })),
    ...baselines.map(run => ({ name: `baseline, run ${run.run}`, stroke: strokes.second, run })),
  ].flatMap(({ name, stroke, run }) => {
    const summary = run.metrics[series]?.steady
    return summary && hasCurve(summary) ? [{ name, stroke, summary }] : []
  })
  if (curves.length === 0) return html``
  const title = `${series} by percentile, ${results.length > 1 ? 'all' : 'both'} runs`
  return percentileFigure({
    id,
    title,
    description: `Steady phase, corrected. ${curves.map(({ name, summary }) => `${name}: ${percentilesText(summary, ['p50', 'p99'])}`).join('; ')}.`,
    caption: title,
    curves,
  })
}
