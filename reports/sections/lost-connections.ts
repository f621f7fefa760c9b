import type { Result } from '../../schemas/generated/types.ts'
import { outageText } from '../outage.ts'
import { type Html, html } from '../page/html.ts'
import { sign } from '../page/table.ts'
import { kindTable } from './errors.ts'
import { connectionsOverTime } from './over-time.ts'

/** Nothing of a run that lost none, and of one over REST. */
export function lostConnections(result: Result): Html {
  const { losses = [], counters } = result
  const text = outageText(result)
  if (losses.length === 0) return html``
  const isBack = (counters.connections_resumed ?? 0) >= (counters.connections_lost ?? 0)
  return html`<section aria-labelledby="connections"><h2 id="connections">Lost connections</h2>
${text === undefined ? '' : html`<p>${isBack ? sign('unsure', 'lost and resumed') : sign('bad', 'some never came back')}: ${text}.</p>`}
${kindTable(result, 'Lost connections and new tries by what was met', 'What', losses, [])}
${connectionsOverTime(result)}</section>`
}
