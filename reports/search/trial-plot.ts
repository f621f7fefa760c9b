import type { SearchResult, SearchTrial } from '../../schemas/generated/types.ts'
import { elapsedAxis, grid, linearAxis } from '../page/chart-look.ts'
import { figure, marks, strokes } from '../page/figure.ts'
import { type Html, html } from '../page/html.ts'
import { counted, elapsedText } from '../page/number-text.ts'
import { sign } from '../page/table.ts'
import { amountText, pathOf, trialTable } from './trial-table.ts'

export const verdictMarks = { pass: 'good', fail: 'bad', inconclusive: 'unsure' } as const
const verdicts = ['pass', 'fail', 'inconclusive'] as const

/** Every trial by the time of its start; the search as a thin line through them. */
export function trialPlot(result: SearchResult): Html {
  const { trials, answer, unit } = result
  if (trials.length === 0) return html`<p class="quiet">No trial was finished.</p>`
  const at = ({ startedAt }: SearchTrial) => (Date.parse(startedAt) - Date.parse(result.startedAt)) / 1000
  const last = trials.at(-1)!
  const counts = verdicts.map(verdict => trials.filter(trial => trial.verdict === verdict).length)
  const path = { color: 'var(--rule-2)', width: 1, type: 'solid' }
  const ends =
    answer === undefined ? [] : [endLine(answer.holds, 'holds', 'good'), endLine(answer.breaks, 'breaks', 'bad')]
  return figure({
    id: 's1',
    title: `All trials, ${unit}`,
    description: `${counted(trials.length, 'trial')}: ${counts[0]} passed, ${counts[1]} failed, ${counts[2]} inconclusive; from ${amountText(Math.min(...trials.map(({ rate }) => rate)), unit)} to ${amountText(Math.max(...trials.map(({ rate }) => rate)), unit)}.`,
    option: {
      grid,
      xAxis: { ...elapsedAxis(Math.max(1, Math.ceil(at(last) + last.seconds))), name: 'start of the trial, min:s' },
      yAxis: linearAxis(unit),
      series: [
        {
          type: 'line',
          silent: true,
          symbol: 'none',
          lineStyle: path,
          data: trials.map(trial => [at(trial), trial.rate]),
          ...(ends.length > 0 && { markLine: { silent: true, symbol: 'none', data: ends } }),
        },
        ...verdicts.map(verdict => {
          const { symbol, color } = marks[verdictMarks[verdict]]
          return {
            type: 'line',
            silent: true,
            symbol,
            symbolSize: 11,
            lineStyle: { width: 0, opacity: 0 },
            itemStyle: { color },
            data: trials.filter(trial => trial.verdict === verdict).map(trial => [at(trial), trial.rate]),
          }
        }),
      ],
    },
    legend: verdicts.map(verdict => ({ name: verdict, stroke: strokes.first, mark: marks[verdictMarks[verdict]] })),
    data: trialTable({
      caption: 'Trials in the order of their start',
      trials,
      unit,
      cells: trial => [elapsedText(at(trial)), sign(verdictMarks[trial.verdict], trial.verdict), pathOf(trial)],
      heads: ['Start', 'Verdict', 'Result folder'],
    }),
  })
}

function endLine(rate: number, name: string, tone: 'good' | 'bad'): object {
  const color = `var(--${tone})`
  return {
    yAxis: rate,
    lineStyle: { color, width: 1.6, type: tone === 'good' ? 'solid' : [10, 4] },
    label: {
      show: true,
      position: tone === 'good' ? 'insideEndBottom' : 'insideEndTop',
      formatter: name,
      color,
      fontSize: 13,
      textBorderWidth: 0,
    },
  }
}
