import { afterAll, it as anyIt, beforeAll, describe, expect } from 'vitest'
import { createCookieJar } from '../../../conformance/bayeux/cookie-jar.ts'
import { runClient } from '../../../conformance/bayeux/run-client.ts'
import { createHttp } from '../../../conformance/story/http.ts'
import type { Outcome } from '../../../protocol/bayeux/client.ts'
import { type BayeuxMessage, type Transport, transports } from '../../../protocol/bayeux/message.ts'
import { checkReceived, checkRequest } from '../../../protocol/checks/bayeux/shape.ts'
import { missingPrograms } from '../../../scripts/peers/programs.ts'
import { itWithPeer } from '../peer-programs.ts'
import { type ForeignServer, foreignServers } from './foreign-servers.ts'

// Our client, judged by servers that are not ours: what it sends they take, and after a cut and a restart it is back.

const patienceMs = 15_000
const http = createHttp({ timeoutMs: patienceMs })
afterAll(() => http.close())

describe.concurrent.each(Object.entries(foreignServers))('%s', (name, { peer, hasEcho, fetch, start }) => {
  const it = peer === undefined ? anyIt : itWithPeer(peer)
  let server: ForeignServer | undefined
  let whyNot = ''
  beforeAll(async () => {
    if (peer !== undefined && missingPrograms(peer).length > 0) return
    try {
      fetch()
    } catch (error) {
      if (process.env.CHATGAUGE_PEERS === 'required') throw error
      whyNot = (error as Error).message
      return
    }
    server = await start()
  }, 120_000)
  afterAll(() => server?.stop())

  it('[BX-174] is connected, heard, cut off and restarted under, over each transport', async ({ skip }) => {
    if (!server) return skip(`skipped: the library could not be fetched: ${whyNot.slice(0, 300)}`)
    const customers = transports.map(transport => openCustomer(server!.url, transport))
    await Promise.all(customers.map(each => each.connected()))
    for (const each of customers) await each.subscribe(`/demo/${each.transport}`)
    for (const each of customers) await each.hears(`/demo/${each.transport}`, { text: 'Grüße 🙂' })
    if (hasEcho) for (const each of customers) await each.hears('/service/echo', { order: 7 })
    // Held connects end and are sent anew.
    await Promise.all(customers.map(each => each.connectsMore(2)))

    await Promise.all(customers.map(each => each.comesBackFromCut()))
    for (const each of customers) await each.hears(`/demo/${each.transport}`, 'behind the cut')
    expect(customers.map(each => each.handshakes())).toEqual([1, 1, 1])

    await server.restart()
    await Promise.all(customers.map(each => each.handshakesAgain()))
    for (const each of customers) await each.hears(`/demo/${each.transport}`, 'behind the restart')
    await Promise.all(customers.map(each => each.leave()))
    expect(customers.map(each => each.refusals())).toEqual(customers.map(() => []))
    expect(customers.map(each => each.malformed())).toEqual(customers.map(() => []))
  })

  function openCustomer(url: string, transport: Transport) {
    const heard: BayeuxMessage[] = []
    const malformed: string[] = []
    const refusals: string[] = []
    let handshakes = 0
    let connects = 0
    let interruptions = 0
    const client = runClient(
      { transport, networkDelayMs: 10_000, backoffMs: failures => Math.min(failures * 50, 500), maxBatch: 50 },
      {
        url,
        http,
        cookies: createCookieJar(),
        event: message => void heard.push(message),
        changed: state => {
          if (state === 'interrupted') interruptions += 1
        },
        sent: messages => void malformed.push(...messages.flatMap(checkRequest).map(each => `sent: ${each.what}`)),
        came(_, messages = []) {
          for (const { channel, successful } of messages) {
            if (channel === '/meta/handshake' && successful === true) handshakes += 1
            if (channel === '/meta/connect' && successful === true) connects += 1
          }
          const strange = messages.flatMap(checkReceived).filter(each => !isWayOf(name, each.rule))
          malformed.push(...strange.map(each => `came: ${each.what}`))
        },
      },
    )
    const until = async (holds: () => boolean, what: string) => {
      const end = Date.now() + patienceMs
      while (!holds()) {
        if (Date.now() > end) throw new Error(`${transport}: ${what} within ${patienceMs} ms; ${client.client.state}`)
        await new Promise(resolve => setTimeout(resolve, 10))
      }
    }
    const done = (what: string, outcome: Outcome) => {
      const isDone = typeof outcome !== 'string' && outcome.successful === true
      if (!isDone) refusals.push(`${what}: ${JSON.stringify(outcome)}`)
    }
    return {
      transport,
      connected: () => until(() => client.client.state === 'connected', 'not connected'),
      async subscribe(channel: string) {
        done('subscribe', await client.subscribe(channel))
      },
      async hears(channel: string, data: unknown) {
        done('publish', await client.publish(channel, data))
        const isIt = (each: BayeuxMessage) =>
          each.channel === channel && JSON.stringify(each.data) === JSON.stringify(data)
        await until(() => heard.some(isIt), `${JSON.stringify(data)} not heard on ${channel}`)
        expect(heard.filter(isIt)).toHaveLength(1)
      },
      connectsMore(count: number) {
        const before = connects
        return until(() => connects >= before + count, `not ${count} more connects`)
      },
      async handshakesAgain() {
        await until(() => handshakes >= 2 && client.client.state === 'connected', 'no new handshake')
      },
      async comesBackFromCut() {
        client.cut()
        await until(() => interruptions > 0, 'no interruption')
        await until(() => client.client.state === 'connected', 'not back')
      },
      leave: () => client.leave(),
      handshakes: () => handshakes,
      refusals: () => refusals,
      malformed: () => malformed,
    }
  }
})

/** Faye's events have the ids of their publishers. */
function isWayOf(name: string, rule: string): boolean {
  return name === 'Faye' && rule === 'BX-082'
}
