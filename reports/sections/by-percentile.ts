import type { Result } from '../../schemas/generated/types.ts'
import { deliveryOf } from '../delivery.ts'
import { strokes } from '../page/figure.ts'
import { type Html, html } from '../page/html.ts'
import { msText } from '../page/number-text.ts'
import { judgedSummary, latencyLimit } from '../reading.ts'
import { hasCurve, percentileFigure, percentilesText } from './percentile-figure.ts'

export function latencyByPercentile(result: Result, id = 'f2'): Html {
  const { Name, name: thing, latency } = deliveryOf(result)
  const curves = [
    { series: latency, name: 'corrected, from the planned instant', stroke: strokes.first },
    { series: `${latency}_raw`, name: 'raw, from the real send', stroke: strokes.second },
  ].flatMap(({ series, ...look }) => {
    const judged = judgedSummary(result, series)
    return judged !== undefined && hasCurve(judged.summary) ? [{ ...look, ...judged }] : []
  })
  const first = curves[0]
  if (first === undefined) return html`<p class="quiet">No percentile curve of the ${thing} latency was recorded.</p>`
  const { summary, phase } = first
  const title = `${Name} latency by percentile`
  return percentileFigure({
    id,
    title,
    description: `Corrected, ${phase} phase: ${percentilesText(summary, ['p50', 'p99', 'p999'])}, highest ${summary.max === null ? 'unknown' : `${summary.censored + summary.overflow > 0 ? 'at least ' : ''}${msText(summary.max)}`}.`,
    caption: `${title}, ${phase} phase`,
    curves,
    limit: latencyLimit(result),
  })
}
