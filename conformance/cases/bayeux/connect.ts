import { transports } from '../../../protocol/bayeux/message.ts'
import { cases } from '../../case.ts'

const polling = ['long-polling', 'callback-polling'] as const

export const connects = cases('bayeux', 'connect', [
  {
    id: 'BX-040/first',
    title: 'the first connect is answered at once, with and without a timeout of 0, over each transport',
    rules: ['BX-040'],
    async run({ anotherBrowser, must }) {
      for (const transport of transports)
        for (const advice of [undefined, { timeout: 0 }]) {
          const browser = anotherBrowser()
          const session = await browser.handshake(transport)
          const { reply } = await browser.answers(session.connect({ advice }))
          must.equal([reply.channel, reply.successful], ['/meta/connect', true])
        }
    },
  },
  {
    id: 'BX-041/held',
    title: 'a connect with nothing to deliver is held for the timeout and answered with one message',
    rules: ['BX-041'],
    needs: ['time control'],
    async run({ anotherBrowser, clock, must }) {
      for (const transport of polling) {
        const browser = anotherBrowser()
        const session = await (await browser.handshake(transport)).connected()
        const held = session.connect()
        await browser.holds(held)
        await clock.advance(`${session.advice.timeout - 500}ms`)
        await browser.holds(held)
        await clock.advance('1s')
        const { messages } = await browser.answers(held)
        must.equal(
          messages.map(each => [each.channel, each.successful]),
          [['/meta/connect', true]],
        )
      }
    },
  },
  {
    id: 'BX-041/again',
    title: 'the connect after one that was held to its end is held, too',
    rules: ['BX-041'],
    needs: ['time control'],
    async run({ browser, clock, must }) {
      const session = await (await browser.handshake()).connected()
      for (let round = 0; round < 3; round++) {
        const held = session.connect()
        await browser.holds(held)
        await clock.advance(`${session.advice.timeout + 500}ms`)
        must.equal((await browser.answers(held)).reply.successful, true)
      }
    },
  },
  {
    id: 'BX-042/at-once',
    title: 'a connect with a timeout of 0 is answered at once, each time, with an advice',
    rules: ['BX-042'],
    async run({ anotherBrowser, must }) {
      for (const transport of transports) {
        const browser = anotherBrowser()
        const session = await (await browser.handshake(transport)).connected()
        for (let round = 0; round < 2; round++) {
          const { reply } = await browser.answers(session.connect({ advice: { timeout: 0 } }))
          must.equal([reply.successful, reply.advice?.reconnect], [true, 'retry'])
          must.equal(reply.advice?.timeout, session.advice.timeout)
        }
      }
    },
  },
  {
    id: 'BX-043/own-timeout',
    title: 'a connect with a timeout of its own is held that long, and the next one as usual',
    rules: ['BX-043'],
    needs: ['time control'],
    async run({ browser, clock, must }) {
      const session = await (await browser.handshake()).connected()
      const short = session.connect({ advice: { timeout: 1_000 } })
      await browser.holds(short)
      await clock.advance('800ms')
      await browser.holds(short)
      await clock.advance('700ms')
      must.equal((await browser.answers(short)).reply.successful, true)
      const usual = session.connect()
      await browser.holds(usual)
      await clock.advance('1500ms')
      await browser.holds(usual)
    },
  },
  {
    id: 'BX-044/own-interval',
    title: 'a connect with an interval is answered with it, and the session waits that much longer',
    rules: ['BX-044'],
    needs: ['time control'],
    async run({ browser, clock, must }) {
      const session = await (await browser.handshake()).connected()
      const { reply } = await session.connect({ advice: { timeout: 0, interval: 5_000 } })
      must.equal(reply.advice?.interval, 5_000)
      await clock.advance(`${5_000 + browser.maxIntervalMs - 500}ms`)
      must.equal((await session.connect({ advice: { timeout: 0 } })).reply.successful, true)
    },
  },
  {
    id: 'BX-045/no-advice',
    title: 'a connect without advice over the same transport is answered without one',
    rules: ['BX-045'],
    async run({ browser, must }) {
      const session = await (await browser.handshake()).connected()
      const connect = session.message('/meta/connect', { connectionType: 'long-polling' })
      const { replies } = await session.send(connect, session.message('/service/x', { data: 1 }))
      const answered = replies.find(({ channel }) => channel === '/meta/connect')
      must.equal([answered?.successful, answered?.advice], [true, undefined])
    },
  },
  {
    id: 'BX-046/released',
    title: 'a held connect is answered when another session publishes for it',
    rules: ['BX-046'],
    needs: ['echo'],
    async run({ browser, anotherBrowser, must }) {
      const publisher = await anotherBrowser().handshake()
      for (const transport of polling) {
        const session = await (await anotherBrowser().handshake(transport)).connected()
        const channel = browser.channel(transport)
        await session.subscribe(channel)
        const held = session.connect()
        await browser.holds(held)
        await publisher.publish(channel, { text: 'hi' })
        const { events, replies } = await browser.answers(held)
        must.equal(
          events.map(({ channel: of, data }) => [of, data]),
          [[channel, { text: 'hi' }]],
        )
        must.equal(
          replies.map(each => [each.channel, each.successful]),
          [['/meta/connect', true]],
        )
      }
    },
  },
  {
    id: 'BX-047/waiting',
    title: 'a connect returns at once with all events that wait, in order and before its own answer',
    rules: ['BX-047'],
    needs: ['echo'],
    async run({ browser, anotherBrowser, must }) {
      const publisher = await anotherBrowser().handshake()
      for (const transport of polling) {
        const session = await (await anotherBrowser().handshake(transport)).connected()
        const channel = browser.channel(transport)
        await session.subscribe(channel)
        for (const data of [1, 2, 3, 4]) await publisher.publish(channel, data)
        const { messages } = await browser.answers(session.connect())
        must.equal(
          messages.map(({ data, channel: of }) => data ?? of),
          [1, 2, 3, 4, '/meta/connect'],
        )
      }
    },
  },
  {
    id: 'BX-048/second',
    title: 'when a second connect comes the request of the first ends with an error, and the second is held',
    rules: ['BX-048'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await (await browser.handshake()).connected()
      const first = session.connect()
      await browser.holds(first)
      const second = session.connect()
      const { status, messages } = await browser.answers(first)
      must.be(status >= 400, 'an error status', status)
      must.edge.equal(status, 500)
      must.equal(messages, [])
      await browser.holds(second)
      const channel = browser.channel('room')
      await session.subscribe(channel)
      await (await browser.handshake()).publish(channel, 'for the second')
      must.equal((await browser.answers(second)).events.length, 1)
    },
  },
  {
    id: 'BX-049/in-company',
    title: 'a connect that shares its request is answered at once, wherever it stands in it',
    rules: ['BX-049'],
    async run({ browser, must }) {
      const session = await (await browser.handshake()).connected()
      const connect = () => session.message('/meta/connect', { connectionType: 'long-polling' })
      const publish = () => session.message('/service/x', { data: 1 })
      for (const messages of [
        [connect(), publish()],
        [publish(), connect()],
      ]) {
        const { replies } = await browser.answers(session.send(...messages))
        must.equal(
          replies.map(each => [each.channel, each.successful]),
          messages.map(each => [each.channel, true]),
        )
      }
    },
  },
  {
    id: 'BX-050/unknown',
    title: 'a connect with an unknown clientId or none is refused with 402 and the advice to handshake',
    rules: ['BX-050'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      for (const clientId of ['1234567890abcdefghijklm', '', undefined]) {
        const connect = session.message('/meta/connect', { clientId, connectionType: 'long-polling' })
        for (const request of [browser.post([connect]), browser.callback([connect])]) {
          const { status, reply } = await browser.answers(request)
          must.equal([status, reply.successful], [200, false])
          must.match(reply.error, /^402:/)
          must.edge.match(reply.error, /^402::(Unknown client|session_unknown)$/)
          must.equal([reply.advice?.reconnect, reply.advice?.interval], ['handshake', 0])
        }
      }
    },
  },
  {
    id: 'BX-051/connection-types',
    title: 'a connect without a connection type or with a strange one is answered with a message',
    rules: ['BX-051'],
    async run({ browser, must }) {
      const session = await (await browser.handshake()).connected()
      for (const connectionType of [undefined, 'pigeon', '', 7]) {
        const { status, reply } = await session.connect({ connectionType, advice: { timeout: 0 } })
        must.equal(status, 200)
        must.be(typeof reply.successful === 'boolean', 'an answer', reply)
      }
    },
  },
  {
    id: 'BX-051/strict',
    title: 'a strict server refuses such a connect, and the one that is held stays held',
    rules: ['BX-051'],
    needs: ['configuration', 'server control'],
    async run({ browser, server, must }) {
      await server.set('refserver', 'cometd.strict', 'true')
      await server.restartNode()
      const session = await (await browser.handshake()).connected()
      const held = session.connect()
      await browser.holds(held)
      for (const connectionType of [undefined, 'pigeon']) {
        const { status, reply } = await browser.answers(session.connect({ connectionType }))
        must.equal([status, reply.successful], [200, false])
        must.match(reply.error, /^4\d\d:/)
      }
      await browser.holds(held)
    },
  },
])
