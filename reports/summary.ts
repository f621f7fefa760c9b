import type { Result, Threshold } from '../schemas/generated/types.ts'
import { comparisonSection } from './comparison/markdown-tables.ts'
import { connectionText, deliveryOf } from './delivery.ts'
import { heardBeside } from './heard-beside.ts'
import { limitSentence } from './nearest-limits.ts'
import { outageText } from './outage.ts'
import { fitted } from './page/fitting.ts'
import { visible } from './page/html.ts'
import { code, markdownTable, md } from './page/markdown.ts'
import { counted, countText, msText, percentText } from './page/number-text.ts'
import { plannerText } from './planner/planner-answer.ts'
import {
  intervalText,
  isUntrusted,
  judgedSummary,
  judgedViolations,
  limitText,
  percentileOf,
  valueText,
} from './reading.ts'
import { latencyLine } from './sections/latency-table.ts'
import { commandLine } from './sections/reproduce.ts'
import { storySentence } from './sections/story.ts'
import { validityText } from './sections/thresholds.ts'
import { isSaid } from './sections/verdict.ts'

const signs = { pass: '✅', fail: '❌', 'could not run': '❌', invalid: '⚠️', interrupted: '⏸️' } as const
const thresholdWords = {
  pass: '✅ pass',
  fail: '❌ fail',
  inconclusive: '⚠️ inconclusive',
  'not-judged': 'not judged',
} as const

function reasons({ verdict }: Result): string {
  if (verdict.reasons.length === 0) return ''
  const lines = verdict.reasons.map(
    ({ code: of, text }) => `${of === undefined || isSaid(of, text) ? '' : `${code(of)} `}${md(text)}`,
  )
  return `**${verdict.reasons.length === 1 ? 'Reason' : 'All reasons'}**\n\n${lines.map(line => `- ${line}`).join('\n')}`
}

function thresholds(result: Result): string {
  const row = (threshold: Threshold) => [
    code(threshold.metric),
    code(threshold.expression),
    limitText(threshold),
    valueText(result, threshold),
    intervalText(percentileOf(result, threshold)) ?? '–',
    countText(threshold.samples),
    threshold.verdict === 'fail' && isUntrusted(result) ? '⚠️ beyond, not trusted' : thresholdWords[threshold.verdict],
  ]
  if (result.thresholds.length === 0) return ''
  return `### Thresholds\n\n${markdownTable(['Metric', 'Condition', 'Limit#', 'Value#', '95 % interval#', 'Samples#', 'Verdict'], result.thresholds.map(row))}`
}

function brokenValidity(result: Result): string {
  const broken = result.validity.filter(({ ok }) => !ok)
  if (broken.length === 0) return ''
  const rows = broken.map(({ name, limit, value, unit, text }) => [
    code(name),
    validityText(limit, unit),
    validityText(value, unit),
    md(text),
  ])
  return `### Why the measurement cannot be trusted\n\n${markdownTable(['Of ourselves', 'Limit#', 'Value#', 'In words'], rows)}`
}

function violations(result: Result): string {
  const { byRule } = result.violations
  if (byRule.length === 0) return ''
  const rows = byRule.map(({ rule, count, what, judged, example }) => [
    code(rule),
    `${countText(count)}${judged ? '' : ' (information)'}`,
    md(what),
    example === undefined ? '–' : `${md(example.found)}, expected ${md(example.expected)}`,
  ])
  return `### Rule violations\n\n${markdownTable(['Rule', 'Count#', 'What', 'Example'], rows)}`
}

function lostConnections(result: Result): string {
  const text = outageText(result)
  return text === undefined ? '' : `### Lost connections\n\n${md(text)}.`
}

/** The most frequent; the report has more. */
const mostKinds = 10

function failures({ failures: kinds = [] }: Result): string {
  if (kinds.length === 0) return ''
  const rows = kinds
    .slice(0, mostKinds)
    .map(({ operation, outcome, count, sample }) => [
      code(operation),
      md(outcome),
      countText(count),
      sample === undefined ? '–' : md(sample),
    ])
  const more = kinds.length > mostKinds ? `\n\n${counted(kinds.length - mostKinds, 'more kind')} in the report.` : ''
  return `### Failed requests\n\n${markdownTable(['Operation', 'Outcome', 'Count#', 'Earliest answer'], rows)}${more}`
}

function ledgers(result: Result): string {
  const heard = heardBeside(result)
  return heard ? `${ledger(result, ' of pushes')}\n\n${ledger(heard, ' of notifications')}` : ledger(result)
}

/** Of customers that are pushed and hear as well. */
function heardLine(heard: Result | undefined): string {
  if (heard === undefined) return ''
  const p99 = judgedSummary(heard, 'notification_latency')?.summary.p99
  const text = p99 === undefined || p99.value === null ? 'not enough samples' : msText(p99.value)
  return `Notification latency p99 **${p99?.atLeast ? '≥ ' : ''}${text}** · lost **${countText(heard.ledger.lost)}** · notifications **${countText(heard.ledger.posts)}**\n\n`
}

function ledger(result: Result, title = ''): string {
  const { ledger: book } = result
  const { posts, isNotified, hasPushes, covered } = deliveryOf(result)
  const imbalances = book.imbalances.map(text => `\n- ${md(text)}`).join('')
  return `### Ledger${title}

${countText(book.expected)} expected = ${countText(book.delivered)} delivered + ${countText(book.covered)} ${covered} + ${countText(book.lost)} lost + ${countText(book.open)} open; ${countText(book.posts)} ${posts} ${isNotified ? 'heard' : 'read'}, among them ${hasPushes || book.repeated > 0 ? `${countText(book.repeated)} repeated, ` : ''}${countText(book.duplicate)} duplicate, ${countText(book.foreign)} foreign${hasPushes || book.refused > 0 ? `, ${countText(book.refused)} refused` : ''}. ${book.balanced ? 'It balances.' : `**It does not balance.**${imbalances === '' ? '' : `\n${imbalances}`}`}`
}

function latencies(result: Result): string {
  const rows = Object.keys(result.metrics).flatMap(series => {
    const judged = judgedSummary(result, series)
    return judged === undefined
      ? []
      : [
          [
            code(series),
            countText(judged.summary.count),
            latencyLine(judged.summary),
            judged.summary.max === null
              ? '–'
              : `${judged.summary.censored + judged.summary.overflow > 0 ? '≥ ' : ''}${msText(judged.summary.max)}`,
          ],
        ]
  })
  if (rows.length === 0) return ''
  return `<details><summary>All latencies</summary>\n\n${markdownTable(['Series', 'n#', 'Percentiles', 'Max#'], rows)}\n\n</details>`
}

function circumstances(result: Result): string {
  const { environment, processes, notes, coverage } = result
  const cpu = processes.map(({ name, cpuMean }) => `${md(name)} ${percentText(cpuMean)}`).join(', ')
  const known = [...notes, ...coverage.notes].map(note => `- ${md(note)}\n`).join('')
  return `<details><summary>What was run, and where</summary>

${md(storySentence(result))}

${known === '' ? '' : `${known}\n`}Node ${md(environment.node)}, k6 ${md(environment.k6)}, ${md(environment.os)}, ${counted(environment.cpus, 'CPU')}. ${cpu === '' ? '' : `CPU, mean of one core: ${cpu}.`}

\`\`\`sh
${visible(commandLine(result)).replaceAll('```', "'''")}
\`\`\`

</details>`
}

/** result.json → Markdown for a pull request. */
export function renderSummary(result: Result): string {
  const { verdict } = result
  const { Name, latency, names, isNotified } = deliveryOf(result)
  const { connections_resumed: resumed = 0 } = result.counters
  const way = connectionText(result)
  const doubled = isNotified ? ` · doubled **${countText(result.ledger.duplicate)}**` : ''
  const back = isNotified && resumed > 0 ? ` · connections resumed **${countText(resumed)}**` : ''
  const p99 = judgedSummary(result, latency)?.summary.p99
  const head = `## ${signs[verdict.word]} ${verdict.word.toUpperCase()} ${md(result.scenario)}

${md(verdict.sentence)}

For the planner: ${md(plannerText(result).text)}

${way === undefined ? '' : `${md(way[0]!.toUpperCase() + way.slice(1))} · `}${Name} latency p99 **${p99 === undefined || p99.value === null ? 'not enough samples' : `${p99.atLeast ? '≥ ' : ''}${msText(p99.value)}`}** · lost **${countText(result.ledger.lost)}**${doubled} · violations **${countText(judgedViolations(result))}** · ${names} **${countText(result.ledger.posts)}**${back}

${heardLine(heardBeside(result))}What limits: ${md(limitSentence(result))}`
  const sections = [
    { name: 'reasons', text: reasons(result) },
    { name: 'validity limits', text: brokenValidity(result) },
    { name: 'thresholds', text: thresholds(result) },
    { name: 'comparison with the baseline', text: comparisonSection(result) },
    { name: 'ledger', text: ledgers(result) },
    { name: 'lost connections', text: lostConnections(result) },
    { name: 'failed requests', text: failures(result) },
    { name: 'rule violations', text: violations(result) },
    { name: 'what was run', text: circumstances(result) },
    { name: 'latencies', text: latencies(result) },
  ]
  const foot = `<sub>chatgauge ${md(result.tool.version)} · run ${md(result.run)} · seed ${result.seed} · ${result.startedAt}</sub>\n`
  return fitted(head, sections, foot, 'report.html')
}
