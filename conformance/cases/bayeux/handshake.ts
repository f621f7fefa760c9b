import { transports } from '../../../protocol/bayeux/message.ts'
import { cases } from '../../case.ts'

const handshake = { channel: '/meta/handshake', id: '1', version: '1.0', supportedConnectionTypes: ['long-polling'] }

export const handshakes = cases('bayeux', 'handshake', [
  {
    id: 'BX-020/members',
    title: 'a handshake is answered with version, clientId and the connection types, over each transport',
    rules: ['BX-020'],
    async run({ browser, must }) {
      for (const transport of transports) {
        const { shaken } = await browser.handshake(transport)
        must.equal(
          [shaken.channel, shaken.id, shaken.successful, shaken.version],
          ['/meta/handshake', '1', true, '1.0'],
        )
        must.be(
          shaken.supportedConnectionTypes?.includes(transport) === true,
          transport,
          shaken.supportedConnectionTypes,
        )
      }
    },
  },
  {
    id: 'BX-021/unique',
    title: 'ten thousand handshakes give as many clientIds of letters and digits, none of which can be guessed',
    rules: ['BX-021'],
    async run({ browser, must }) {
      const socket = await browser.webSocket()
      const wanted = 10_000
      // In waves, so that nobody has to keep more of them than a few hundred.
      for (let id = 1; id <= wanted && socket.frames.length === id - 1; ) {
        for (const end = id + 500; id < end; id++) socket.send([{ ...handshake, id: String(id) }])
        await socket.until(id - 1)
      }
      must.equal(socket.frames.length, wanted)
      const ids = socket.frames.map(text => /"clientId":"([^"]*)"/.exec(text)?.[1] ?? '')
      must.equal(ids.filter(id => !/^[A-Za-z0-9]{20,}$/.test(id)).slice(0, 3), [])
      must.equal(new Set(ids).size, wanted)
      // A counter or a time at one end shows in what they have alike there.
      const alike = (end: (id: string) => string) => new Set(ids.map(end)).size
      must.be(alike(id => id.slice(0, 8)) > wanted * 0.9, 'beginnings that differ', ids.slice(0, 3))
      must.be(alike(id => id.slice(-8)) > wanted * 0.9, 'ends that differ', ids.slice(0, 3))
    },
  },
  {
    id: 'BX-022/advice',
    title: 'the answer to a handshake advises to retry, with an interval and a timeout',
    rules: ['BX-022'],
    async run({ browser, must }) {
      for (const transport of transports) {
        const { advice } = (await browser.handshake(transport)).shaken
        must.equal(advice?.reconnect, 'retry')
        must.be(Number(advice?.interval) >= 0, 'an interval from 0', advice)
        must.be(Number(advice?.timeout) > 0, 'a timeout above 0', advice)
      }
    },
  },
  {
    id: 'BX-023/types',
    title: 'the server offers websocket, long-polling and callback-polling, in this order',
    rules: ['BX-023'],
    async run({ browser, must }) {
      const { shaken } = await browser.handshake()
      must.equal(shaken.supportedConnectionTypes, ['websocket', 'long-polling', 'callback-polling'])
    },
  },
  {
    id: 'BX-024/versions',
    title: 'a handshake without a version or with a strange one is answered with a message',
    rules: ['BX-024'],
    async run({ browser, must }) {
      for (const version of [undefined, '9.9', '', 1, 'one']) {
        const { status, reply } = await browser.post([{ ...handshake, version }])
        must.equal(status, 200)
        must.be(typeof reply.successful === 'boolean', 'an answer', reply)
      }
    },
  },
  {
    id: 'BX-025/no-common-type',
    title: 'a handshake without a common connection type is answered with the list of the server',
    rules: ['BX-025'],
    async run({ browser, must }) {
      for (const supportedConnectionTypes of [undefined, [], ['pigeon'], 'long-polling', 7]) {
        const { status, reply } = await browser.post([{ ...handshake, supportedConnectionTypes }])
        must.equal(status, 200)
        must.be(reply.supportedConnectionTypes?.includes('long-polling') === true, 'the list of the server', reply)
      }
    },
  },
  {
    id: 'BX-024/strict',
    title: 'a strict server refuses a handshake whose version or connection types it does not have, and no other one',
    rules: ['BX-024', 'BX-025', 'BX-026'],
    needs: ['configuration', 'server control'],
    async run({ browser, server, must }) {
      await server.set('refserver', 'cometd.strict', 'true')
      await server.restartNode()
      for (const [rule, strange] of [
        ['BX-024', { version: undefined }],
        ['BX-024', { version: '9.9' }],
        ['BX-024', { version: '2.0', minimumVersion: '1.1' }],
        ['BX-025', { supportedConnectionTypes: undefined }],
        ['BX-025', { supportedConnectionTypes: [] }],
        ['BX-025', { supportedConnectionTypes: ['pigeon'] }],
      ] as const) {
        const { status, reply } = await browser.post([{ ...handshake, ...strange }])
        must.equal([status, reply.successful], [200, false], rule)
        must.equal(reply.clientId, undefined, 'BX-026')
        must.match(reply.error, /^4\d\d:[^:]*:/, 'BX-026')
        must.be(reply.supportedConnectionTypes?.includes('long-polling') === true, 'the list', reply, 'BX-025')
      }
      for (const fine of [
        {},
        { version: '2.0', minimumVersion: '1.0' },
        { supportedConnectionTypes: ['x', 'websocket'] },
      ])
        must.equal((await browser.post([{ ...handshake, ...fine }])).reply.successful, true)
    },
  },
  {
    id: 'BX-026/no-room',
    title: 'a handshake for which there is no room is refused with 403, no clientId and the advice to give up',
    rules: ['BX-026', 'BX-027'],
    needs: ['configuration', 'server control'],
    async run({ browser, server, must }) {
      await server.set('refserver', 'cometd.maxSessions', '1')
      await server.restartNode()
      await browser.handshake()
      for (const request of [browser.post([handshake]), browser.callback([handshake])]) {
        const { status, reply } = await request
        must.equal([status, reply.successful, reply.clientId], [200, false, undefined])
        must.match(reply.error, /^403:[^:]*:/, 'BX-027')
        must.equal(reply.advice?.reconnect, 'none', 'BX-027')
      }
    },
  },
  {
    id: 'BX-028/company',
    title: 'what travels with a handshake has no effect',
    rules: ['BX-028'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      await browser.post([handshake, session.message(channel, { data: 'smuggled' })])
      await browser.post([session.message(channel, { data: 'smuggled' }), handshake])
      must.equal(await session.collect(), [])
    },
  },
  {
    id: 'BX-028/socket',
    title: 'a handshake with company over WebSocket closes the socket or is answered alone',
    rules: ['BX-028'],
    needs: ['echo'],
    async run({ browser, must }) {
      const socket = await browser.webSocket()
      socket.send([handshake, { channel: '/meta/subscribe', id: '2', subscription: browser.channel('room') }])
      await socket.until(1)
      const closed = socket.isOpen ? undefined : await socket.closed(1_000)
      const frame = socket.frames[0] ?? ''
      must.be(closed?.code === 1011 || /^\[\{[^{}]*\}?.*\}\]$/.test(frame), 'close 1011 or one answer', closed ?? frame)
      must.be(!frame.includes('/meta/subscribe'), 'no answer to the subscribe', frame)
    },
  },
  {
    id: 'BX-029/another',
    title: 'a handshake with the cookie and the clientId of a session makes another one and leaves it alive',
    rules: ['BX-029'],
    async run({ browser, must }) {
      const first = await (await browser.handshake()).connected()
      const second = await browser.handshake('long-polling', { clientId: first.clientId })
      must.notEqual(second.clientId, first.clientId)
      must.equal((await first.connect({ advice: { timeout: 0 } })).reply.successful, true)
      must.equal((await second.connect({ advice: { timeout: 0 } })).reply.successful, true)
    },
  },
  {
    id: 'BX-029/same-socket',
    title: 'a second handshake on a socket gives it another session, and the first one can be resumed elsewhere',
    rules: ['BX-029'],
    async run({ browser, must }) {
      const first = await (await browser.handshake('websocket')).connected()
      const again = { ...handshake, id: '77', supportedConnectionTypes: ['websocket'] }
      const { clientId } = (await first.send(again)).reply
      must.be(clientId !== undefined && clientId !== first.clientId, 'a new clientId', clientId)
      const resumed = await browser.resume(first)
      must.equal((await resumed.connect({ advice: { timeout: 0 } })).reply.successful, true)
    },
  },
  {
    id: 'BX-030/as-texts',
    title: 'an id that is a number comes back as a text, on every channel',
    rules: ['BX-030'],
    async run({ browser, must }) {
      must.equal((await browser.post([{ ...handshake, id: 7 }])).reply.id, '7')
      const { clientId, advice } = (await browser.handshake()).shaken
      const ask = async (channel: string, id: unknown, more: object = {}) =>
        (await browser.post([{ channel, clientId, ...(id === undefined ? {} : { id }), ...more }])).reply
      const channels: [string, object][] = [
        ['/meta/subscribe', { subscription: '/demo/x' }],
        ['/meta/connect', { connectionType: 'long-polling', advice: { ...advice, timeout: 0 } }],
        ['/service/x', { data: 1 }],
        ['/meta/unsubscribe', { subscription: '/demo/x' }],
      ]
      for (const [channel, more] of [...channels, ['/meta/disconnect', {}] as const]) {
        const { id, successful } = await ask(channel, 12, more)
        must.equal([channel, successful, id], [channel, true, '12'])
      }
      // The session is gone: refusals carry their ids, too.
      for (const [channel, more] of channels) must.equal((await ask(channel, 'aB9', more)).id, 'aB9')
    },
  },
  {
    id: 'BX-030/without',
    title: 'a message without an id is answered without one',
    rules: ['BX-030'],
    async run({ browser, must }) {
      const { id: _, ...nameless } = handshake
      must.equal('id' in (await browser.post([nameless])).reply, false)
      const session = await browser.handshake()
      for (const [channel, more] of [
        ['/meta/subscribe', { subscription: '/demo/x' }],
        ['/service/x', { data: 1 }],
        ['/meta/disconnect', {}],
      ] as const) {
        const { reply } = await browser.post([session.message(channel, { ...more, id: undefined })])
        must.equal([channel, reply.successful, 'id' in reply], [channel, true, false])
      }
    },
  },
  {
    id: 'BX-031/no-events',
    title: 'no event comes with the answer to a handshake, though another session of the browser has some waiting',
    rules: ['BX-031'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      const other = await browser.handshake()
      await other.publish(channel, 'waits')
      const { messages } = await browser.post([handshake])
      must.equal(
        messages.map(each => each.channel),
        ['/meta/handshake'],
      )
      must.equal((await session.collect()).length, 1)
    },
  },
])
