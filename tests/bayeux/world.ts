import {
  type BayeuxClient,
  type ClientState,
  createClient,
  type Link,
  type Outcome,
  usualSettings,
} from '../../protocol/bayeux/client.ts'
import { leave, lost, opened, publish, received, start, wake } from '../../protocol/bayeux/drive.ts'
import { type BayeuxMessage, parseMessages, type Transport } from '../../protocol/bayeux/message.ts'
import { checkReceived, checkRequest } from '../../protocol/checks/bayeux/shape.ts'
import { optionsForTests } from '../../reference-server/gms-node/bayeux/bayeux-for-tests.ts'
import { type BayeuxServer, createBayeuxServer } from '../../reference-server/gms-node/bayeux/bayeux-server.ts'
import type { Carrier } from '../../reference-server/gms-node/bayeux/carrier.ts'
import type { Session } from '../../reference-server/gms-node/bayeux/session.ts'
import { createSeededRandom } from '../../reference-server/time/seeded-random.ts'
import { createVirtualTime, type VirtualTime } from './virtual-time.ts'

/** How the network behaves from some moment on. */
export interface Weather {
  /** Each way takes between these, drawn anew for each HTTP request and each frame. */
  delaysMs: readonly [number, number]
  /** What is sent goes nowhere, and nobody is told. */
  isSilent: boolean
  /** New connections are refused. */
  isDown: boolean
}

/** One client of ours, a server and a network between them, in virtual time, with all that must hold written down. */
export interface World {
  time: VirtualTime
  client: BayeuxClient
  weather: Weather
  /** An event for the session that the server has now. */
  deliver(): void
  /** A request to the server's service, which counts it. */
  publish(): void
  /** Cuts all connections; the server hears of it only where `isTold`. */
  cut(isTold: boolean): void
  /** Another server in place of the old one, which knows nobody. */
  restart(): void
  /** The server ends the session that it has now. */
  dismiss(): void
  leave(): void
  /** What is wrong, once everything has arrived; empty = all is well. */
  problems(): string[]
  states: string[]
}

/** What became of an event after the server took it: where it was written to, or what excuses that it was not. */
type Fate = 'waits' | Wire | 'received' | 'excused'

/** A WebSocket, or one HTTP request with its answer. */
interface Wire {
  carrier: Carrier
  /** What is under way on it, and what comes later, does not arrive. */
  isCut: boolean
  /** Something on it was swallowed by a silent network. */
  isLeaky: boolean
  lastArrivalMs: { up: number; down: number }
  /** The server learns that the other side is gone. */
  tellServer(): void
}

const channel = '/service/count'

export function createWorld(transport: Transport, seed: number): World {
  const time = createVirtualTime()
  const random = createSeededRandom(seed, 'network and server')
  const weather: Weather = { delaysMs: [1, 20], isSilent: false, isDown: false }
  const problems: string[] = []
  const states: string[] = []
  const fates = new Map<number, Fate>()
  /** Events of the session that lives, by their number. */
  let owed = new Set<number>()
  const taken = new Map<string, number>()
  const outcomes = new Map<string, Outcome>()
  const asked: string[] = []
  const links = new Map<Link, Wire>()
  const connects = new Set<Link>()
  let cookie = ''
  let lastEvent = 0
  let lastReceived = 0
  let session: Session | undefined
  let server = startServer()

  const delay = () => weather.delaysMs[0] + random.next() * (weather.delaysMs[1] - weather.delaysMs[0])

  function startServer(): BayeuxServer {
    const log = { debug() {}, info() {}, warn() {}, error: (line: string) => void problems.push(`server: ${line}`) }
    // The one cookie of our client counts for one browser: -1 keeps its late requests from getting in each other's way.
    const options = {
      ...optionsForTests,
      maxSessionsPerBrowser: -1,
      maxQueue: 10_000,
      maxQueueBytes: 1e9,
      maxSessions: 1e4,
    }
    const begun = createBayeuxServer({ options, clock: time, random, log })
    begun.onService(channel, (of, data) => {
      session = of
      const id = String(data)
      taken.set(id, (taken.get(id) ?? 0) + 1)
    })
    begun.onEnd(of => {
      // What waited for it is gone with it.
      if (of === session) excuseAll()
      if (of === session) session = undefined
    })
    return begun
  }

  function excuseAll(): void {
    for (const number of owed) if (fates.get(number) === 'waits') fates.set(number, 'excused')
    owed = new Set()
  }

  /** A WebSocket keeps the order of its frames. */
  function arrivalMs(wire: Wire, way: 'up' | 'down'): number {
    const atMs = Math.max(time.now() + delay(), wire.lastArrivalMs[way])
    wire.lastArrivalMs[way] = atMs
    return atMs
  }

  function createWire(link: Link): Wire {
    let isServerTold = false
    const wire: Wire = {
      isCut: false,
      isLeaky: false,
      lastArrivalMs: { up: 0, down: 0 },
      tellServer() {
        isServerTold = true
      },
      carrier: {
        transport,
        browser: cookie,
        session: undefined,
        isOpen: () => !isServerTold,
        unsentBytes: () => 0,
        send(events, replies) {
          // A farewell of the server has no number.
          for (const number of events.map(numberOf).filter(Number.isFinite)) {
            fates.set(number, wire)
            owed.delete(number)
          }
          if (wire.carrier.browser !== '') cookie = wire.carrier.browser
          const frames =
            transport === 'websocket'
              ? [...events, ...(replies.length > 0 ? [replies.join()] : [])]
              : [[...events, ...replies].join()]
          for (const frame of frames) toClient(link, wire, `[${frame}]`)
          if (transport !== 'websocket') isServerTold = true
        },
        fail() {
          isServerTold = true
          if (!weather.isSilent) time.after(delay(), () => breakOff(link, wire, 'HTTP 500'))
        },
      },
    }
    return wire
  }

  function toClient(link: Link, wire: Wire, text: string): void {
    if (weather.isSilent) wire.isLeaky = true
    if (weather.isSilent || wire.isCut) return
    time.at(arrivalMs(wire, 'down'), () => {
      if (wire.isCut || links.get(link) !== wire) return
      const messages = parseMessages(text) ?? []
      problems.push(...messages.flatMap(checkReceived).map(each => `server sends: ${each.what}`))
      if (transport !== 'websocket') links.delete(link)
      received(client, time.now(), link, messages)
    })
  }

  function toServer(link: Link, wire: Wire, messages: readonly BayeuxMessage[]): void {
    if (weather.isSilent || wire.isCut) return
    const text = JSON.stringify(messages)
    time.at(arrivalMs(wire, 'up'), () => {
      if (wire.isCut) return
      if (weather.isDown) return void breakOff(link, wire, 'refused')
      const refusal = server.exchange(wire.carrier, JSON.parse(text))
      if (refusal !== undefined) problems.push(`the server refuses: ${refusal}`)
    })
  }

  function breakOff(link: Link, wire: Wire, why: string): void {
    wire.isCut = true
    if (links.get(link) !== wire) return
    links.delete(link)
    lost(client, time.now(), link, why)
  }

  const client = createClient(
    undefined,
    { ...usualSettings, transport },
    {
      open(_, link) {
        const wire = createWire(link)
        links.set(link, wire)
        if (weather.isSilent) return
        time.after(delay(), () => {
          if (wire.isCut) return
          if (weather.isDown) breakOff(link, wire, 'refused')
          else opened(client, time.now(), link)
        })
      },
      send(_, link, messages, isPoll) {
        problems.push(...messages.flatMap(checkRequest).map(each => `our client sends: ${each.what}`))
        let wire = links.get(link)
        if (!wire) {
          wire = createWire(link)
          links.set(link, wire)
        }
        if (isPoll && transport !== 'websocket') connects.add(link)
        for (const each of connects) if (!links.has(each)) connects.delete(each)
        if (connects.size > 1) problems.push('two connects are under way (BX-174)')
        toServer(link, wire, messages)
      },
      drop(_, link) {
        const wire = links.get(link)
        links.delete(link)
        if (!wire) return
        wire.isCut = true
        // The server hears of it when the network lets it.
        if (!weather.isSilent) time.after(delay(), () => wire.tellServer())
      },
      wakeAt: (_, atMs) => void time.at(atMs, () => wake(client, time.now())),
      event(_, { data }) {
        const number = Number(data)
        if (fates.get(number) === 'received') problems.push(`event ${number} is received twice`)
        fates.set(number, 'received')
        if (transport === 'websocket' && number < lastReceived)
          problems.push(`event ${number} comes after ${lastReceived}`)
        lastReceived = Math.max(lastReceived, number)
      },
      outcome(_, request, outcome) {
        const id = String(request.data)
        if (request.channel !== channel) return
        if (outcomes.has(id)) problems.push(`publish ${id} has two outcomes`)
        outcomes.set(id, outcome)
      },
      changed(_, state: ClientState, why) {
        states.push(why === undefined ? state : `${state}: ${why}`)
        // A session is known to the service from its first publish on.
        if (state === 'connecting') ask()
      },
    },
  )

  let lastAsked = 0
  function ask(): void {
    lastAsked += 1
    asked.push(String(lastAsked))
    publish(client, time.now(), channel, lastAsked)
  }

  start(client, 0)
  return {
    time,
    client,
    weather,
    states,
    publish: ask,
    dismiss: () => void (session && server.dismiss(session.clientId)),
    deliver() {
      if (!session || session.isEnded) return
      lastEvent += 1
      fates.set(lastEvent, 'waits')
      owed.add(lastEvent)
      server.deliver(session, channel, lastEvent)
    },
    cut(isTold) {
      for (const [link, wire] of [...links]) {
        wire.isCut = true
        if (isTold) wire.tellServer()
        // What was written into it is lost without anybody's fault.
        time.after(delay(), () => breakOff(link, wire, 'cut'))
      }
    },
    restart() {
      server.close()
      excuseAll()
      session = undefined
      for (const [link, wire] of [...links]) breakOff(link, wire, 'the server is gone')
      server = startServer()
    },
    leave: () => leave(client, time.now()),
    problems() {
      const all = [...problems]
      for (const [id, times] of taken) {
        if (times > 1) all.push(`publish ${id} was carried out ${times} times`)
        if (!asked.includes(id)) all.push(`publish ${id} was never asked for`)
      }
      for (const [number, fate] of fates) {
        const isUnderWay = typeof fate === 'object' && (fate.isCut || fate.isLeaky)
        if (fate !== 'received' && fate !== 'excused' && !isUnderWay)
          all.push(`event ${number} ${fate === 'waits' ? 'still waits' : 'was written and never came'}`)
      }
      for (const [id, outcome] of outcomes) {
        const isAnswered = typeof outcome === 'object'
        if (isAnswered && outcome.successful === true && taken.get(id) !== 1)
          all.push(`publish ${id} was answered and not carried out`)
        if (isAnswered && outcome.successful !== true && taken.has(id))
          all.push(`publish ${id} was refused and carried out`)
      }
      return all
    },
  }

  function numberOf(text: string): number {
    return Number((JSON.parse(text) as BayeuxMessage).data)
  }
}
