import { type Html, html, type Part } from './html.ts'
import { durationText } from './number-text.ts'

const signs = { pass: '✓', fail: '✕', 'could-not-run': '✕', invalid: '?', interrupted: '‖' } as const
export type Tone = keyof typeof signs

export interface VerdictHead {
  /** None: an answer without a verdict. */
  tone?: Tone
  /** What this is a report of. */
  origin: string
  /** When it was measured, and for how long. */
  when?: { startedAt: string; seconds: number }
  word: string
  sentence: string
  /** What the word stands for, exit code included. */
  meaning: Part
  /** What belongs to the verdict besides. */
  more?: Part
}

/** Head of every page: word, sign, colour and the sentence that says all. */
export function verdictHead({ tone, origin, when, word, sentence, meaning, more }: VerdictHead): Html {
  const mark = tone === undefined ? '' : html`<span class="mark" aria-hidden="true">${signs[tone]}</span> `
  return html`<header class="verdict ${tone}">
<p class="origin">${origin}${when === undefined ? '' : whenText(when)}</p>
<h1>${mark}${tone === undefined ? word : word.toUpperCase()}</h1>
<p class="sentence">${sentence}</p>
<p class="meaning">${meaning}</p>
${more}</header>`
}

function whenText({ startedAt, seconds }: { startedAt: string; seconds: number }): Html {
  return html` · <time datetime="${startedAt}">${startedAt.slice(0, 19).replace('T', ' ')} UTC</time> · ${durationText(seconds)}`
}
