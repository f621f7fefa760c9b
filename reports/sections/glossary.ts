import { type Html, html } from '../page/html.ts'
import { facts } from '../page/table.ts'

const words = [
  [
    'planned',
    'the instant at which the seeded schedule wanted an action; latency counts from here, so that a slow target cannot hide by holding up the next action',
  ],
  ['push latency', 'planned instant of the event to the first byte of its first POST in our receiver'],
  ['covered', 'reliable push only: the event had no notice of its own, a refresh caused by another notice showed it'],
  ['lost', 'no POST came within the time that a missing push is waited for'],
  ['open', 'POSTs were still coming when the waiting ended, so it cannot be called lost'],
  ['repeated', 'the same reliable notice again because it was not confirmed in time; that is documented behaviour'],
  ['duplicate', 'the same notice again without need; a violation'],
  ['foreign', 'a POST for an event that does not exist; a violation'],
  ['attempt', 'a reliable notice is sent once (attempt 0) and, as long as it is not confirmed, again'],
  ['queue wait', 'a GMS node sends one POST after the other: how long a notice waited for those before it'],
  ['service time', 'how long a POST held its node: from its begin to the answer of the receiver'],
  [
    'steady phase',
    'the part that is judged for latency and rates: every chat was started and the settling time is over',
  ],
  ['schedule lateness', 'how late our own generator was; it makes a run invalid, never a target slow'],
  ['≥', 'lost or open events lie in this share: the true value is at least this'],
] as const

export function glossary(): Html {
  return html`<section aria-labelledby="glossary"><h2 id="glossary">Glossary</h2>${facts(words)}</section>`
}
