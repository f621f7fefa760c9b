import type { Result } from '../schemas/generated/types.ts'
import { type Html, html } from './page/html.ts'
import { dataBlock, page } from './page/page.ts'
import { latencyByPercentile } from './sections/by-percentile.ts'
import { funnel } from './sections/funnel.ts'
import { glossary } from './sections/glossary.ts'
import { keyNumbers } from './sections/key-numbers.ts'
import { latencyTable } from './sections/latency-table.ts'
import { ledger } from './sections/ledger.ts'
import { machines } from './sections/machines.ts'
import { notes } from './sections/notes.ts'
import { latencyOverTime, ratesOverTime, sessionsOverTime } from './sections/over-time.ts'
import { ratesAndCounters } from './sections/rates-and-counters.ts'
import { reproduce } from './sections/reproduce.ts'
import { story } from './sections/story.ts'
import { thresholds, validity } from './sections/thresholds.ts'
import { verdict } from './sections/verdict.ts'
import { violations } from './sections/violations.ts'

/** Above this the page keeps only the interval columns of its own figures, so that it stays a file to be mailed. */
const mostEmbeddedBytes = 250_000
const drawnColumns =
  /^(messages|pushes|refreshes|pings|sessions_live|push_latency_(p50|p90|p99|max)|cpu_(machine|k6|reference_server|receiver))$/

function embedded(result: Result): { data: Html; isWhole: boolean } {
  const isWhole = JSON.stringify(result).length <= mostEmbeddedBytes
  if (isWhole) return { data: dataBlock('result', result), isWhole }
  const columns = Object.fromEntries(
    Object.entries(result.intervals.columns).filter(([name]) => drawnColumns.test(name)),
  )
  return { data: dataBlock('result', { ...result, intervals: { ...result.intervals, columns } }), isWhole }
}

/** result.json → one HTML file that needs nothing else. Same result, same bytes. */
export function renderReport(result: Result): string {
  const { data, isWhole } = embedded(result)
  const body = html`${verdict(result)}
${keyNumbers(result)}
${notes(result)}
${story(result)}
<section aria-labelledby="latency"><h2 id="latency">Latency</h2>
${latencyOverTime(result)}
${latencyByPercentile(result)}
</section>
<section aria-labelledby="rates"><h2 id="rates">Rates</h2>
${ratesOverTime(result)}
${sessionsOverTime(result)}
${ratesAndCounters(result)}
</section>
${funnel(result)}
${thresholds(result)}
${validity(result)}
${violations(result)}
${ledger(result)}
${latencyTable(result)}
${machines(result)}
${reproduce(result)}
${isWhole ? '' : html`<p class="quiet">The data in this page hold the intervals of its figures only; result.json beside it has all of them.</p>`}
${glossary()}
<footer><p class="quiet">chatgauge ${result.tool.version} · result format ${result.format}</p></footer>`
  return page(
    `${result.verdict.word.toUpperCase()} ${result.scenario} ${result.startedAt.slice(0, 10)} – chatgauge`,
    body,
    data,
  )
}
