import { type BayeuxMessage, parseMessages, transports } from '../../../protocol/bayeux/message.ts'
import { cases } from '../../case.ts'

const farewell = { channel: '/meta/disconnect', successful: true }
const atOnce = { advice: { timeout: 0 } }

export const lifeCycle = cases('bayeux', 'life-cycle', [
  {
    id: 'BX-110/answered',
    title: 'a disconnect is answered successful with its id, over each transport',
    rules: ['BX-110'],
    async run({ anotherBrowser, must }) {
      for (const transport of transports) {
        const session = await (await anotherBrowser().handshake(transport)).connected()
        const message = session.message('/meta/disconnect')
        const { reply } = await session.send(message)
        must.equal([reply.channel, reply.id, reply.successful], ['/meta/disconnect', message.id, true])
      }
    },
  },
  {
    id: 'BX-111/held-connect',
    title: 'after a disconnect the held connect is answered with the advice not to come back, over each transport',
    rules: ['BX-111'],
    async run({ anotherBrowser, must }) {
      for (const transport of transports) {
        const browser = anotherBrowser()
        const session = await (await browser.handshake(transport)).connected()
        const held = session.connect()
        await browser.holds(held)
        await session.disconnect()
        const { replies } = await browser.answers(held)
        must.equal(replies.find(each => each.channel === '/meta/connect')?.advice?.reconnect, 'none')
      }
    },
  },
  {
    id: 'BX-112/over',
    title: 'after a disconnect everything is refused with 402, a second disconnect too, over each transport',
    rules: ['BX-112'],
    async run({ anotherBrowser, must }) {
      for (const transport of transports) {
        const browser = anotherBrowser()
        const session = await (await browser.handshake(transport)).connected()
        await session.disconnect()
        const requests = [
          session.message('/service/x', { data: 1 }),
          session.message('/meta/subscribe', { subscription: '/demo/x' }),
          session.message('/meta/connect', { connectionType: transport }),
          session.message('/meta/disconnect'),
        ]
        for (const request of requests) {
          const { reply } = await browser.answers(session.send(request))
          must.equal([reply.channel, reply.successful], [request.channel, false])
          must.match(reply.error, /^402:/)
        }
      }
    },
  },
  {
    id: 'BX-112/no-events',
    title: 'a session that has disconnected gets no events, and its subscriptions are gone',
    rules: ['BX-112'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await (await browser.handshake('websocket')).connected()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      await session.disconnect()
      await (await browser.handshake()).publish(channel, 'too late')
      await session.connect()
      must.equal(session.events, [])
    },
  },
  {
    id: 'BX-113/expires',
    title: 'a session that does not connect again lives for the max interval and not much longer',
    rules: ['BX-113'],
    needs: ['time control'],
    async run({ anotherBrowser, clock, must }) {
      for (const transport of transports) {
        const browser = anotherBrowser()
        const session = await (await browser.handshake(transport)).connected()
        await clock.advance(`${browser.maxIntervalMs - 500}ms`)
        must.equal((await session.connect(atOnce)).reply.successful, true)
        await clock.advance(`${browser.maxIntervalMs + 1_500}ms`)
        must.match((await session.connect(atOnce)).reply.error, /^402:/)
      }
    },
  },
  {
    id: 'BX-113/never-connected',
    title: 'a session that only shook hands expires, too',
    rules: ['BX-113'],
    needs: ['time control'],
    async run({ browser, clock, must }) {
      const session = await browser.handshake()
      await clock.advance(`${browser.maxIntervalMs - 500}ms`)
      const other = await browser.handshake()
      await clock.advance('2s')
      must.match((await session.connect(atOnce)).reply.error, /^402:/)
      must.equal((await other.connect(atOnce)).reply.successful, true)
    },
  },
  {
    id: 'BX-113/held',
    title: 'a session does not expire while its connect is held, however long that is',
    rules: ['BX-113'],
    needs: ['time control'],
    async run({ browser, clock, must }) {
      const session = await (await browser.handshake()).connected()
      for (let round = 0; round < 2; round++) {
        const held = session.connect()
        await browser.holds(held)
        await clock.advance(`${session.advice.timeout + 500}ms`)
        must.equal((await browser.answers(held)).reply.successful, true)
      }
      await clock.advance(`${browser.maxIntervalMs - 1_000}ms`)
      must.equal((await session.connect(atOnce)).reply.successful, true)
    },
  },
  {
    id: 'BX-114/publishing',
    title: 'a session that only publishes stays alive',
    rules: ['BX-114'],
    needs: ['time control'],
    async run({ browser, clock, must }) {
      const session = await (await browser.handshake()).connected()
      for (let round = 0; round < 4; round++) {
        await clock.advance(`${browser.maxIntervalMs - 1_000}ms`)
        must.equal((await session.publish('/service/x', round)).reply.successful, true)
      }
      must.equal((await session.connect(atOnce)).reply.successful, true)
    },
  },
  {
    id: 'BX-115/cut-off',
    title: 'a long poll that is cut off ends the session only after its hold time and the max interval',
    rules: ['BX-115'],
    needs: ['time control'],
    async run({ browser, clock, must }) {
      const session = await (await browser.handshake()).connected()
      const held = session.connect()
      await browser.holds(held)
      held.abort()
      await clock.advance(`${session.advice.timeout + browser.maxIntervalMs - 1_000}ms`)
      must.equal((await session.connect(atOnce)).reply.successful, true)
    },
  },
  {
    id: 'BX-115/gone-for-good',
    title: 'a session whose long poll was cut off is gone when hold time and max interval are over',
    rules: ['BX-115'],
    needs: ['time control'],
    async run({ browser, clock, must }) {
      const session = await (await browser.handshake()).connected()
      const held = session.connect()
      await browser.holds(held)
      held.abort()
      await clock.advance(`${session.advice.timeout + browser.maxIntervalMs + 2_000}ms`)
      must.match((await session.connect(atOnce)).reply.error, /^402:/)
    },
  },
  {
    id: 'BX-116/held-connect',
    title:
      'a session that the server ends is told so with its held connect, and unknown afterwards, over each transport',
    rules: ['BX-116'],
    needs: ['server control'],
    async run({ anotherBrowser, server, must }) {
      for (const transport of transports) {
        const browser = anotherBrowser()
        const session = await (await browser.handshake(transport)).connected()
        const held = session.connect()
        await browser.holds(held)
        await server.endsSession(session)
        const { messages, replies } = await browser.answers(held)
        if (transport === 'websocket') {
          // The farewell is a frame of its own, on either side of the answer.
          await session.socket.until(4)
          must.equal(unasked(session.socket.frames.flatMap(text => parseMessages(text) ?? [])), [farewell])
        } else must.equal(unasked(messages), [farewell])
        must.equal(replies.find(each => each.channel === '/meta/connect')?.advice?.reconnect, 'none')
        must.match((await browser.answers(session.connect())).reply.error, /^402:/)
      }
    },
  },
  {
    id: 'BX-116/between-connects',
    title: 'a session that the server ends while no connect is held is told so with its next one, behind its events',
    rules: ['BX-116'],
    needs: ['server control', 'echo'],
    async run({ anotherBrowser, server, must }) {
      for (const transport of ['long-polling', 'callback-polling'] as const) {
        const browser = anotherBrowser()
        const session = await (await browser.handshake(transport)).connected()
        const channel = browser.channel('room')
        await session.subscribe(channel)
        await (await anotherBrowser().handshake()).publish(channel, 'before')
        await server.endsSession(session)
        const { messages } = await browser.answers(session.connect())
        must.equal(
          messages.map(each => each.channel),
          [channel, '/meta/disconnect', '/meta/connect'],
        )
        must.equal(unasked(messages), [farewell])
        must.equal(messages.at(-1)?.advice?.reconnect, 'none')
      }
    },
  },
  {
    id: 'BX-117/nothing-kept',
    title: 'after the expiry of a session another one of the same browser gets none of its events',
    rules: ['BX-117'],
    needs: ['time control', 'echo'],
    async run({ browser, clock, must }) {
      const session = await (await browser.handshake()).connected()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      await (await browser.handshake()).publish(channel, 'for the first')
      await clock.advance(`${browser.maxIntervalMs + 2_000}ms`)
      const next = await browser.handshake()
      await next.subscribe(channel)
      must.equal(await next.collect(), [])
      must.match((await session.connect(atOnce)).reply.error, /^402:/)
    },
  },
])

/** Without members that are not needed. */
function unasked(messages: readonly BayeuxMessage[]): unknown[] {
  return messages
    .filter(({ channel }) => channel === '/meta/disconnect')
    .map(({ channel, id, successful }) => ({ channel, ...(id === undefined ? {} : { id }), successful }))
}
