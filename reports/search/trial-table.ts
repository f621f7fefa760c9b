import type { SearchResult, SearchTrial } from '../../schemas/generated/types.ts'
import { type Html, html, type Part } from '../page/html.ts'
import { countText, msText, threeDigits } from '../page/number-text.ts'
import { table } from '../page/table.ts'

/** '158 pushes/s', '2,000 sessions'. */
export function amountText(rate: number, unit: SearchResult['unit']): string {
  return `${unit === 'sessions' ? countText(rate) : threeDigits(rate)} ${unit}`
}

export const purposeText = { grow: 'grow', bisect: 'halve the bracket', confirm: 'confirm' } as const

export function p99Text({ pushLatencyP99Ms: p99 }: SearchTrial): string {
  return p99 === undefined ? '–' : msText(p99)
}

/** A link to the report of the trial's own run, beside the page. */
export function pathOf({ folder }: SearchTrial): Html {
  const path = folder.split('/').map(encodeURIComponent).join('/')
  return html`<a href="${path}/report.html"><code>${folder}</code></a>`
}

/** One row a trial: number, rate and purpose, then what the caller tells of it. */
export function trialTable(content: {
  caption: string
  trials: readonly SearchTrial[]
  unit: SearchResult['unit']
  heads: readonly string[]
  cells(trial: SearchTrial): readonly Part[]
}): Html {
  const { caption, trials, unit, heads, cells } = content
  return table({
    caption,
    rows: trials,
    columns: [
      { head: 'Trial', kind: 'number', isHead: true, cell: ({ number }) => number },
      { head: 'Rate', kind: 'number', cell: ({ rate }) => amountText(rate, unit) },
      { head: 'To', cell: ({ purpose }) => purposeText[purpose] },
      ...heads.map((head, at) => ({
        head,
        kind: head.startsWith('push_latency') ? ('number' as const) : ('text' as const),
        cell: (trial: SearchTrial) => cells(trial)[at],
      })),
    ],
  })
}
