import type { Result } from '../../schemas/generated/types.ts'
import { connectionText } from '../delivery.ts'
import { type Html, html } from '../page/html.ts'
import { type Tone, verdictHead } from '../page/verdict-head.ts'

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
  regression: 'worse than the baseline',
  inconclusive: 'inconclusive',
} as const

/** A text that begins with its code needs no code in front. */
export function isSaid(code: string | undefined, text: string): boolean {
  return code === undefined || text.startsWith(code)
}

/** Every reason, with its kind. */
export function reasons(result: Result): Html {
  const { reasons } = result.verdict
  if (reasons.length === 0) return html``
  return html`<section aria-labelledby="reasons"><h2 id="reasons">${reasons.length === 1 ? 'The reason' : `All ${reasons.length} reasons`}</h2>
<ol class="reasons">${reasons.map(
    ({ kind, code, text }) =>
      html`<li>${text.startsWith(kinds[kind]) ? undefined : html`<span class="kind">${kinds[kind]}</span> `}${isSaid(code, text) ? undefined : html`<code>${code}</code> `}${text}.</li>`,
  )}</ol></section>`
}

/** The first thing to be read: the word and the sentence. */
export function verdict(result: Result): Html {
  const { word, sentence, exit } = result.verdict
  const seconds = (Date.parse(result.endedAt) - Date.parse(result.startedAt)) / 1000
  return verdictHead({
    tone: word.replaceAll(' ', '-') as Tone,
    origin: ['chatgauge', result.scenario, connectionText(result), `· run ${result.run}`].filter(Boolean).join(' '),
    when: { startedAt: result.startedAt, seconds },
    word,
    sentence,
    meaning: `${meanings[word]} Exit code ${exit}.`,
  })
}
