import type { ChatServer, Result, Summary, TargetNode } from '../../schemas/generated/types.ts'
import { deliveryOf } from '../delivery.ts'
import { type Html, html, type Part } from '../page/html.ts'
import { countText, msText, percentText, rateText } from '../page/number-text.ts'
import { type Column, table } from '../page/table.ts'

/** Who of the target did how much, and where it waited. */
export function perNode(result: Result): Html {
  const { nodes, chatServers = [], ledger } = result
  const { hasPushes } = deliveryOf(result)
  // Without pushes nothing tells one node from another.
  if (!hasPushes)
    return chatServers.length === 0
      ? html``
      : html`<section aria-labelledby="nodes"><h2 id="nodes">By Chat Server</h2>
${serverTable(chatServers, hasPushes)}</section>`
  if (nodes === undefined || (nodes.length === 0 && chatServers.length === 0))
    return ledger.posts === 0
      ? html``
      : section(html`<p class="quiet">This result does not tell the nodes of the target apart.</p>`)
  return section(html`${nodeTable(result, nodes)}
${
  chatServers.length === 0
    ? html`<p class="quiet">Chat Servers cannot be told apart: this target streams no trace.</p>`
    : serverTable(chatServers, hasPushes)
}`)
}

function section(inside: Html): Html {
  return html`<section aria-labelledby="nodes"><h2 id="nodes">By GMS node and Chat Server</h2>
${inside}</section>`
}

function nodeTable(result: Result, nodes: readonly TargetNode[]): Html {
  const isTraced = nodes.some(({ sent }) => sent !== undefined)
  const posts = nodes.reduce((sum, node) => sum + node.posts, 0)
  const columns: Column<TargetNode>[] = [
    nodeName,
    { head: 'POSTs read', kind: 'number', cell: node => countText(node.posts) },
    { head: 'Share', kind: 'number', cell: node => (posts === 0 ? '–' : percentText(node.posts / posts)) },
    { head: 'Chats', kind: 'number', cell: ({ chats }) => countText(chats) },
  ]
  const counted: Column<TargetNode>[] = [
    { head: 'POSTs begun', kind: 'number', cell: ({ sent }) => known(sent) },
    { head: 'Repetitions', kind: 'number', cell: ({ resent }) => known(resent) },
    { head: 'Failed POSTs', kind: 'number', cell: ({ failed }) => known(failed) },
  ]
  return html`${table({ caption: 'GMS nodes', columns: [...columns, ...(isTraced ? counted : [])], rows: nodes })}
${isTraced ? laneTable(result, nodes) : ''}
<p class="quiet">${
    isTraced
      ? 'A node sends one POST after the other: at most 1 / mean service time in a second; busy is the share of the steady phase in which a POST was on its way. POSTs begun, repeated and failed are those of the target’s trace.'
      : nodes.every(({ name }) => name === '')
        ? 'The target posts to one path, so its nodes cannot be told apart; queue wait and service time need its trace.'
        : 'Each node has its own path at the receiver; queue wait and service time need the target’s trace, which there is none of.'
  }</p>`
}

const nodeName: Column<TargetNode> = {
  head: 'GMS node',
  isHead: true,
  cell: ({ name }) => (name === '' ? 'all, on one path' : html`<bdi>${name}</bdi>`),
}

function laneTable(result: Result, nodes: readonly TargetNode[]): Html {
  const steadySeconds = result.phases.find(({ name }) => name === 'steady')?.seconds ?? 0
  return table<TargetNode>({
    caption: 'Queue wait and service time of each node, steady phase',
    columns: [
      nodeName,
      { head: 'Wait p50', kind: 'number', cell: ({ wait }) => percentile(wait, 'p50') },
      { head: 'p99', kind: 'number', cell: ({ wait }) => percentile(wait, 'p99') },
      { head: 'longest', kind: 'number', cell: ({ wait }) => (wait?.max == null ? '–' : msText(wait.max)) },
      {
        head: 'Service, mean',
        kind: 'number',
        cell: ({ service }) => (service?.mean == null ? '–' : msText(service.mean)),
      },
      { head: 'p99', kind: 'number', cell: ({ service }) => percentile(service, 'p99') },
      { head: 'At most', kind: 'number', cell: ({ service }) => (service?.mean ? rateText(1000 / service.mean) : '–') },
      {
        head: 'Busy',
        kind: 'number',
        cell: ({ service }) => (service && steadySeconds > 0 ? percentText(service.sum / 1000 / steadySeconds) : '–'),
      },
    ],
    rows: nodes,
  })
}

function percentile(summary: Summary | undefined, key: 'p50' | 'p99'): Part {
  const value = summary?.[key].value
  if (summary === undefined) return '–'
  return value == null ? html`<span class="few">too few</span>` : msText(value)
}

const known = (count: number | undefined) => (count === undefined ? '–' : countText(count))

function serverTable(servers: readonly ChatServer[], hasPushes: boolean): Html {
  const chats = servers.reduce((sum, server) => sum + server.chats, 0)
  const columns: Column<ChatServer>[] = [
    { head: 'Chat Server', isHead: true, cell: ({ name }) => html`<bdi>${name}</bdi>` },
    { head: 'Chats begun', kind: 'number', cell: server => countText(server.chats) },
    { head: 'Share', kind: 'number', cell: server => (chats === 0 ? '–' : percentText(server.chats / chats)) },
    { head: 'Events', kind: 'number', cell: ({ events }) => countText(events) },
  ]
  const ofPushes: Column<ChatServer>[] = [
    { head: 'Pushes followed', kind: 'number', cell: ({ notices }) => countText(notices) },
    {
      head: 'Accepted until queued, mean',
      kind: 'number',
      cell: ({ untilQueued }) => (untilQueued?.mean == null ? '–' : msText(untilQueued.mean)),
    },
    {
      head: 'Longest',
      kind: 'number',
      cell: ({ untilQueued }) => (untilQueued?.max == null ? '–' : msText(untilQueued.max)),
    },
  ]
  return table<ChatServer>({
    caption: `Chat Servers, by the target’s trace${hasPushes ? '; accepted until queued: steady phase' : ''}`,
    columns: [...columns, ...(hasPushes ? ofPushes : [])],
    rows: servers,
  })
}
