import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { notificationSink } from '../../collector/notification-sink.ts'
import { openContext } from '../../collector/open-context.ts'
import { takeRow } from '../../collector/row-intake.ts'
import type { RunContext } from '../../collector/run-context.ts'
import type { FaultGate } from '../../reference-server/faults/gate.ts'
import { optionsForTests } from '../../reference-server/gms-node/bayeux/bayeux-for-tests.ts'
import { createBayeuxServer } from '../../reference-server/gms-node/bayeux/bayeux-server.ts'
import type { Carrier } from '../../reference-server/gms-node/bayeux/carrier.ts'
import { lateComet } from '../../reference-server/gms-node/comet-chat/late-comet.ts'
import { createSeededRandom } from '../../reference-server/time/seeded-random.ts'
import type { CometCustomer } from '../../scenarios/load/comet-customer.ts'
import { type CometCustomers, createCometCustomers } from '../../scenarios/load/comet-customers.ts'
import type { PlannedSession } from '../../scenarios/load/plan.ts'
import type { Action } from '../../scenarios/load/session.ts'
import { createShard, type Shard } from '../../scenarios/load/shard.ts'
import { serveChat } from './small-chat.ts'
import { createVirtualTime } from './virtual-time.ts'

export interface LoadFindings {
  /** Rules that are broken, in the order of the alphabet. */
  rules: string[]
  failed: number
  lost: number
  duplicate: number
  outOfOrder: number
  arrivals: number
  /** Milliseconds by series, as they would enter its histogram. */
  samples: Record<string, number[]>
}

const service = 'customer-support'
/** Of each message, in either direction. */
export const wayMs = 3
const tickMs = 100
const endMs = 32_000
const customers = 2
/** What is written there is read by nobody. */
const outDir = mkdtempSync(join(tmpdir(), 'chatgauge-load-world-'))
process.once('exit', () => rmSync(outDir, { recursive: true, force: true }))

/**
 * Customers of a load run, the Bayeux server and the collector's books in virtual time; between them a network without
 * sockets and a chat that fits into a screen. Each customer is cut off once, and leaves at the end.
 */
export function loadFindings(transport: 'websocket' | 'long-polling', gate: FaultGate | undefined): LoadFindings {
  const time = createVirtualTime()
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const bayeux = createBayeuxServer({
    options: { ...optionsForTests, maxSessionsPerBrowser: -1 },
    ...{ clock: time, log, random: createSeededRandom(1, 'server'), fault: () => gate },
  })
  const server = lateComet(bayeux, time, () => gate)
  const chat = serveChat(server, `/service/chatV2/${service}`, time)
  const contextOf = (): RunContext => context
  const { context, closeFiles } = openContext(
    {
      ...{ run: 'abc', shards: [0], modeOf: () => 'off', notifyRequestor: false, isComet: true },
      ...{ isReference: true, observeMs: 800, isHoldingAnswers: false, areLanesNodes: true },
    },
    notificationSink(contextOf, {}),
    outDir,
    () => {},
  )
  context.nowMs = time.now
  // An empty histogram costs more than all that happens here.
  const samples: Record<string, number[]> = {}
  context.histograms.record = (series, _, ms) => {
    samples[series] ??= []
    samples[series].push(ms)
  }

  const wires = new Map<string, { carrier: Carrier; isCut: boolean }>()
  const wireName = ({ session }: CometCustomer, link: number) => `${session.plan.session} ${link}`
  function wireOf(customer: CometCustomer, link: number) {
    const name = wireName(customer, link)
    const known = wires.get(name)
    if (known) return known
    const isSocket = transport === 'websocket'
    const toClient = (tell: () => void) => void time.after(wayMs, () => wire.isCut || tell())
    const sentMs = time.now()
    const wire: { carrier: Carrier; isCut: boolean } = {
      isCut: false,
      carrier: {
        transport,
        browser: (customer.network as string | undefined) ?? '',
        session: undefined,
        isOpen: () => !wire.isCut,
        unsentBytes: () => 0,
        send(events, replies) {
          if (wire.carrier.browser !== '') customer.network = wire.carrier.browser
          const last = isSocket ? (replies.length > 0 ? [replies.join()] : []) : [[...events, ...replies].join()]
          for (const text of isSocket ? [...events, ...last] : last)
            toClient(() => comet.came(customer, link, `[${text}]`, time.now(), isSocket ? time.now() : sentMs))
        },
        fail: () => toClient(() => comet.lost(customer, link, 'HTTP 500')),
      },
    }
    wires.set(name, wire)
    return wire
  }

  const comet: CometCustomers = createCometCustomers({
    ...{ transport, service, notifyRequestor: false, startMs: 0, now: time.now },
    open: (customer, link) => void time.after(wayMs, () => comet.opened(customer, link)),
    send(customer, link, messages) {
      const wire = wireOf(customer, link)
      const text = JSON.stringify(messages)
      time.after(wayMs, () => {
        if (wire.isCut) return
        if (server.exchange(wire.carrier, JSON.parse(text)) !== undefined)
          time.after(wayMs, () => wire.isCut || comet.lost(customer, link, 'refused'))
      })
    },
    drop(customer, link) {
      const wire = wires.get(wireName(customer, link))
      if (wire) wire.isCut = true
    },
    heard: (session, row, text) => shard.heard(session, row, text),
    arrived: (row, text) => shard.arrived(row, text),
    away: session => shard.away(session),
    back: (session, row, answer) => shard.back(session, row, answer),
    gone: (session, sinceMs) => shard.gone(session, sinceMs),
    lost() {},
  })
  const shard: Shard = createShard({
    ...{ run: 'abc', shard: 0, serviceUrls: [''], notifyRequestor: false, fileBytes: 0, now: time.now, comet },
    receiverOffsetMs: () => 0,
    report: {
      row: (row, answer) => takeRow(context, { ready: 0, sent: 0 }, 0, { ...row }, answer),
      ...{ triggered() {}, error() {}, flush() {}, state() {} },
      ...{ settled: async () => {}, end: async () => {} },
    },
    post() {},
  })

  for (let customer = 0; customer < customers; customer++) {
    const beginMs = 1_000 + customer * 100
    const plan: PlannedSession = {
      session: customer,
      slot: customer,
      plannedMs: beginMs,
      mode: 'off',
      endsBy: 'drain',
      endsMs: 9e6,
    }
    const acts = (ms: number, operation: Action['operation']) =>
      time.at(beginMs + ms, () => {
        const session = shard.sessions.get(customer)
        if (session?.state === 'live') shard.act(session, { operation, plannedMs: time.now() })
      })
    time.at(beginMs, () => shard.requestChat(plan))
    for (const ms of [500, 900, 950, 5_100]) time.at(beginMs + ms, () => chat.say(customer))
    acts(1_000, 'send')
    acts(1_500, 'ping')
    acts(2_000, 'cut')
    acts(5_000, 'send')
    acts(8_000, 'finalRefresh')
    acts(8_500, 'disconnect')
  }
  const tick = () => {
    comet.tick(time.now())
    time.after(tickMs, tick)
  }
  tick()
  time.run(endMs)
  comet.stop()
  server.close()
  context.ledger.close('lost')
  const findings = {
    rules: context.violations
      .counts()
      .map(({ rule }) => rule)
      .sort(),
    failed: context.counting.value('requests_failed'),
    lost: context.ledger.counts.lost,
    duplicate: context.ledger.counts.duplicate,
    outOfOrder: context.ledger.counts.outOfOrder,
    arrivals: context.coverage.arrivals,
    samples,
  }
  void closeFiles()
  return findings
}
