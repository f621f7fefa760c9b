import type { Result } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { shellWord } from '../page/shell-word.ts'

/** Outputs of the run: a repetition has its own. The profile: what it stands for is there, option by option. */
const leftOut = new Set(['profile', 'out', 'junit', 'summary', 'json', 'quiet', 'prometheus-port', 'help'])

/** The command line that runs the same again: every option in force. */
export function commandLine(result: Result): string {
  const options: Result['options'] = { ...result.options, seed: result.seed }
  const words = Object.entries(options).flatMap(([name, value]) => {
    if (leftOut.has(name) || value === '' || value === false) return []
    if (value === true) return [`--${name}`]
    const values = Array.isArray(value) ? value : [String(value)]
    return values.map(each => `--${name} ${shellWord(each)}`)
  })
  return ['npx chatgauge run', shellWord(result.scenario), ...words].join(' ')
}

export function reproduce(result: Result): Html {
  return html`<section aria-labelledby="reproduce"><h2 id="reproduce">Run it again</h2>
<pre dir="ltr"><code>${commandLine(result)}</code></pre>
<p class="quiet">The seed repeats every random choice: planned instants, reply delays, sessions that end. <code>npx chatgauge report</code> on the result folder makes this page again, byte for byte. The whole result is in this page as data (<code>&lt;script id=result&gt;</code>).</p></section>`
}
