import type { Result } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { counted, countText, durationText, percentText } from '../page/number-text.ts'
import { facts } from '../page/table.ts'

type Option = Result['options'][string]

function optionText(value: Option): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' ? countText(value) : value === '' ? 'none' : value
}

const transportNames: Record<string, string> = {
  rest: 'REST',
  websocket: 'CometD on WebSocket',
  'long-polling': 'CometD long polling',
}

/** 'reliable:0.5,payload:0.5' → ', with reliable (50 %) and payload (50 %) pushes' */
function pushText(push: string): string {
  if (push === 'off') return ', without pushes'
  const modes = push.split(',').map(part => {
    const [mode, share] = part.split(':')
    return share === undefined || Number.isNaN(Number(share)) ? part : `${mode} (${percentText(Number(share))})`
  })
  return `, with ${modes.join(' and ')} pushes`
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
  const transport = has('transport') ? ` over ${transportNames[text('transport')] ?? text('transport')}` : ''
  const doings = [
    has('message-rate') ? `customers sent ${text('message-rate')}` : undefined,
    has('agent-rate') ? `agents wrote ${text('agent-rate')} unprompted` : undefined,
    has('ping-interval') ? `each chat pinged every ${text('ping-interval')}` : undefined,
  ].filter(part => part !== undefined)
  const sentences = [
    `${has('sessions') ? `${text('sessions')} chats` : 'Chats'} were live at once on ${targetText(result)}${transport}${has('push') ? pushText(text('push')) : ''}.`,
    doings.length === 0 ? '' : ` All together, ${doings.join(', ')}.`,
    steady === undefined
      ? ' The steady phase was not reached.'
      : ` The steady phase lasted ${durationText(steady.seconds)}.`,
  ]
  const fault = target.fault === undefined ? '' : ` A fault was planted on purpose: ${target.fault}.`
  const scaled =
    target.timeScale === undefined || target.timeScale === 1
      ? ''
      : ` The server's clock ran ${target.timeScale} times faster, so latency is shown and not judged.`
  return `${sentences.join('')}${fault}${scaled}`
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
