import type { Result } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { counted, countText, durationText } from '../page/number-text.ts'
import { facts } from '../page/table.ts'

type Option = Result['options'][string]

export function optionText(value: Option): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' ? countText(value) : value === '' ? 'none' : value
}

function targetText({ target }: Result): string {
  if (!target.reference) return `the target ${target.url}`
  const nodes = target.gmsNodes === undefined ? undefined : counted(target.gmsNodes, 'GMS node')
  const servers = target.chatServers === undefined ? undefined : counted(target.chatServers, 'Chat Server')
  const topology = [nodes, servers].filter(part => part !== undefined).join(', ')
  return `the reference server${topology === '' ? '' : ` (${topology})`}`
}

/** What was run, as one would tell it. Says only what the options tell. */
export function storySentence(result: Result): string {
  const { options, target } = result
  const has = (name: string) => options[name] !== undefined && options[name] !== '' && options[name] !== '0/s'
  const text = (name: string) => optionText(options[name] as Option)
  const steady = result.phases.find(({ name }) => name === 'steady')
  const parts = [
    `${has('sessions') ? `${text('sessions')} chats` : 'Chats'} were held at ${targetText(result)}${has('transport') ? ` over ${text('transport')}` : ''}`,
    has('push') ? `with push ${text('push')}` : undefined,
    has('message-rate') ? `customers sent ${text('message-rate')}` : undefined,
    has('agent-rate') ? `agents wrote ${text('agent-rate')} unprompted` : undefined,
    has('ping-interval') ? `each chat pinged every ${text('ping-interval')}` : undefined,
    steady === undefined ? 'the steady phase was not reached' : `the steady phase lasted ${durationText(steady.seconds)}`,
  ].filter(part => part !== undefined)
  const fault = target.fault === undefined ? '' : ` A fault was planted on purpose: ${target.fault}.`
  const scaled =
    target.timeScale === undefined || target.timeScale === 1
      ? ''
      : ` The server's clock ran ${target.timeScale} times faster, so latency is shown and not judged.`
  return `${parts.join('; ')}.${fault}${scaled}`
}

export function story(result: Result): Html {
  const { target } = result
  return html`<section aria-labelledby="story"><h2 id="story">What was run</h2>
<p>${storySentence(result)}</p>
${facts([
  ['Scenario', result.scenario],
  ['Target', target.url],
  ['Service', target.service],
  ['Seed', String(result.seed)],
  ...result.phases.map(({ name, seconds }) => [`Phase ${name}`, durationText(seconds)] as const),
])}
<details><summary>All options in force</summary>
${facts(Object.entries(result.options).map(([name, value]) => [html`<code>--${name}</code>`, optionText(value)] as const))}
</details></section>`
}
