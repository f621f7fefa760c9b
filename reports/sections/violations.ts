import type { Result, RuleCount } from '../../schemas/generated/types.ts'
import { deliveryOf } from '../delivery.ts'
import { heardBeside } from '../heard-beside.ts'
import { type Html, html, type Part } from '../page/html.ts'
import { counted, countText } from '../page/number-text.ts'
import { facts, sign } from '../page/table.ts'
import { withCode } from '../page/with-code.ts'

/** Messages come from the network and can be long; the whole one is in violations.ndjson. */
const longestMessage = 2000

function example({ example: shown }: RuleCount): Html {
  if (shown === undefined) return html`<p class="quiet">No example was kept.</p>`
  const { at, session, pointer, expected, found, message } = shown
  const pairs: [string, Part][] = []
  if (at !== undefined) pairs.push(['When', at])
  if (session !== undefined) pairs.push(['Session', html`<code>${session}</code>`])
  if (pointer !== undefined) pairs.push(['Place', html`<code>${pointer === '' ? 'the whole message' : pointer}</code>`])
  pairs.push(['Expected', html`<bdi>${expected}</bdi>`], ['Found', html`<bdi>${found}</bdi>`])
  return html`${facts(pairs)}${
    message === undefined
      ? ''
      : html`<pre dir="ltr"><code>${message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message}</code></pre>`
  }`
}

function ruleItem(rule: RuleCount): Html {
  return html`<li class="${rule.judged ? 'judged' : 'informative'}"><h3><code>${rule.rule}</code> ${rule.what}</h3>
${rule.text === undefined ? '' : html`<p><span class="quiet">The rule:</span> ${withCode(rule.text)}</p>`}
<p>${rule.judged ? sign('bad', `${counted(rule.count, 'time')}`) : sign('none', `${counted(rule.count, 'time')}, for information`)}</p>
${example(rule)}</li>
`
}

export function violations(result: Result): Html {
  const { byRule, total } = result.violations
  const { coverage } = result
  const andHeard = heardBeside(result) ? ' and notifications' : ''
  const { Names, names, hasPushes } = deliveryOf(result)
  return html`<section aria-labelledby="violations"><h2 id="violations">Rule violations</h2>
${
  byRule.length === 0
    ? html`<p>${sign('good', 'No rule was broken')} in ${countText(coverage.answersValidated)} answers and ${countText(coverage.pushesValidated)} ${names}${andHeard}.</p>`
    : html`<p>${counted(total, 'violation')}, one example of each rule; <code>violations.ndjson</code> beside this report has more.</p>
<ul class="rules">${byRule.map(ruleItem)}</ul>`
}
<details><summary>What was checked</summary>
${facts([
  ['Answers validated', countText(coverage.answersValidated)],
  [`${Names}${andHeard} validated`, countText(coverage.pushesValidated)],
  ...(hasPushes ? [['One POST in flight', coverage.sequenceObserved ? 'observed' : 'not observed'] as const] : []),
  ...Object.entries(coverage.kinds).map(
    ([kind, count]) => [html`Kind <code>${kind}</code>`, countText(count)] as const,
  ),
])}
<p>Rules: ${coverage.rulesChecked.map((rule, i) => html`${i > 0 ? ', ' : ''}<code>${rule}</code>`)}</p>
</details></section>`
}
