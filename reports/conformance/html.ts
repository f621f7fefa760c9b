import type { ConformanceResult } from '../../schemas/generated/types.ts'
import { contents } from '../page/contents.ts'
import { type Html, html } from '../page/html.ts'
import { counted } from '../page/number-text.ts'
import { dataBlock, page } from '../page/page.ts'
import { facts, sign, table } from '../page/table.ts'
import { verdictHead } from '../page/verdict-head.ts'
import { withCode } from '../page/with-code.ts'
import type { CaseResult } from './case-text.ts'
import {
  areaCounts,
  areaTitle,
  basisWords,
  type RuleVerdict,
  skipSentence,
  triedAgainSentence,
  verdictWords,
} from './reading.ts'

const tones = {
  pass: 'pass',
  fail: 'fail',
  'could not run': 'could-not-run',
  'nothing tested': 'invalid',
  interrupted: 'interrupted',
} as const
const states: Record<RuleVerdict, 'good' | 'bad' | 'unsure' | 'none'> = {
  passed: 'good',
  failed: 'bad',
  error: 'bad',
  'known failing': 'unsure',
  warned: 'unsure',
  informational: 'none',
  skipped: 'none',
  'without a case': 'none',
}
/** Of a request or an answer; --json has the whole. */
const longestMessage = 4000

/** A conformance result as one page that needs nothing else: areas by verdicts, then each rule. */
export function renderConformanceHtml(result: ConformanceResult): string {
  const { verdict, startedAt } = result
  const sections = html`${areas(result)}
${failures(result)}
${[...new Set(result.sections.map(each => each.area))].map(area => rulesOf(area, result))}`
  const body = html`${header(result)}
${contents(sections)}
${sections}
<footer><p class="quiet">chatgauge ${result.tool.version} · seed ${result.seed}</p></footer>`
  const { cases: _, ...light } = result
  return page(
    `${verdict.word.toUpperCase()} conform ${startedAt.slice(0, 10)} – chatgauge`,
    body,
    dataBlock('result', light),
  )
}

function header(result: ConformanceResult): Html {
  const { verdict, target, startedAt, durationMs, problems } = result
  const notes = [skipSentence(result), triedAgainSentence(result)].filter(text => text !== undefined)
  const absence =
    target.absenceWindowMs === 0
      ? 'The target itself told when nothing more was to come.'
      : `What must not come was waited for ${target.absenceWindowMs / 1000} s.`
  return verdictHead({
    tone: tones[verdict.word],
    origin: `chatgauge conform · ${target.name} · service ${target.service}`,
    when: { startedAt, seconds: durationMs / 1000 },
    word: verdict.word,
    sentence: verdict.sentence,
    meaning: `Capabilities of the target: ${target.capabilities.join(', ') || 'none but the chat API'}. ${absence} Exit code ${verdict.exit}.`,
    more: html`${notes.map(text => html`<p class="meaning">${text}.</p>`)}
${problems.length === 0 ? '' : html`<ol class="reasons">${problems.map(text => html`<li>${text}</li>`)}</ol>`}`,
  })
}

function areas(result: ConformanceResult): Html {
  const words = ['passed', 'failed', 'error', 'warned', 'informational', 'known failing', 'skipped'] as const
  return html`<section aria-labelledby="areas"><h2 id="areas">Areas</h2>
${table({
  caption: 'Cases by area and verdict',
  hiddenCaption: true,
  rows: areaCounts(result),
  columns: [
    { head: 'Area', isHead: true, cell: row => areaTitle(row.area) },
    ...words.map(word => ({
      head: word,
      kind: 'number' as const,
      cell: (row: { counts: ConformanceResult['counts'] }) => row.counts[word],
    })),
  ],
})}</section>`
}

function failures({ cases }: ConformanceResult): Html {
  const of = (...verdicts: CaseResult['verdict'][]) =>
    verdicts.flatMap(word => cases.filter(each => each.verdict === word))
  const shown = of('failed', 'error', 'warned', 'informational')
  const known = of('known failing')
  const nothing = shown.length === 0 ? html`<p>${sign('good', 'Nothing')}</p>` : listOf(shown)
  const listed =
    known.length === 0
      ? html``
      : html`<details class="printed"><summary>Known to fail: ${counted(known.length, 'case')}</summary>${listOf(known)}</details>`
  return html`<section aria-labelledby="found"><h2 id="found">What was found</h2>
${nothing}${listed}</section>`
}

function listOf(cases: readonly CaseResult[]): Html {
  const kindOf = ({ verdict }: CaseResult) => (verdict === 'failed' || verdict === 'error' ? 'judged' : 'informative')
  return html`<ul class="rules">${cases.map(
    each => html`<li class="${kindOf(each)}">${caseDetails(each)}</li>
`,
  )}</ul>`
}

function caseDetails({ id, title, verdict, reason, discarded = [], findings, story }: CaseResult): Html {
  return html`<h3><code>${id}</code> ${title}</h3>
<p>${sign(states[verdict], verdictWords[verdict])}${reason === undefined ? '' : html` <bdi>${reason}</bdi>`}</p>
${discarded.map(({ stoodStillMs, found }) => html`<p class="quiet">A try in which the suite itself stood still for ${stoodStillMs} ms is not believed; it found <bdi>${found}</bdi></p>`)}
${findings.map(({ rule, level, basis, statement, what, at, expected, found, source, page: place }) =>
  facts([
    [html`<code>${rule}</code> ${level}`, html`${withCode(statement)} <span class="quiet">${basisWords[basis]}</span>`],
    ['Broken', html`${what}${what.includes(at) ? '' : html` at <code>${at}</code>`}`],
    ['Expected', html`<bdi>${expected}</bdi>`],
    ['Found', html`<bdi>${found}</bdi>`],
    ['Source', [place, ...source].join('; ')],
  ]),
)}
${story.length === 0 ? '' : html`<details><summary>The story, ${counted(story.length, 'step')}</summary><ol>${story.map(turn => html`<li>${turn.said}${message(turn.request)}${message(turn.answer)}</li>`)}</ol></details>`}`
}

function message(text: string | undefined): Html {
  if (text === undefined) return html``
  return html`<pre dir="ltr"><code>${text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text}</code></pre>`
}

function rulesOf(area: string, { sections, rules, cases }: ConformanceResult): Html {
  const own = sections.filter(each => each.area === area)
  return html`<section aria-labelledby="rules-${area}"><h2 id="rules-${area}">${areaTitle(area)}</h2>
${own.map(({ section, title }) => {
  const inSection = rules.filter(each => each.area === area && each.section === section)
  return html`<h3>${title} <span class="quiet">${ruleCounts(inSection)}</span></h3>
${inSection.map(
  ({
    id,
    level,
    statement,
    verdict,
    cases: ids,
  }) => html`<details class="printed"><summary><code>${id}</code> ${sign(states[verdict], verdict)} ${withCode(statement)}</summary>
<p>${level}. ${ids.length === 0 ? 'No case of this run.' : ''}</p>
${ids.length === 0 ? '' : html`<ul>${ids.map(caseId => caseLine(cases.find(each => each.id === caseId)))}</ul>`}</details>
`,
)}`
})}</section>`
}

/** `12 passed, 1 failed`. */
function ruleCounts(rules: ConformanceResult['rules']): string {
  const counts = Map.groupBy(rules, each => each.verdict)
  return [...counts].map(([verdict, own]) => `${own.length} ${verdict}`).join(', ')
}

function caseLine(each: CaseResult | undefined): Html {
  if (!each) return html``
  return html`<li>${sign(states[each.verdict], each.verdict)} <code>${each.id}</code> ${each.title}${each.reason === undefined ? '' : html` <span class="quiet">${each.reason}</span>`}</li>`
}
