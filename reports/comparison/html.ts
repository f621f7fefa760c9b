import type { Comparison, Result } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { dataBlock, page } from '../page/page.ts'
import { facts, table } from '../page/table.ts'
import { verdictHead } from '../page/verdict-head.ts'
import { boundTable } from './bound-table.ts'
import { bothCurves } from './curves.ts'
import { missingList, rowTable } from './row-table.ts'
import { rowGroups } from './row-text.ts'
import { levelText, meanings, tones } from './words.ts'

export interface Compared {
  comparison: Comparison
  /** One, or repeats. */
  results: readonly Result[]
  baselines: readonly Result[]
}

/** Drawn side by side; the others are in the table. */
const drawn = ['push_latency', 'send_latency', 'refresh_latency', 'notification_latency']

/** Two results and their comparison → one page that needs nothing else. Same results, same bytes. */
export function renderComparisonHtml({ comparison, results, baselines }: Compared): string {
  const result = results[0]!
  const { rows, word, baseline: held } = comparison
  const { judged, missing, shownOnly } = rowGroups(rows)
  const body = html`${header(comparison, result)}
${regressions(comparison)}
<section aria-labelledby="runs"><h2 id="runs">Both runs</h2>
${runs(results, baselines)}
${differences(comparison)}</section>
<section aria-labelledby="differences"><h2 id="differences">Differences</h2>
<p>${levelText(comparison)}</p>
${judged.length === 0 ? '' : rowTable('Differences', judged, true)}
${missingList(missing)}
${shownOnly.length === 0 ? '' : html`<details><summary>Shown only, in no verdict</summary>${rowTable('Shown only, in no verdict', shownOnly)}</details>`}
</section>
<section aria-labelledby="curves"><h2 id="curves">By percentile</h2>
${drawn.map((series, at) => bothCurves(series, `c${at + 1}`, results, baselines))}
</section>
${method(comparison)}
<footer><p class="quiet">chatgauge ${result.tool.version} · result format ${result.format}</p></footer>`
  const title = `${word.toUpperCase()} ${result.scenario} ${result.run} against ${held.run} – chatgauge`
  return page(title, body, dataBlock('comparison', comparison))
}

function header({ word, sentence, exit, warnings }: Comparison, result: Result): Html {
  return verdictHead({
    tone: tones[word],
    origin: `chatgauge compare · ${result.scenario} · run ${result.run}`,
    when: { startedAt: result.startedAt, seconds: (Date.parse(result.endedAt) - Date.parse(result.startedAt)) / 1000 },
    word,
    sentence,
    meaning: `${meanings[word]} Exit code ${exit}.`,
    ...(warnings.length > 0 && {
      more: html`<h2 class="small">To know</h2><ul class="reasons">${warnings.map(text => html`<li>${text}</li>`)}</ul>
`,
    }),
  })
}

function regressions({ regressions: held }: Comparison): Html {
  if (held.length === 0) return html``
  return html`<section aria-labelledby="bounds"><h2 id="bounds">Allowed regression</h2>
${boundTable(held, true)}</section>`
}

function runs(results: readonly Result[], baselines: readonly Result[]): Html {
  const side = (name: string) => (run: Result) =>
    [
      name,
      html`<code>${run.run}</code>, ${run.startedAt.slice(0, 19).replace('T', ' ')} UTC, seed ${run.seed}. ${run.verdict.word}: ${run.verdict.sentence}`,
    ] as const
  return facts([...results.map(side('Result')), ...baselines.map(side('Baseline'))])
}

function differences({ differences: found }: Comparison): Html {
  if (found.length === 0) return html`<p>Options, target and machine are the same.</p>`
  return table<Comparison['differences'][number]>({
    caption: 'What differs between them',
    rows: found,
    columns: [
      { head: 'What', isHead: true, cell: ({ name }) => html`<code>${name}</code>` },
      { head: 'Result', cell: ({ value }) => value },
      { head: 'Baseline', cell: ({ baseline }) => baseline },
    ],
  })
}

function method({ runs: { result, baseline } }: Comparison): Html {
  const isRepeated = result > 1
  return html`<section aria-labelledby="method"><h2 id="method">How it was compared</h2>${facts([
    [
      'interval',
      isRepeated
        ? `from the spread between runs, ${result} of the result and ${baseline} of the baseline; values are geometric means`
        : 'from the intervals of both values, each with what bunching of samples and the clocks cost; on a log scale for changes',
    ],
    [
      'no difference shown',
      'the interval contains “no difference”, or the change is below 5 % or 1 ms, which timers of equal generators differ by',
    ],
    ...(isRepeated
      ? []
      : [
          [
            'one pair of runs',
            'knows the chance within both runs, not what changes from one run to the next: other programs on the machine, caches, another host. Before a small difference is believed, repeat both and compare the folders of the repeats',
          ] as const,
        ]),
  ])}</section>`
}
