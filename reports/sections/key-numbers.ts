import type { Result, Threshold } from '../../schemas/generated/types.ts'
import { type Html, html, type Part } from '../page/html.ts'
import { counted, countText, percentileText, rateText } from '../page/number-text.ts'
import { sign } from '../page/table.ts'
import {
  findThreshold,
  intervalText,
  isUntrusted,
  judgedSummary,
  judgedViolations,
  pushLatencyLimit,
} from '../reading.ts'

interface Card {
  name: string
  value: string
  state: Html
  lines: readonly Part[]
}

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

function latencyCard(result: Result): Card {
  const judged = judgedSummary(result, 'push_latency')
  const threshold = result.thresholds.find(
    ({ metric, expression }) => metric === 'push_latency' && /p\(99\)/.test(expression),
  )
  const limit = pushLatencyLimit(result)
  const raw = judgedSummary(result, 'push_latency_raw')?.summary.p99
  const p99 = judged?.summary.p99
  const count = judged?.summary.count ?? 0
  const interval = intervalText(p99)
  return {
    name: 'Push latency, p99',
    value: p99 === undefined || p99.value === null ? 'too few' : percentileText(p99, 'p99', count),
    state: threshold === undefined ? sign('none', 'no limit') : thresholdSign(result, threshold),
    lines: [
      limit === undefined ? 'no limit was set' : limit.name,
      p99?.value === null
        ? percentileText(p99, 'p99', count)
        : `${counted(count, 'sample')}, ${judged?.phase ?? 'no'} phase`,
      interval === undefined ? undefined : `95 % interval ${interval}`,
      raw === undefined || raw.value === null
        ? undefined
        : `raw, from the real send: ${percentileText(raw, 'p99', count)}`,
    ],
  }
}

function lostCard(result: Result): Card {
  const threshold = findThreshold(result, 'pushes_lost')
  const { lost, open, expected } = result.ledger
  return {
    name: 'Pushes lost',
    value: countText(lost),
    state: threshold === undefined ? sign('none', 'no limit') : thresholdSign(result, threshold),
    lines: [
      threshold === undefined ? 'no limit was set' : `limit ${countText(threshold.limit)}`,
      `of ${countText(expected)} expected, all phases`,
      open > 0 ? `${countText(open)} still open at the end` : undefined,
    ],
  }
}

function violationCard(result: Result): Card {
  const count = judgedViolations(result)
  const informative = result.violations.byRule.filter(({ judged }) => !judged).length
  return {
    name: 'Rule violations',
    value: countText(count),
    state: count === 0 ? sign('good', 'within limit') : sign('bad', 'limit broken'),
    lines: [
      'limit 0',
      `${counted(result.coverage.rulesChecked.length, 'rule')} checked`,
      informative > 0 ? `${counted(informative, 'rule')} more for information` : undefined,
    ],
  }
}

function pushCard(result: Result): Card {
  const { delivered, covered, expected, posts } = result.ledger
  const rate = result.rates.pushes?.achieved
  return {
    name: 'Pushes received',
    value: countText(posts),
    state: sign(
      result.ledger.balanced ? 'good' : 'unsure',
      result.ledger.balanced ? 'ledger balances' : 'ledger does not balance',
    ),
    lines: [
      `${countText(delivered)} of ${countText(expected)} events delivered`,
      covered > 0 ? `${countText(covered)} covered by another notice` : undefined,
      rate === undefined ? undefined : `${rateText(rate)} in the steady phase`,
    ],
  }
}

export function keyNumbers(result: Result): Html {
  const cards = [latencyCard(result), lostCard(result), violationCard(result), pushCard(result)]
  return html`<section aria-labelledby="numbers"><h2 id="numbers" class="hidden">The numbers that matter</h2>
<ul class="cards">${cards.map(
    ({ name, value, state, lines }) => html`<li><p class="name">${name}</p><p class="value">${value}</p><p>${state}</p>
${lines.filter(line => line !== undefined).map(line => html`<p class="quiet">${line}</p>`)}</li>`,
  )}</ul></section>`
}
