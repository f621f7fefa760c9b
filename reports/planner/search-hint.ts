import { assumed } from '../../planning/assumed.ts'
import type { SearchResult } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { amountText } from '../search/trial-table.ts'
import { shareText } from './number-text.ts'

/** What a planner does with a search: the load that leaves room, and the command that answers for his own. */
export function plannerHint({ answer, holds, target, unit, vary }: SearchResult): Html {
  const proved = answer?.holds ?? holds
  if (proved === undefined) return html``
  const kept = assumed.headroom.value
  const nodes = target.gmsNodes ?? 1
  const whose =
    target.gmsNodes === undefined
      ? 'this installation'
      : nodes === 1
        ? 'one node like this'
        : `${nodes} nodes like these`
  return html`<section aria-labelledby="planner"><h2 id="planner">For the planner</h2>
<p>With ${shareText(kept)} kept free ${whose} should carry no more than ${amountText(Number((proved * (1 - kept)).toPrecision(3)), unit)}${
    vary === 'pushes' && nodes > 1
      ? html`, ${amountText(Number(((proved * (1 - kept)) / nodes).toPrecision(3)), unit)} each`
      : ''
  }. How many nodes and Chat Servers that makes for your own chats, this answers from the trials that confirm the limit:</p>
<pre dir="ltr"><code>npx chatgauge plan &lt;folder of this search&gt; --sessions 150000 --message-rate 100/s --html plan.html</code></pre>
<p class="quiet">Sessions live at once and messages of customers per second are yours to give; <code>npx chatgauge plan --help</code> has the rest.</p></section>`
}
