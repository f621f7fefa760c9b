import type { Result } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { answerOfRun, runSentences } from './run-answer.ts'

/** The model's answer, or in one sentence why there is none, for whoever has just read the verdict. */
export function plannerText(result: Result): { text: string; isAnswer: boolean } {
  const answer = answerOfRun(result)
  if ('why' in answer)
    return { text: `Nothing is planned from this run: ${briefly(answer.why, result)}.`, isAnswer: false }
  return { text: runSentences(answer).join(' '), isAnswer: true }
}

/** For the first screen of a run's report. */
export function plannerAnswer(result: Result): Html {
  const { text, isAnswer } = plannerText(result)
  return html`<section aria-labelledby="planner-answer"><h2 id="planner-answer" class="small">For the planner</h2>
<p>${text}${isAnswer ? html` <span class="quiet">The capacity model's answer, not a measurement: <a href="#planner">how it changes</a>.</span>` : ''}</p></section>`
}

/** Without the verdict's sentence: it stands right above. */
function briefly(why: string, { verdict }: Result): string {
  return why.replace(/ \(.*\)(?=; )/, '').replace(`: ${verdict.sentence}`, '')
}
