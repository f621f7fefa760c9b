import type { Result } from '../schemas/generated/types.ts'
import { deliveryOf } from './delivery.ts'
import { contents } from './page/contents.ts'
import { type Html, html } from './page/html.ts'
import { dataBlock, page } from './page/page.ts'
import { plannerAnswer } from './planner/planner-answer.ts'
import { plannerSection } from './planner/planner-section.ts'
import { againstBaseline } from './sections/baseline.ts'
import { latencyByPercentile } from './sections/by-percentile.ts'
import { errors } from './sections/errors.ts'
import { funnel } from './sections/funnel.ts'
import { glossary } from './sections/glossary.ts'
import { latencyHeatMap } from './sections/heat-map.ts'
import { keyNumbers } from './sections/key-numbers.ts'
import { latencyTable } from './sections/latency-table.ts'
import { ledger } from './sections/ledger.ts'
import { lostConnections } from './sections/lost-connections.ts'
import { environment, selfMeasurement } from './sections/machines.ts'
import { notes } from './sections/notes.ts'
import { notificationsBeside } from './sections/notifications-beside.ts'
import { latencyOverTime, ratesOverTime, sessionsOverTime } from './sections/over-time.ts'
import { perNode } from './sections/per-node.ts'
import { ratesAndCounters } from './sections/rates-and-counters.ts'
import { reproduce } from './sections/reproduce.ts'
import { resends } from './sections/resends.ts'
import { pushStages } from './sections/stages.ts'
import { story } from './sections/story.ts'
import { thresholds, validity } from './sections/thresholds.ts'
import { reasons, verdict } from './sections/verdict.ts'
import { violations } from './sections/violations.ts'
import { whatLimits } from './sections/what-limits.ts'

/** Above this the page keeps only the interval columns of its own figures, so that it stays a file to be mailed. */
const mostEmbeddedBytes = 250_000
const drawnColumns =
  /^(messages|pushes|notifications|refreshes|pings|sessions_live|(push|notification)_latency_(p50|p90|p99|max)|staged|stage_\w+|resends|duplicates|out_of_order|failures|connections_(lost|resumed)|cpu_(machine|k6|reference_server|receiver))$/

function embedded(result: Result): { data: Html; isWhole: boolean } {
  const isWhole = JSON.stringify(result).length <= mostEmbeddedBytes
  if (isWhole) return { data: dataBlock('result', result), isWhole }
  const columns = Object.fromEntries(
    Object.entries(result.intervals.columns).filter(([name]) => drawnColumns.test(name)),
  )
  const { blocks, ...intervals } = result.intervals
  const { latency } = deliveryOf(result)
  const drawnBlocks = blocks && {
    blocks: { ...blocks, histograms: { [latency]: blocks.histograms[latency] ?? [] } },
  }
  return { data: dataBlock('result', { ...result, intervals: { ...intervals, columns, ...drawnBlocks } }), isWhole }
}

/** result.json → one HTML file that needs nothing else. Same result, same bytes. */
export function renderReport(result: Result): string {
  const { data, isWhole } = embedded(result)
  const first = html`${verdict(result)}
${plannerAnswer(result)}
${keyNumbers(result)}
${whatLimits(result)}`
  const rest = html`${story(result)}
<section aria-labelledby="timeline"><h2 id="timeline">Over time</h2>
${ratesOverTime(result)}
${latencyOverTime(result)}
${ratesAndCounters(result)}
</section>
<section aria-labelledby="percentiles"><h2 id="percentiles">Latency by percentile</h2>
${latencyByPercentile(result)}
</section>
${latencyTable(result)}
${
  deliveryOf(result).hasPushes
    ? html`<section aria-labelledby="stages"><h2 id="stages">Stages of a push</h2>
${pushStages(result)}
</section>
`
    : ''
}<section aria-labelledby="heat-map"><h2 id="heat-map">Heat map</h2>
${latencyHeatMap(result)}
</section>
${funnel(result)}
${ledger(result)}
${notificationsBeside(result)}${resends(result)}
${perNode(result)}
<section aria-labelledby="live"><h2 id="live">Sessions live</h2>
${sessionsOverTime(result)}
</section>
${lostConnections(result)}
${errors(result)}
${violations(result)}
${thresholds(result)}
${validity(result)}
${againstBaseline(result)}
${plannerSection(result)}
${selfMeasurement(result)}
${environment(result)}
${reproduce(result)}
${isWhole ? '' : html`<p class="quiet">The data in this page hold the intervals of its figures only; result.json beside it has all of them.</p>`}
${glossary(result)}
<footer><p class="quiet">chatgauge ${result.tool.version} · result format ${result.format}</p></footer>`
  const body = html`${first}
${reasons(result)}
${notes(result)}
${contents(rest)}
${rest}`
  return page(
    `${result.verdict.word.toUpperCase()} ${result.scenario} ${result.startedAt.slice(0, 10)} – chatgauge`,
    body,
    data,
  )
}
