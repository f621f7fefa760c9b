import type { Result } from '../../schemas/generated/types.ts'
import { limitSentence, type Nearness, nearestLimits } from '../nearest-limits.ts'
import { bars } from '../page/bars.ts'
import { type Html, html } from '../page/html.ts'
import { percentText, threeDigits } from '../page/number-text.ts'
import { isUntrusted } from '../reading.ts'

/** More would push the rest of the page away; all limits have their table below. */
const shown = 3

/** What limited the run, or what is the next thing to: a sentence and how much of each limit was used. */
export function whatLimits(result: Result): Html {
  if (result.verdict.word === 'could not run') return html``
  const near = nearestLimits(result).filter(({ isTarget }) => !(isTarget && isUntrusted(result)))
  return html`<section aria-labelledby="limits"><h2 id="limits" class="small">What limits</h2>
<p>${limitSentence(result)}</p>
${near.length === 0 ? '' : bars(near.slice(0, shown).map(bar))}</section>`
}

function bar({ name, said, share }: Nearness) {
  const isBeyond = share > 1
  return {
    name,
    share,
    value: shareText(share),
    what: said,
    tone: isBeyond ? ('bad' as const) : ('plain' as const),
  }
}

function shareText(share: number): string {
  if (!Number.isFinite(share)) return 'beyond'
  return share >= 10 ? `${threeDigits(share)} times` : percentText(Number(share.toPrecision(2)))
}
