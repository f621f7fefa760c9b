import type { Result, Threshold, ValidityLimit } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { countText, msText, percentText } from '../page/number-text.ts'
import { sign, table } from '../page/table.ts'
import { intervalText, limitText, percentileOf, valueText } from '../reading.ts'
import { thresholdSign } from './key-numbers.ts'

export function thresholds(result: Result): Html {
  return html`<section aria-labelledby="thresholds"><h2 id="thresholds">Thresholds</h2>
${
  result.thresholds.length === 0
    ? html`<p class="quiet">No threshold was set.</p>`
    : table<Threshold>({
        caption: 'Thresholds',
        hiddenCaption: true,
        columns: [
          { head: 'Metric', isHead: true, cell: ({ metric }) => html`<code>${metric}</code>` },
          {
            head: 'Condition',
            cell: ({ expression, isDefault }) =>
              html`<code>${expression}</code>${isDefault ? html` <span class="quiet">default</span>` : ''}`,
          },
          { head: 'Limit', kind: 'number', cell: limitText },
          { head: 'Value', kind: 'number', cell: threshold => valueText(result, threshold) },
          {
            head: '95 % interval',
            kind: 'number',
            cell: threshold => intervalText(percentileOf(result, threshold)) ?? '–',
          },
          { head: 'Samples', kind: 'number', cell: ({ samples }) => countText(samples) },
          { head: 'Verdict', cell: threshold => thresholdSign(result, threshold) },
          { head: 'In words', cell: ({ text, verdict }) => (verdict === 'pass' ? '' : text) },
        ],
        rows: result.thresholds,
      })
}</section>`
}

export function validityText(value: number | null, unit: ValidityLimit['unit']): string {
  if (value === null) return 'not measured'
  return unit === 'ms' ? msText(value) : unit === 'share' ? percentText(value) : countText(value)
}

export function validity(result: Result): Html {
  return html`<section aria-labelledby="validity"><h2 id="validity">Can the measurement be trusted?</h2>
<p>Limits on ourselves: when one is broken the run is invalid, whatever the target did.</p>
${table<ValidityLimit>({
  caption: 'Validity limits',
  hiddenCaption: true,
  columns: [
    { head: 'Of ourselves', isHead: true, cell: ({ name }) => html`<code>${name}</code>` },
    {
      head: 'Limit',
      kind: 'number',
      cell: ({ limit, unit }) => (unit === 'ms' ? `${countText(limit)} ms` : validityText(limit, unit)),
    },
    { head: 'Value', kind: 'number', cell: ({ value, unit }) => validityText(value, unit) },
    { head: 'Verdict', cell: ({ ok }) => (ok ? sign('good', 'kept') : sign('bad', 'broken')) },
    { head: 'In words', cell: ({ text }) => text },
  ],
  rows: result.validity,
})}</section>`
}
