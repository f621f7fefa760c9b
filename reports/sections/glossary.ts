import type { Result } from '../../schemas/generated/types.ts'
import { deliveryOf } from '../delivery.ts'
import { heardBeside } from '../heard-beside.ts'
import { type Html, html } from '../page/html.ts'
import { facts } from '../page/table.ts'

type Word = readonly [word: string, meaning: string]

const planned: Word = [
  'planned',
  'the instant at which the seeded schedule wanted an action; latency counts from here, so that a slow target cannot hide by holding up the next action',
]

const ofPushes: readonly Word[] = [
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
]

const ofNotifications: readonly Word[] = [
  [
    'notification latency',
    'planned instant of what another party said to its coming over the customer’s CometD connection; what was said while the connection was cut by us is in no latency',
  ],
  ['cut', 'we closed the customer’s connection on purpose (--cut); the customer comes back by itself'],
  [
    'resume',
    'a customer whose connection was lost has a new one, or its old session again, and asks for what it missed (requestNotifications from its last position)',
  ],
  [
    'resume latency',
    'from the loss of the connection to the answer with what was missed, the own waiting before the next try included',
  ],
  [
    'by a resume',
    'the event had no notification that was heard; the answer to a resume showed it (notifications_by_resume)',
  ],
  ['lost', 'neither a notification nor the answer to a resume brought the event within the time that it is waited for'],
  ['open', 'notifications were still coming when the waiting ended, so it cannot be called lost'],
  ['duplicate', 'an event that was heard before is notified again; a violation'],
  ['foreign', 'a notification of an event that is not in the chat, or of the customer’s own; a violation'],
  [
    'hearing delay',
    'how long a notification that had come waited until our own generator looked at it; it makes a run invalid, never a target slow',
  ],
]

const ofAll: readonly Word[] = [
  [
    'steady phase',
    'the part that is judged for latency and rates: every chat was started and the settling time is over',
  ],
  ['schedule lateness', 'how late our own generator was; it makes a run invalid, never a target slow'],
  ['≥', 'lost or open events lie in this share: the true value is at least this'],
]

/** Only words that a page of this kind of run uses. */
export function glossary(result: Result): Html {
  const heard = heardBeside(result)
    ? ofNotifications.filter(([word]) => !ofPushes.some(([known]) => known === word))
    : []
  const words = [planned, ...(deliveryOf(result).isNotified ? ofNotifications : [...ofPushes, ...heard]), ...ofAll]
  return html`<section aria-labelledby="glossary"><h2 id="glossary">Glossary</h2>${facts(words)}</section>`
}
