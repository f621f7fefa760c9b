import { expect } from 'vitest'
import { createCookieJar } from '../../../conformance/bayeux/cookie-jar.ts'
import { runClient } from '../../../conformance/bayeux/run-client.ts'
import type { Http } from '../../../conformance/story/http.ts'
import { type Outcome, usualSettings } from '../../../protocol/bayeux/client.ts'
import type { BayeuxMessage, Transport } from '../../../protocol/bayeux/message.ts'
import { checkReceived, checkRequest } from '../../../protocol/checks/bayeux/shape.ts'

/** Our Bayeux client over real sockets, with a browser's cookies of its own; each step throws when it does not come about. */
export interface OurClient {
  transport: Transport
  connected(): Promise<void>
  subscribe(channel: string): Promise<void>
  /** Publishes, and waits until it is delivered, once. */
  hears(channel: string, data: unknown): Promise<void>
  connectsMore(count: number): Promise<void>
  comesBackFromCut(): Promise<void>
  handshakesAgain(): Promise<void>
  leave(): Promise<void>
  handshakes(): number
  /** What was refused, and what was malformed, sent or received: `came: BX-082 …`. */
  findings(): readonly string[]
}

const patienceMs = 30_000

export function openOurClient(url: string, transport: Transport, http: Http): OurClient {
  const heard: BayeuxMessage[] = []
  const findings: string[] = []
  let handshakes = 0
  let connects = 0
  let interruptions = 0
  const { client, ...running } = runClient(
    { ...usualSettings, transport, backoffMs: failures => Math.min(failures * 50, 500) },
    {
      url,
      http,
      cookies: createCookieJar(),
      event: message => void heard.push(message),
      changed(state) {
        if (state === 'interrupted') interruptions += 1
      },
      sent(messages) {
        for (const { rule, what } of messages.flatMap(checkRequest)) findings.push(`sent: ${rule} ${what}`)
      },
      came(_, messages = []) {
        for (const { rule, what } of messages.flatMap(checkReceived)) findings.push(`came: ${rule} ${what}`)
        for (const { channel, successful } of messages) {
          if (successful !== true) continue
          if (channel === '/meta/handshake') handshakes += 1
          if (channel === '/meta/connect') connects += 1
        }
      },
    },
  )

  async function until(holds: () => boolean, what: string): Promise<void> {
    const end = Date.now() + patienceMs
    while (!holds()) {
      if (Date.now() > end) throw new Error(`${transport}: ${what} within ${patienceMs} ms, it is ${client.state}`)
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  }

  function note(what: string, outcome: Outcome): void {
    const isDone = typeof outcome !== 'string' && outcome.successful === true
    if (!isDone) findings.push(`${what}: ${JSON.stringify(outcome)}`)
  }

  const isConnected = () => client.state === 'connected'

  return {
    transport,
    connected: () => until(isConnected, 'not connected'),
    async subscribe(channel) {
      note('subscribe', await running.subscribe(channel))
    },
    async hears(channel, data) {
      note('publish', await running.publish(channel, data))
      const isIt = (each: BayeuxMessage) =>
        each.channel === channel && JSON.stringify(each.data) === JSON.stringify(data)
      await until(() => heard.some(isIt), `${JSON.stringify(data)} not heard on ${channel}`)
      expect(heard.filter(isIt)).toHaveLength(1)
    },
    connectsMore(count) {
      const before = connects
      return until(() => connects >= before + count, `not ${count} more connects`)
    },
    async comesBackFromCut() {
      const before = interruptions
      running.cut()
      await until(() => interruptions > before, 'not interrupted')
      await until(isConnected, 'not back')
    },
    handshakesAgain: () => until(() => handshakes > 1 && isConnected(), 'no new handshake'),
    leave: running.leave,
    handshakes: () => handshakes,
    findings: () => findings,
  }
}
