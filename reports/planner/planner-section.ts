import { numberText } from '../../judging/number-text.ts'
import { type FigureName, type Figures, figureNames, type Values } from '../../planning/figure.ts'
import { limitsOfOneNode } from '../../planning/one-node.ts'
import type { PushMix } from '../../planning/push-mix.ts'
import { longestOutageOf } from '../../planning/receiver-outage.ts'
import { whatIfs } from '../../planning/what-if.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { costPicture } from './cost-picture.ts'
import { gridTable } from './grid-table.ts'
import { figuresGrid, type Grid, longestText, shortLimit } from './grids.ts'
import { headroomPicture } from './headroom-picture.ts'
import { durationText, shareText } from './number-text.ts'
import { outagePicture } from './outage-picture.ts'
import { answerOfRun, runSentences } from './run-answer.ts'
import { sessionsText } from './sentences.ts'

/** The part of a run's report that a planner reads: what the model makes of this run alone. Nothing where it makes nothing. */
export function plannerSection(result: Result): Html {
  const answer = answerOfRun(result)
  const heading = html`<h2 id="planner">What the capacity model says</h2>`
  if ('why' in answer)
    return html`<section aria-labelledby="planner">${heading}
<p>Nothing is planned from this run: ${answer.why}.</p></section>`
  const { values, mix, figures, sessions } = answer
  const one = { nodes: 1, chatServers: 1 }
  return html`<section aria-labelledby="planner">${heading}
<p>${runSentences(answer).join(' ')}</p>
<p class="quiet">What the capacity model makes of this run alone, not a measurement. <code>npx chatgauge plan</code> with the folder of this run, <code>--sessions</code> and <code>--message-rate</code> answers for your own load: how many nodes and Chat Servers, with an interval.</p>
<h3>What would change it, one node and one Chat Server</h3>
${gridTable(oneNodeGrid(values, mix))}
${headroomPicture(values, mix, one, { sessions: Math.round(Number.isFinite(sessions.value) ? sessions.value : values.sessions), name: `about ${sessionsText(sessions.value)}` })}
${outagePicture(values, mix, answer.nodes, longestOutageOf(values, mix, answer.nodes))}
${costPicture(values, mix, { sessions: Math.round(values.sessions) * 10, name: 'ten times this run' })}
<details><summary>Figures of the model and their sources</summary>${gridTable(figuresGrid(shown(figures), () => ''))}</details>
</section>`
}

/** What the run had, and the same with one thing changed. */
function oneNodeGrid(values: Values, mix: PushMix): Grid {
  const row = (what: string, changed: Values, changedMix: PushMix) => {
    const [first] = limitsOfOneNode(changed, changedMix)
    return [
      what,
      sessionsText(first!.sessions),
      shortLimit(first!),
      shareText(first!.used),
      longestText(longestOutageOf(changed, changedMix, 1)),
    ]
  }
  return {
    title: 'What would change it',
    heads: [
      '',
      `sessions with ${shareText(values.headroom)} free`,
      'runs out first',
      `used by ${numberText(values.sessions)}`,
      'longest outage that drains',
    ],
    numbers: [1, 3, 4],
    rows: [
      row('as in this run', values, mix),
      ...whatIfs(values, mix, durationText).map(({ what, ...changed }) => row(what, changed.values, changed.mix)),
    ],
  }
}

/** Everything that was pushed stands in one figure, and CPU and memory only where something is known of them. */
function shown(figures: Figures): Figures {
  const hidden: readonly FigureName[] = ['pushesPerMessage', 'memoryBytes']
  const entries = figureNames.flatMap(name => {
    const figure = figures[name]
    return figure === undefined || hidden.includes(name) ? [] : [[name, figure]]
  })
  return Object.fromEntries(entries) as Figures
}
