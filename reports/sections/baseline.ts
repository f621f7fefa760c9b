import type { Result } from '../../schemas/generated/types.ts'
import { boundTable } from '../comparison/bound-table.ts'
import { rowTable } from '../comparison/row-table.ts'
import { levelText, meanings } from '../comparison/words.ts'
import { type Html, html } from '../page/html.ts'

/** What `--baseline` found; nothing where there was none. */
export function againstBaseline({ comparison }: Result): Html {
  if (!comparison) return html``
  const { baseline, word, sentence, regressions, rows, warnings } = comparison
  const judged = rows.filter(({ isJudged }) => isJudged)
  return html`<section aria-labelledby="baseline"><h2 id="baseline">Against the baseline</h2>
<p><b>${word}</b>: ${sentence}. ${meanings[word]}</p>
<p class="quiet">Baseline: run ${baseline.run} of ${baseline.startedAt.slice(0, 19).replace('T', ' ')} UTC, <code>${baseline.path}</code>. comparison.html beside this page has both curves.</p>
${warnings.map(text => html`<p class="quiet">${text}.</p>`)}
${regressions.length === 0 ? '' : boundTable(regressions)}
${judged.length === 0 ? '' : html`<p class="quiet">${levelText(comparison)}</p>${rowTable('Differences to the baseline', judged)}`}
</section>`
}
