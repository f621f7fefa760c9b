import type { Result } from '../../schemas/generated/types.ts'
import { heardBeside } from '../heard-beside.ts'
import { type Html, html } from '../page/html.ts'
import { latencyByPercentile } from './by-percentile.ts'
import { ledger } from './ledger.ts'
import { latencyOverTime } from './over-time.ts'

/** The second book of customers that are pushed and hear over CometD as well. */
export function notificationsBeside(result: Result): Html {
  const heard = heardBeside(result)
  if (heard === undefined) return html``
  return html`<section aria-labelledby="heard"><h2 id="heard">Notifications beside the pushes</h2>
<p>Every event of another party was to be pushed, and to be heard over CometD as well: two ways, each with its own latency and its own ledger.</p>
${latencyOverTime(heard, 'f1n')}
${latencyByPercentile(heard, 'f2n')}
</section>
${ledger(heard, 'heard-ledger')}
`
}
