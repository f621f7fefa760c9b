import type { Result } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { answerOfRun, runSentences } from './run-answer.ts'

/** For the first screen of a run's report: the model's answer, or in one sentence why there is none. */
export function plannerAnswer(result: Result): Html {
  const answer = answerOfRun(result)
  const text =
    'why' in answer ? `Nothing is planned from this run: ${briefly(answer.why)}.` : runSentences(answer).join(' ')
  return html`<section aria-labelledby="planner-answer"><h2 id="planner-answer" class="small">For the planner</h2>
<p>${text}${'why' in answer ? '' : html` <span class="quiet">The capacity model's answer, not a measurement: <a href="#planner">how it changes</a>.</span>`}</p></section>`
}

/** Without the verdict's sentence in brackets: on the first screen it stands right above. */
function briefly(why: string): string {
  return why.replace(/ \(.*\)(?=; )/, '')
}
