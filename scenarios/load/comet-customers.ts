import { type BayeuxClient, type ClientState, createClient, type Link } from '../../protocol/bayeux/client.ts'
import { batch, leave, lost, opened, publish, received, start, wake } from '../../protocol/bayeux/drive.ts'
import { type BayeuxMessage, parseMessages } from '../../protocol/bayeux/message.ts'
import { arrivalText } from '../../protocol/stream/bayeux-arrival.ts'
import { notificationSequence } from '../../protocol/stream/row-sequence.ts'
import type { ShardOperation, ShardRow } from '../../protocol/stream/shard-stream.ts'
import { rowOf } from './answer.ts'
import { createAbsence } from './comet-absence.ts'
import { arrivalRow, forgetAsked, isPlainEvent, noteAsked, takeAsked } from './comet-arrivals.ts'
import { clientSettings } from './comet-client-settings.ts'
import type { CometApi, CometArrivals, CometCustomer, CometSettings, Done } from './comet-customer.ts'
import { isUnasked, operationData, saidMsAgo } from './comet-data.ts'
import { createLoopGaps } from './loop-gaps.ts'
import type { Session } from './session.ts'
import { createWheel } from './wheel.ts'

/** As k6 tells of a request that was not answered in time. */
const timedOut = 1050
const answerLimitMs = 20_000
const nothing = { text: '', atMs: 0, sentMs: 0, tookMs: 0, unreadMs: 0, isOnlyOne: false, isInOrder: true }
const wheelTickMs = 20

export type CometCustomers = CometApi & CometArrivals

export function createCometCustomers(settings: CometSettings): CometCustomers {
  const { now, transport } = settings
  const channel = `/service/chatV2/${settings.service}`
  const customers = new Map<number, CometCustomer>()
  const wheel = createWheel(settings.startMs, wheelTickMs)
  const gaps = createLoopGaps()
  /** Told to leave; done by the tick, since a client must not end while it is told something. */
  const leaving: CometCustomer[] = []
  /** In the order of their limits. */
  let limits: { customer: CometCustomer; row: ShardRow; atMs: number }[] = []
  /** What is being taken in. */
  let arrival = { messages: [] as readonly BayeuxMessage[], told: '', ...nothing }

  const absence = createAbsence({
    ...settings,
    wakeAt: (customer, atMs) => wheel.add(atMs, customer.session.plan.session),
    request(customer, row) {
      limits.push({ customer, row, atMs: row.sent + answerLimitMs })
      return publish(customer.client, row.sent, channel, dataOf(customer.session, 'refresh', row.position))
    },
  })

  const outputs = {
    open: (client: BayeuxClient<CometCustomer>, link: Link) => settings.open(client.owner, link),
    send(client: BayeuxClient<CometCustomer>, link: Link, messages: readonly BayeuxMessage[], isPoll: boolean) {
      noteAsked(client.owner, link, messages)
      settings.send(client.owner, link, messages, isPoll)
    },
    drop(client: BayeuxClient<CometCustomer>, link: Link) {
      forgetAsked(client.owner, link)
      settings.drop(client.owner, link)
    },
    wakeAt: (client: BayeuxClient<CometCustomer>, atMs: number) => wheel.add(atMs, client.owner.session.plan.session),
    event: (client: BayeuxClient<CometCustomer>, message: BayeuxMessage) => event(client.owner, message),
    outcome(client: BayeuxClient<CometCustomer>, request: BayeuxMessage, outcome: BayeuxMessage | string) {
      const isFine = typeof outcome === 'object' && outcome.successful !== false
      if (!isFine) unanswered(client.owner, request.id!, outcome === 'unanswered' ? timedOut : 0)
    },
    changed: (client: BayeuxClient<CometCustomer>, state: ClientState, why?: string) =>
      changed(client.owner, state, why),
  }

  function event(customer: CometCustomer, message: BayeuxMessage) {
    const { asked, resumed } = customer
    const operation = resumed ? 'resume' : asked?.row.operation
    if (operation === undefined || isUnasked(operation, message.data)) return notified(customer, message)
    const answer = JSON.stringify(message.data)
    const row = resumed?.row ?? asked!.row
    row.status = 200
    row.answered = arrival.atMs
    if (resumed) absence.end(customer, row, answer)
    else {
      customer.asked = undefined
      asked!.done(row, answer)
    }
  }

  function notified({ session, awaySinceMs, isCut }: CometCustomer, message: BayeuxMessage) {
    const { text, atMs, sentMs, tookMs, unreadMs, isOnlyOne, isInOrder } = arrival
    // Most are not looked into.
    const waitedMs = unreadMs > tookMs ? Math.max(tookMs, Math.min(unreadMs, saidMsAgo(message, atMs))) : tookMs
    const row = rowOf(session.plan.session, 'notification', atMs, atMs + waitedMs)
    row.status = 200
    row.sent = sentMs
    row.answered = atMs
    row.sequence = notificationSequence({ isInOrder, wasCut: isCut })
    // What came beside the poll may have overtaken what is still on it; what a server had kept while the connection was
    // lost comes behind what was lost with it: a resume asks from before both.
    row.position = isInOrder && awaySinceMs === undefined ? session.nextPosition : -1
    arrival.told += `${arrival.told === '' ? '' : ','}${arrival.messages.indexOf(message)}`
    settings.heard(session, row, isOnlyOne ? text : JSON.stringify(message))
  }

  function unanswered(customer: CometCustomer, id: string, errorCode: number) {
    const { asked, resumed, session, client } = customer
    if (resumed?.id === id) {
      customer.resumed = undefined
      if (client.state === 'ended') absence.giveUp(customer)
      else absence.resumeLater(customer)
      return
    }
    if (asked?.id !== id) return
    const isGoing = client.state === 'ended' || client.state === 'leaving'
    // Nothing may be sent before the resume that follows.
    if (session.state === 'live' && !isGoing) {
      absence.begin(customer)
      absence.resumeLater(customer)
    }
    fail(customer, errorCode)
  }

  function fail(customer: CometCustomer, errorCode: number) {
    const { asked } = customer
    customer.asked = undefined
    if (!asked) return
    asked.row.status = 0
    asked.row.errorCode = errorCode
    asked.row.answered = now()
    asked.done(asked.row, '')
  }

  function changed(customer: CometCustomer, state: ClientState, why: string | undefined) {
    if (state === 'interrupted' || state === 'handshaking') absence.begin(customer, why)
    else if (state === 'connecting' || state === 'connected') absence.resume(customer)
    else if (state === 'ended') {
      customers.delete(customer.session.plan.session)
      absence.begin(customer, why)
      fail(customer, 0)
      absence.giveUp(customer)
    }
  }

  function dataOf(session: Session, operation: ShardOperation, position: number, message = '') {
    return operationData(session, operation, position, message, settings.notifyRequestor)
  }

  function ask(customer: CometCustomer, row: ShardRow, data: object, done: Done) {
    const asked = { row, done, id: '' }
    customer.asked = asked
    limits.push({ customer, row, atMs: row.sent + answerLimitMs })
    asked.id = publish(customer.client, row.sent, channel, data)
  }

  return {
    requestChat(session, row, done) {
      const customer: CometCustomer = {
        session,
        network: undefined,
        asked: undefined,
        awaySinceMs: undefined,
        isCut: false,
        isLossTold: false,
        resumed: undefined,
        resumeAtMs: Number.POSITIVE_INFINITY,
        resumeFailures: 0,
        untold: [],
        arrivals: 0,
        get client() {
          return client
        },
      }
      const client = createClient<CometCustomer>(customer, clientSettings(transport, session.plan.session), outputs)
      customers.set(session.plan.session, customer)
      batch(client, row.sent, () => {
        start(client, row.sent)
        ask(customer, row, dataOf(session, 'requestChat', -1), done)
      })
    },
    ask(session, row, message, done) {
      const customer = customers.get(session.plan.session)
      if (customer) return ask(customer, row, dataOf(session, row.operation, row.position, message), done)
      row.answered = row.sent
      done(row, '')
    },
    cut(session) {
      const customer = customers.get(session.plan.session)
      if (!customer) return
      const { client } = customer
      const link = client.socket?.link ?? client.poll?.link
      if (link === undefined) return
      customer.isCut = true
      forgetAsked(customer, link)
      settings.drop(customer, link)
      // As on another device: what the client was is forgotten, cookies too; the key and the position are kept.
      if (session.plan.session % 2 === 1) {
        client.clientId = undefined
        customer.network = undefined
      }
      lost(client, now(), link, 'cut')
    },
    leave(session) {
      const customer = customers.get(session.plan.session)
      if (customer) leaving.push(customer)
    },

    opened: (customer, link) => opened(customer.client, now(), link),
    came(customer, link, text, atMs, sentMs, tookMs) {
      const nowMs = now()
      gaps.alive(nowMs)
      const { client } = customer
      const { socket, poll } = client
      if (socket?.link !== link && poll?.link !== link && client.busy !== link) return
      const messages = parseMessages(text) ?? []
      const isPlain = isPlainEvent(messages, channel)
      const row = isPlain ? undefined : arrivalRow(customer, transport === 'websocket' ? link : 0, sentMs, atMs)
      const asked = isPlain ? '' : takeAsked(customer, link)
      const own = { tookMs: tookMs ?? nowMs - atMs, unreadMs: gaps.unreadMs(atMs) }
      take(customer, link, messages, { text, atMs, sentMs, ...own })
      if (row) settings.arrived(row, arrivalText(asked, arrival.told, text))
    },
    lost(customer, link, why) {
      forgetAsked(customer, link)
      lost(customer.client, now(), link, why)
    },
    tick(nowMs) {
      gaps.alive(nowMs)
      wheel.advance(nowMs, number => {
        const customer = customers.get(number)
        if (!customer) return
        wake(customer.client, nowMs)
        absence.resumeIfDue(customer, nowMs)
      })
      overdue(nowMs)
      for (const { client } of leaving.splice(0)) leave(client, nowMs)
      return Math.min(wheel.nextMs(4), limits[0]?.atMs ?? Number.POSITIVE_INFINITY)
    },
    size: () => customers.size,
    stop() {
      for (const customer of [...customers.values()]) {
        const { client } = customer
        for (const link of [client.socket?.link, client.poll?.link, client.busy])
          if (link) settings.drop(customer, link)
        absence.giveUp(customer)
      }
      customers.clear()
    },
  }

  function take(
    customer: CometCustomer,
    link: Link,
    messages: readonly BayeuxMessage[],
    { text, ...when }: { text: string; atMs: number; sentMs: number; tookMs: number; unreadMs: number },
  ) {
    const { client } = customer
    // Alone in its array, and so the text that came is the text of the message.
    const isOnlyOne = messages.length === 1 && text.startsWith('[') && text.endsWith(']')
    const isInOrder = transport === 'websocket' || client.poll?.link === link
    arrival = {
      messages,
      told: '',
      text: isOnlyOne ? text.slice(1, -1) : '',
      ...when,
      isOnlyOne,
      isInOrder,
    }
    if (messages.length > 0) return received(client, now(), link, messages)
    forgetAsked(customer, link)
    settings.drop(customer, link)
    lost(client, now(), link, 'what came is no Bayeux message')
  }

  /** A publish that was taken and never answered by a message. */
  function overdue(nowMs: number) {
    let done = 0
    for (; done < limits.length; done++) {
      const { customer, row, atMs } = limits[done]!
      const isOpen = customer.asked?.row === row || customer.resumed?.row === row
      if (isOpen && atMs > nowMs) break
      if (customer.asked?.row === row) fail(customer, timedOut)
      else if (customer.resumed?.row === row)
        absence.end(customer, { ...row, status: 0, errorCode: timedOut, answered: nowMs }, '')
    }
    if (done > 0) limits = limits.slice(done)
  }
}
