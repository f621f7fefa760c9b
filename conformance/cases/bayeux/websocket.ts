import { parseMessages } from '../../../protocol/bayeux/message.ts'
import { cases } from '../../case.ts'
import { cometdPath } from '../../story/bayeux/cometd-path.ts'
import { messagesOf } from '../../story/bayeux/raw-socket.ts'

const handshake = { channel: '/meta/handshake', id: '1', version: '1.0', supportedConnectionTypes: ['websocket'] }
const atOnce = { advice: { timeout: 0 } }

export const websocket = cases('bayeux', 'websocket', [
  {
    id: 'BX-140/upgrade',
    title: 'a WebSocket opens on the path of the endpoint, with a query, too',
    rules: ['BX-140'],
    async run({ browser, must }) {
      for (const path of [cometdPath, `${cometdPath}?x=1`]) {
        const socket = await browser.webSocket({ path })
        socket.send([handshake])
        await socket.until(1)
        must.equal(messagesOf(socket.frames)[0]?.successful, true)
      }
    },
  },
  {
    id: 'BX-140/foreign-origin',
    title: 'a WebSocket opens for a page of another origin where nothing else is configured',
    rules: ['BX-140'],
    async run({ browser, must }) {
      const socket = await browser.webSocket({ headers: { origin: 'https://shop.example.com' } })
      must.equal(socket.isOpen, true)
    },
  },
  {
    id: 'BX-141/subprotocol',
    title: 'a subprotocol that is offered is not confirmed',
    rules: ['BX-141'],
    async run({ browser, must }) {
      const socket = await browser.webSocket({ protocols: ['bayeux', 'cometd'] }).catch(error => error as Error)
      // A strict client fails by itself where nothing is confirmed.
      must.be(
        'frames' in socket ? socket.protocol === '' : /subprotocol/.test(socket.message),
        'none confirmed',
        socket,
      )
    },
  },
  {
    id: 'BX-142/on-one-socket',
    title: 'handshake, connect, subscribe, publish and disconnect work on one socket, each answered in an array',
    rules: ['BX-142'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake('websocket')
      const channel = browser.channel('room')
      for (const ask of [
        () => session.connect(atOnce),
        () => session.subscribe(channel),
        () => session.publish(channel, 1),
        () => session.disconnect(),
      ])
        must.equal((await ask()).reply.successful, true)
      must.equal(
        session.socket.frames.filter(text => !Array.isArray(JSON.parse(text))),
        [],
      )
    },
  },
  {
    id: 'BX-143/held',
    title: 'a connect is held for the timeout, and events come meanwhile without ending it',
    rules: ['BX-143'],
    needs: ['time control', 'echo'],
    async run({ browser, clock, must }) {
      const session = await (await browser.handshake('websocket')).connected()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      const held = session.connect()
      const publisher = await browser.handshake()
      for (const data of [1, 2]) {
        await publisher.publish(channel, data)
        must.equal(
          (await session.delivered(1)).map(each => each.data),
          [data],
        )
        await browser.holds(held)
      }
      await clock.advance(`${session.advice.timeout - 500}ms`)
      await browser.holds(held)
      await clock.advance('1s')
      must.equal(
        (await browser.answers(held)).replies.map(each => each.successful),
        [true],
      )
    },
  },
  {
    id: 'BX-144/second',
    title: 'of two connects on a socket only the second is answered',
    rules: ['BX-144', 'BX-171'],
    needs: ['time control'],
    async run({ browser, clock, must }) {
      const session = await (await browser.handshake('websocket')).connected()
      const first = session.connect()
      await browser.holds(first)
      const second = session.connect()
      await browser.holds(second)
      await clock.advance(`${session.advice.timeout + 500}ms`)
      must.equal((await browser.answers(second)).reply.successful, true)
      await browser.holds(first)
    },
  },
  {
    id: 'BX-145/meanwhile',
    title: 'publishes, subscribes and unsubscribes are answered while a connect is held',
    rules: ['BX-145'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await (await browser.handshake('websocket')).connected()
      const held = session.connect()
      const channel = browser.channel('room')
      for (const request of [
        session.subscribe(channel),
        session.publish(channel, 1),
        session.publish('/service/x', 1),
        session.unsubscribe(channel),
      ])
        must.equal((await browser.answers(request)).reply.successful, true)
      await browser.holds(held)
    },
  },
  {
    id: 'BX-146/malformed',
    title: 'malformed JSON, an empty array and what is no object close the socket with 1011 and leave the session',
    rules: ['BX-146'],
    async run({ browser, must }) {
      const session = await (await browser.handshake('websocket')).connected()
      const sockets = [session.socket]
      for (const text of ['[{', '[]', '7', '[1]', 'null']) {
        const socket = sockets.pop() ?? (await browser.webSocket())
        const { length } = socket.frames
        socket.send(text)
        must.equal((await socket.closed())?.code, 1011)
        must.equal(socket.frames.length, length)
      }
      const resumed = await browser.resume(session)
      must.equal((await resumed.connect(atOnce)).reply.successful, true)
    },
  },
  {
    id: 'BX-147/too-large',
    title: 'a frame above the limit closes the socket with 1009, one below is taken',
    rules: ['BX-147'],
    async run({ browser, must }) {
      const session = await (await browser.handshake('websocket')).connected()
      must.equal((await session.publish('/service/x', 'x'.repeat(60_000))).reply.successful, true)
      session.socket.send([session.message('/service/x', { id: undefined, data: 'x'.repeat(70_000) })])
      must.equal((await session.socket.closed())?.code, 1009)
      must.equal((await (await browser.resume(session)).connect(atOnce)).reply.successful, true)
    },
  },
  {
    id: 'BX-148/binary',
    title: 'a binary frame is ignored or closes the socket with 1003',
    rules: ['BX-148'],
    async run({ browser, must }) {
      const socket = await browser.webSocket()
      socket.send(Buffer.from(JSON.stringify([handshake])))
      socket.send([{ ...handshake, id: '2' }])
      await socket.until(1)
      const ids = messagesOf(socket.frames).map(each => each.id)
      const code = socket.isOpen ? undefined : (await socket.closed(100))?.code
      must.be(code === 1003 || (code === undefined && ids.length === 1 && ids[0] === '2'), 'ignored or 1003', {
        code,
        ids,
      })
    },
  },
  {
    id: 'BX-149/adopted',
    title: 'a session that was made over HTTP goes on over a socket without a cookie and gets its events there',
    rules: ['BX-149'],
    needs: ['echo'],
    async run({ browser, anotherBrowser, must }) {
      for (const transport of ['long-polling', 'callback-polling'] as const) {
        const made = await (await anotherBrowser().handshake(transport)).connected()
        const channel = browser.channel(transport)
        await made.subscribe(channel)
        const publisher = await browser.handshake()
        await publisher.publish(channel, 'before')
        const session = await browser.resume(made)
        must.equal((await session.connect(atOnce)).reply.successful, true)
        session.connect()
        await session.publish('/service/x', 1)
        await publisher.publish(channel, 'behind')
        must.equal(
          (await session.delivered(2)).map(each => each.data),
          ['before', 'behind'],
        )
      }
    },
  },
  {
    id: 'BX-149/advised',
    title: 'the first connect over another transport is answered with an advice',
    rules: ['BX-149', 'BX-045'],
    async run({ browser, must }) {
      const made = await (await browser.handshake()).connected()
      const session = await browser.resume(made)
      const { reply } = await session.connect(atOnce)
      must.equal(reply.advice?.reconnect, 'retry')
    },
  },
  {
    id: 'BX-150/resumed',
    title: 'a session outlives its socket, closed or cut, and a new socket brings what came in between',
    rules: ['BX-150'],
    needs: ['echo'],
    async run({ browser, must }) {
      const publisher = await browser.handshake()
      for (const how of ['close', 'cut'] as const) {
        const made = await (await browser.handshake('websocket')).connected()
        const channel = browser.channel(how)
        await made.subscribe(channel)
        made.socket[how]()
        await made.socket.closed()
        await publisher.publish(channel, 'in between')
        const session = await browser.resume(made)
        must.equal(
          (await session.collect()).map(each => each.data),
          ['in between'],
        )
      }
    },
  },
  {
    id: 'BX-151/one-session',
    title: 'a clientId other than that of the socket is refused with 402, and the socket goes on',
    rules: ['BX-151'],
    async run({ browser, must }) {
      const session = await (await browser.handshake('websocket')).connected()
      const other = await (await browser.handshake('websocket')).connected()
      for (const clientId of [other.clientId, '1234567890abcdefghijklm', undefined]) {
        const { reply } = await session.send(session.message('/service/x', { data: 1, clientId }))
        must.match(reply.error, /^402:/)
      }
      must.equal((await session.publish('/service/x', 1)).reply.successful, true)
    },
  },
  {
    id: 'BX-152/frames',
    title: 'several events come in a frame each',
    rules: ['BX-152'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await (await browser.handshake('websocket')).connected()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      const publisher = await browser.handshake()
      await publisher.send(...[1, 2, 3].map(data => publisher.message(channel, { data })))
      must.equal(
        (await session.collect()).map(each => each.data),
        [1, 2, 3],
      )
      const withEvents = session.socket.frames
        .map(text => parseMessages(text) ?? [])
        .filter(each => each.some(({ data }) => data !== undefined))
      must.equal(
        withEvents.map(each => each.length),
        [1, 1, 1],
      )
    },
  },
  {
    id: 'BX-153/in-company',
    title: 'what shares its frame with a connect is answered at once',
    rules: ['BX-153'],
    async run({ browser, must }) {
      const session = await (await browser.handshake('websocket')).connected()
      const publish = session.message('/service/x', { data: 1 })
      const { length } = session.socket.frames
      session.send(session.message('/meta/connect', { connectionType: 'websocket' }), publish)
      const isAnswered = () => messagesOf(session.socket.frames.slice(length)).some(({ id }) => id === publish.id)
      await session.socket.until(length + 1)
      // The answer to the connect may be a frame of its own, and the first.
      if (session.socket.frames.length > length && !isAnswered()) await session.socket.until(length + 2)
      must.be(isAnswered(), 'an answer', session.socket.frames)
    },
  },
  {
    id: 'BX-154/left-open',
    title: 'after a disconnect the socket is left to the client, which may shake hands again on it',
    rules: ['BX-154'],
    async run({ browser, must }) {
      const session = await (await browser.handshake('websocket')).connected()
      const held = session.connect()
      await browser.holds(held)
      must.equal((await session.disconnect()).reply.successful, true)
      must.equal((await browser.answers(held)).reply.advice?.reconnect, 'none')
      must.equal(session.socket.isOpen, true)
      const { reply } = await session.send({ ...handshake, id: '99' })
      must.equal(reply.successful, true)
    },
  },
  {
    id: 'BX-155/compression',
    title: 'a client that offers compression is served all the same',
    rules: ['BX-155'],
    async run({ browser, must }) {
      const socket = await browser.webSocket({ compression: true })
      socket.send([{ ...handshake, ext: { padding: 'x'.repeat(5_000) } }])
      await socket.until(1)
      must.equal(messagesOf(socket.frames)[0]?.successful, true)
    },
  },
  {
    id: 'BX-155/negotiated',
    title: 'where compression is on it is negotiated with who offers it, and works both ways',
    rules: ['BX-155'],
    needs: ['configuration', 'server control', 'echo'],
    async run({ browser, server, must }) {
      await server.set('refserver', 'cometd.ws.permessage-deflate', 'true')
      await server.restartNode()
      const socket = await browser.webSocket({ compression: true })
      must.match(socket.extensions, /permessage-deflate/)
      must.equal((await browser.webSocket()).extensions, '')
      socket.send([handshake])
      await socket.until(1)
      const { clientId = '' } = messagesOf(socket.frames)[0] ?? {}
      const channel = browser.channel('room')
      const data = 'to and fro '.repeat(2_000)
      socket.send([
        { channel: '/meta/subscribe', id: '2', clientId, subscription: channel },
        { channel, id: '3', clientId, data },
      ])
      await socket.until(3)
      must.equal(messagesOf(socket.frames).find(each => 'data' in each)?.data, data)
    },
  },
])
