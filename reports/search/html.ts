import type { SearchResult } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { countText, msText } from '../page/number-text.ts'
import { dataBlock, page } from '../page/page.ts'
import { facts, sign } from '../page/table.ts'
import { verdictHead } from '../page/verdict-head.ts'
import { plannerHint } from '../planner/search-hint.ts'
import { rateOfService } from './reading.ts'
import { trialPlot, verdictMarks } from './trial-plot.ts'
import { amountText, p99Text, pathOf, trialTable } from './trial-table.ts'

const tones = {
  answer: 'pass',
  fail: 'fail',
  'could not run': 'could-not-run',
  'no answer': 'invalid',
  interrupted: 'interrupted',
} as const
const meanings = {
  answer: 'Both ends were proved by independent trials; the limit lies between them.',
  fail: 'The thresholds hold at no rate that was asked.',
  'could not run': 'The search stopped before it had an answer.',
  'no answer': 'The search ended without a limit, for the reason above.',
  interrupted: 'The search was stopped before its end; the trials until then are shown.',
} as const

/** search.json → one page that needs nothing else. Same result, same bytes. */
export function renderSearchHtml(result: SearchResult): string {
  const { verdict, startedAt, trials, unit } = result
  const body = html`${header(result)}
${answer(result)}
${plannerHint(result)}
<section aria-labelledby="trials"><h2 id="trials">Trials</h2>
${trialPlot(result)}
${
  trials.length === 0
    ? ''
    : trialTable({
        caption: 'What each trial said',
        trials,
        unit,
        heads: ['Verdict', 'push_latency p99', 'Why', 'Report'],
        cells: trial => [
          sign(verdictMarks[trial.verdict], trial.verdict),
          p99Text(trial),
          html`<bdi>${trial.why || '–'}</bdi>`,
          pathOf(trial),
        ],
      })
}</section>
${asked(result)}
<footer><p class="quiet">chatgauge ${result.tool.version} · search format ${result.format}</p></footer>`
  const title = `${verdict.word.toUpperCase()} find-capacity ${startedAt.slice(0, 10)} – chatgauge`
  return page(title, body, dataBlock('result', result))
}

function header({ verdict, startedAt, endedAt, target, vary }: SearchResult): Html {
  return verdictHead({
    tone: tones[verdict.word],
    origin: `chatgauge find-capacity · ${vary} · ${target.url}`,
    when: { startedAt, seconds: (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 },
    word: verdict.word,
    sentence: verdict.sentence,
    meaning: `${meanings[verdict.word]} Exit code ${verdict.exit}.`,
  })
}

function answer(result: SearchResult): Html {
  const { answer: found, holds, unit } = result
  if (found === undefined) {
    return holds === undefined
      ? html``
      : html`<section aria-labelledby="answer"><h2 id="answer">What is proved</h2>
${facts([['Holds at', amountText(holds, unit)]])}</section>`
  }
  const { achieved, pushServiceMeanMs: service } = found
  const byService = rateOfService(result)
  return html`<section aria-labelledby="answer"><h2 id="answer">The answer</h2>
${facts([
  ['Holds up to', amountText(found.holds, unit)],
  ['Holds no longer at', amountText(found.breaks, unit)],
  ['Confirmed by', `${countText(found.trials)} trials`],
  ...(achieved === undefined ? [] : [['Achieved there', amountText(achieved, unit)] as const]),
  ...(service === undefined ? [] : [['push_service_time, mean', msText(service)] as const]),
  ...(byService === undefined
    ? []
    : [['One POST after the other', `${amountText(byService, 'pushes/s')} = nodes / mean push_service_time`] as const]),
])}</section>`
}

function asked({ range, options, target, environment, seed, unit }: SearchResult): Html {
  return html`<section aria-labelledby="asked"><h2 id="asked">What was asked</h2>
${facts([
  [
    'Range',
    `${amountText(range.lowest, unit)} to ${amountText(range.highest, unit)}, at most ${countText(range.mostTrials)} trials`,
  ],
  ['Seed', `${seed}, and one more for each trial`],
  ['Target', target.reference ? 'the reference server, started anew for each trial' : target.url],
  ['Machine', `${environment.cpus} CPUs, ${environment.os}, Node ${environment.node}, k6 ${environment.k6}`],
  ...Object.entries(options).map(([name, value]) => [html`<code>--${name}</code>`, String(value)] as const),
])}</section>`
}
