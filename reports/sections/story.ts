import type { Result } from '../../schemas/generated/types.ts'
import { transportName } from '../delivery.ts'
import { type Html, html } from '../page/html.ts'
import { counted, countText, durationText, percentText } from '../page/number-text.ts'
import { facts } from '../page/table.ts'

type Option = Result['options'][string]

function optionText(value: Option): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' ? countText(value) : value === '' ? 'none' : value
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

/** '40%..60%' → ' Each connection was cut once on purpose, between 40% and 60% of the steady phase.' */
function cutText(cut: string): string {
  const [from = '', to] = cut.split('..')
  const place = (point: string) => (point.endsWith('%') ? point : `${point} after the beginning`)
  const where = to === undefined ? `at ${place(from)}` : `between ${place(from)} and ${place(to)}`
  return ` Each connection was cut once on purpose, ${where} of the steady phase.`
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
  const has = (name: string) => options[name] !== undefined && !/^(0(\/s|s|ms)?)?$/.test(String(options[name]))
  const text = (name: string) => optionText(options[name] as Option)
  const steady = result.phases.find(({ name }) => name === 'steady')
  const way = transportName(result)
  const transport = way === undefined ? '' : ` over ${way}`
  const doings = [
    has('message-rate') ? `customers sent ${text('message-rate')}` : undefined,
    // Only the agent of the server that we started ourselves is ours to steer.
    has('agent-rate') && target.reference ? `agents wrote ${text('agent-rate')} unprompted` : undefined,
    has('file-rate')
      ? `customers made ${text('file-rate')} file requests (limits, uploads of ${countText(Number(options['file-size'] ?? 0))} bytes, downloads)`
      : undefined,
    has('ping-interval')
      ? `each chat pinged every ${text('ping-interval')}`
      : options['ping-interval'] === undefined
        ? undefined
        : 'no chat pinged',
  ].filter(part => part !== undefined)
  const sentences = [
    `${has('sessions') ? `${text('sessions')} chats` : 'Chats'} were live at once on ${targetText(result)}${transport}${has('push') ? pushText(text('push')) : ''}.`,
    doings.length === 0 ? '' : ` All together, ${doings.join(', ')}.`,
    target.reference ? '' : ' What agents said there was up to the target.',
    has('cut') ? cutText(text('cut')) : '',
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
