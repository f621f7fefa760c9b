import { numberText } from '../../judging/number-text.ts'
import { type CapacityPlan, type Count, modelError } from '../../planning/capacity-plan.ts'
import { valuesOf } from '../../planning/figure.ts'
import { firstLimit } from '../../planning/limits.ts'
import { isExtrapolated } from '../../planning/measured-range.ts'
import { cards } from '../page/cards.ts'
import { type Html, html } from '../page/html.ts'
import { dataBlock, page } from '../page/page.ts'
import { facts, sign } from '../page/table.ts'
import { verdictHead } from '../page/verdict-head.ts'
import type { PlanAnswer } from './answer.ts'
import { costPicture } from './cost-picture.ts'
import { gridSection } from './grid-table.ts'
import { carriedGrid, figuresGrid, limitsGrid, limitText, outageGrid, rangeGrid, whatIfGrid } from './grids.ts'
import { headroomPicture } from './headroom-picture.ts'
import { shareText, valueText } from './number-text.ts'
import { outagePicture } from './outage-picture.ts'
import { answerSentence, fullSentence, machinesText, spareSentence } from './sentences.ts'

/** An answer of `chatgauge plan` → one HTML file that needs nothing else. Same question and results, same bytes. */
export function renderPlanPage(answer: PlanAnswer, command: string): string {
  const { plan, figures, mix, confirmations } = answer
  const { capacity } = plan
  const values = valuesOf(figures)
  const asked = { sessions: values.sessions, name: 'asked' }
  const body = html`${header(answer)}
${keyNumbers(plan)}
${warnings(plan)}
${gridSection('what-if', whatIfGrid(plan, figures))}
<section aria-labelledby="pictures"><h2 id="pictures">Pictures</h2>
${headroomPicture(values, mix, capacity, asked)}
${capacity.load.pushes === 0 ? '' : outagePicture(values, mix, capacity.nodes, capacity.outage.longestMs)}
${costPicture(values, mix, asked)}
</section>
${gridSection('carried', carriedGrid(plan))}
${gridSection('limits', limitsGrid(plan))}
${capacity.load.pushes === 0 ? '' : gridSection('after-outage', outageGrid(plan, figures))}
${gridSection('range', rangeGrid(plan), html`${confirmations.map(text => html`<p>${text}.</p>`)}`)}
${gridSection(
  'figures',
  figuresGrid(figures),
  html`<p class="quiet">Given: an option, taken as exact. Measured: from the results below. Documented: a default of the product. Assumed: nobody measured it; the option in brackets replaces it. Intervals hold what the sources leave open; the answer's has ${shareText(modelError)} more for the model itself.</p>`,
)}
${asking(answer, command)}
<footer><p class="quiet">chatgauge plan · the formulas and how they were checked: docs/planning.md</p></footer>`
  const title = `${machinesText(capacity)} for ${valueText(values.sessions, 'sessions')} – chatgauge plan`
  return page(title, body, dataBlock('plan', { plan, figures, mix }))
}

function header({ plan, figures }: PlanAnswer): Html {
  return verdictHead({
    origin: 'chatgauge plan · an answer of the capacity model, not a measurement',
    word: machinesText(plan.capacity),
    sentence: answerSentence(plan, figures),
    meaning: `${fullSentence(plan)} ${spareSentence(plan)}`,
  })
}

function keyNumbers(plan: CapacityPlan): Html {
  const { nodes, chatServers, first, capacity, range } = plan
  const machines = (name: string, count: Count, of: string) => {
    const limits = capacity.limits.filter(limit => limit.of === of)
    const most = limits.length === 0 ? undefined : firstLimit(limits)
    return {
      name,
      value: numberText(count.value),
      lines: [
        count.low === count.high
          ? 'whatever the sources leave open'
          : `${numberText(count.low)} to ${numberText(count.high)} possible`,
        most === undefined ? 'nothing known limits them' : `${most.name} used to ${shareText(most.used)}`,
      ],
    }
  }
  const far = range.filter(isExtrapolated).length
  return cards([
    machines('GMS nodes', nodes, 'GMS node'),
    machines('Chat Servers', chatServers, 'Chat Server'),
    { name: 'Runs out first', value: first.name, lines: [limitText(first), `${shareText(first.used)} used`] },
    {
      name: 'Within what was measured',
      value: `${range.length - far} of ${range.length}`,
      state: far === 0 ? sign('good', 'measured') : sign('unsure', 'extrapolated'),
      lines: [far === 0 ? 'no more than twice what a run has shown' : 'the rest is beyond twice what a run has shown'],
    },
  ])
}

function warnings({ warnings: all }: CapacityPlan): Html {
  if (all.length === 0) return html``
  return html`<section class="notes" aria-labelledby="notes"><h2 id="notes">To know before believing it</h2>
<ul>${all.map(text => html`<li>${text}.</li>`)}</ul></section>`
}

function asking({ sources }: PlanAnswer, command: string): Html {
  return html`<section aria-labelledby="asked"><h2 id="asked">Ask again</h2>
<pre dir="ltr"><code>npx ${command}</code></pre>
${facts(
  sources.map(({ name, result }) => [
    html`<bdi>${name}</bdi>`,
    html`<bdi>${result.verdict.sentence}</bdi>, run ${result.run}, ${result.startedAt.slice(0, 10)}`,
  ]),
)}</section>`
}
