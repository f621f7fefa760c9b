import type { Result, Threshold } from '../../schemas/generated/types.ts'
import { deliveryOf } from '../delivery.ts'
import { heardBeside } from '../heard-beside.ts'
import { thresholdName } from '../nearest-limits.ts'
import { type Card, cards } from '../page/cards.ts'
import type { Html } from '../page/html.ts'
import { counted, countText, msText, percentileText } from '../page/number-text.ts'
import { sign } from '../page/table.ts'
import {
  findThreshold,
  intervalText,
  isUntrusted,
  judgedSummary,
  judgedViolations,
  limitText,
  valueText,
} from '../reading.ts'

interface Held extends Card {
  isBroken: boolean
}

/** What a reader can take in at a glance. */
const cardCount = 3

export function thresholdSign(result: Result, threshold: Threshold): Html {
  if (isUntrusted(result) && threshold.verdict !== 'not-judged') {
    return sign('unsure', threshold.verdict === 'fail' ? 'beyond, not trusted' : 'not trusted')
  }
  switch (threshold.verdict) {
    case 'pass':
      return sign('good', 'within limit')
    case 'fail':
      return sign('bad', 'limit broken')
    case 'inconclusive':
      return sign('unsure', 'inconclusive')
    default:
      return sign('none', 'not judged')
  }
}

const isP99 = ({ metric, expression }: Threshold) =>
  (metric === 'push_latency' || metric === 'notification_latency') && /p\(99\)/.test(expression)

function latencyCard(result: Result): Held {
  const { Name, latency } = deliveryOf(result)
  const judged = judgedSummary(result, latency)
  const threshold = result.thresholds.find(each => isP99(each) && each.metric === latency)
  const raw = judgedSummary(result, `${latency}_raw`)?.summary.p99
  const p99 = judged?.summary.p99
  const count = judged?.summary.count ?? 0
  const interval = intervalText(p99)
  return {
    name: `${Name} latency, p99`,
    value: p99 === undefined || p99.value === null ? 'too few' : percentileText(p99, 'p99', count),
    state: threshold === undefined ? sign('none', 'no limit') : thresholdSign(result, threshold),
    isBroken: threshold?.verdict === 'fail',
    against: threshold === undefined ? 'no limit was set' : `limit ${limitText(threshold)}`,
    lines: [
      p99?.value === null
        ? percentileText(p99, 'p99', count)
        : `${counted(count, 'sample')}, ${judged?.phase ?? 'no'} phase`,
      interval === undefined ? undefined : `95 % interval ${interval}`,
      raw === undefined || raw.value === null
        ? undefined
        : `raw ${percentileText(raw, 'p99', count)}, from the real send`,
    ],
  }
}

function lostCard(result: Result): Held {
  const { Names, lost: metric, isNotified } = deliveryOf(result)
  const threshold = findThreshold(result, metric)
  const { lost, open, expected, duplicate } = result.ledger
  const { connections_resumed: resumed = 0 } = result.counters
  const away = result.metrics.resume_latency?.all?.max
  return {
    name: `${Names} lost`,
    value: countText(lost),
    state: threshold === undefined ? sign('none', 'no limit') : thresholdSign(result, threshold),
    isBroken: threshold?.verdict === 'fail',
    against: threshold === undefined ? 'no limit was set' : `limit ${countText(threshold.limit)}`,
    lines: [
      `of ${countText(expected)} expected, all phases`,
      open > 0 ? `${countText(open)} still open at the end` : undefined,
      isNotified ? `${countText(duplicate)} doubled` : undefined,
      isNotified && resumed > 0
        ? `${counted(resumed, 'connection')} resumed${away == null ? '' : `, away ${msText(away)} at most`}`
        : undefined,
    ],
  }
}

/** Of customers that were pushed and heard as well: an event lost on one way only is lost. */
function lostOnEitherWay(pushed: Result, heard: Result): Held {
  const ways = [lostCard(pushed), lostCard(heard)]
  const shown = ways.find(({ isBroken }) => isBroken) ?? ways[0]!
  return {
    ...shown,
    name: 'Pushes and notifications lost',
    value: countText(pushed.ledger.lost + heard.ledger.lost),
    lines: [pushed, heard].map(
      each =>
        `${deliveryOf(each).names}: ${countText(each.ledger.lost)} of ${countText(each.ledger.expected)} expected`,
    ),
  }
}

function violationCard(result: Result): Held {
  const count = judgedViolations(result)
  const informative = result.violations.byRule.filter(({ judged }) => !judged).length
  return {
    name: 'Rule violations',
    value: countText(count),
    state: count === 0 ? sign('good', 'within limit') : sign('bad', 'limit broken'),
    isBroken: count > 0,
    against: 'limit 0',
    lines: [
      `${counted(result.coverage.rulesChecked.length, 'rule')} checked`,
      informative > 0 ? `${counted(informative, 'rule')} more for information` : undefined,
    ],
  }
}

function thresholdCard(result: Result, threshold: Threshold): Held {
  return {
    name: thresholdName(threshold),
    value: valueText(result, threshold),
    state: thresholdSign(result, threshold),
    isBroken: true,
    against: `limit ${limitText(threshold)}`,
    lines: [counted(threshold.samples, 'sample')],
  }
}

/** Latency of each way, lost, violations; what is broken besides them takes the place of what holds. */
function shown(result: Result): Held[] {
  const heard = heardBeside(result)
  const usual = heard
    ? [latencyCard(result), latencyCard(heard), lostOnEitherWay(result, heard), violationCard(result)]
    : [latencyCard(result), lostCard(result), violationCard(result)]
  const ways = (heard ? [result, heard] : [result]).map(deliveryOf)
  const isShown = (threshold: Threshold) =>
    ways.some(({ latency, lost }) => threshold.metric === lost || (threshold.metric === latency && isP99(threshold)))
  const others = result.thresholds
    .filter(threshold => threshold.verdict === 'fail' && !isShown(threshold))
    .map(threshold => thresholdCard(result, threshold))
  const room = cardCount - usual.filter(({ isBroken }) => isBroken).length
  const added = others.slice(0, room)
  const kept = usual.filter(card => card.isBroken)
  const holding = usual.filter(card => !card.isBroken).slice(0, room - added.length)
  return [...usual.filter(card => kept.includes(card) || holding.includes(card)), ...added]
}

export function keyNumbers(result: Result): Html {
  return cards(shown(result))
}
