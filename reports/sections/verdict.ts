import type { Result } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { durationText } from '../page/number-text.ts'

const signs = { pass: '✓', fail: '✕', 'could not run': '✕', invalid: '?', interrupted: '‖' } as const
const meanings = {
  pass: 'All thresholds hold, no rule was broken, and the measurement can be trusted.',
  fail: 'A threshold or a rule was broken.',
  'could not run': 'Nothing was measured.',
  invalid: 'The measurement cannot be trusted or does not suffice, so it says neither pass nor fail.',
  interrupted: 'The run was stopped before its end; what was measured until then is shown.',
} as const
const kinds = {
  'could-not-run': 'could not run',
  interrupted: 'interrupted',
  'arrived-wrong': 'arrived wrong',
  validity: 'not trustworthy',
  threshold: 'threshold',
  inconclusive: 'inconclusive',
} as const

/** A text that begins with its code needs no code in front. */
export function isSaid(code: string | undefined, text: string): boolean {
  return code === undefined || text.startsWith(code)
}

function reasons(result: Result): Html {
  const { reasons } = result.verdict
  if (reasons.length === 0) return html``
  return html`<h2 class="small">${reasons.length === 1 ? 'The reason' : `All ${reasons.length} reasons`}</h2>
<ol class="reasons">${reasons.map(
    ({ kind, code, text }) =>
      html`<li><span class="kind">${kinds[kind]}</span>${isSaid(code, text) ? undefined : html` <code>${code}</code>`} ${text}.</li>`,
  )}</ol>`
}

/** The first thing to be read: the word, the sentence, every reason. */
export function verdict(result: Result): Html {
  const { word, sentence, exit } = result.verdict
  const seconds = (Date.parse(result.endedAt) - Date.parse(result.startedAt)) / 1000
  return html`<header class="verdict ${word.replaceAll(' ', '-')}">
<p class="origin">chatgauge ${result.scenario} · run ${result.run} · <time datetime="${result.startedAt}">${result.startedAt.slice(0, 19).replace('T', ' ')} UTC</time> · ${durationText(seconds)}</p>
<h1><span class="mark" aria-hidden="true">${signs[word]}</span> ${word.toUpperCase()}</h1>
<p class="sentence">${sentence}</p>
<p class="meaning">${meanings[word]} Exit code ${exit}.</p>
${reasons(result)}
</header>`
}
