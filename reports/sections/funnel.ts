import type { Result } from '../../schemas/generated/types.ts'
import { deliveryOf } from '../delivery.ts'
import { heardBeside } from '../heard-beside.ts'
import { bars } from '../page/bars.ts'
import { type Html, html, type Part } from '../page/html.ts'
import { countText } from '../page/number-text.ts'
import { countConfirmed, sentByTarget } from '../reading.ts'

interface Stage {
  name: string
  count: number
  what: Part
}

const named = (pairs: readonly (readonly [string, number])[]): string =>
  pairs
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${countText(count)} ${name}`)
    .join(', ')

function stages(result: Result): Stage[] {
  const { ledger, coverage, counters } = result
  const { isNotified } = deliveryOf(result)
  const sent = isNotified ? undefined : sentByTarget(result)
  const confirmed = countConfirmed(result)
  const broken = counters.schema_violations ?? 0
  const ofOthers = heardBeside(result) ? (coverage.kinds.notification ?? 0) : 0
  const beyond = named([
    ['repeated', ledger.repeated],
    ['duplicate', ledger.duplicate],
    ['foreign', ledger.foreign],
    ['refused', ledger.refused],
  ])
  const missing = named([
    [isNotified ? 'heard from the answer to a resume' : 'covered by another notice', ledger.covered],
    ['lost', ledger.lost],
    ['still open', ledger.open],
  ])
  return [
    {
      name: 'Expected',
      count: ledger.expected,
      what: isNotified ? 'events that a customer has to hear' : 'events that are pushed in this mode',
    },
    ...(sent === undefined ? [] : [{ name: 'Sent', count: sent, what: 'POSTs begun, as the target itself counted' }]),
    {
      name: 'Received',
      count: ledger.posts,
      what: `${isNotified ? 'notifications on the connections of customers' : 'POSTs read from sockets'}${beyond === '' ? '' : `, among them ${beyond}`}`,
    },
    {
      name: 'Validated',
      count: coverage.pushesValidated - ofOthers,
      what:
        broken === 0
          ? 'checked against the schema, none broke it'
          : `checked against the schema; ${countText(broken)} messages broke it`,
    },
    {
      name: 'Delivered',
      count: ledger.delivered,
      what: `events whose ${isNotified ? 'notification' : 'first POST'} arrived${missing === '' ? '' : `; ${missing}`}`,
    },
    ...(confirmed === undefined
      ? []
      : [{ name: 'Confirmed', count: confirmed, what: 'refreshes answered that a push had caused' }]),
  ]
}

/** The way of the pushes as bars, from what had to come to what was acknowledged. */
export function funnel(result: Result): Html {
  const all = stages(result)
  const most = Math.max(1, ...all.map(({ count }) => count))
  return html`<section aria-labelledby="funnel"><h2 id="funnel">The way of the ${deliveryOf(result).names}</h2>
${bars(all.map(({ name, count, what }) => ({ name, share: count / most, value: countText(count), what })))}</section>`
}
