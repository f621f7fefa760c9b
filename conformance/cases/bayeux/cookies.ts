import { cases } from '../../case.ts'

const handshake = { channel: '/meta/handshake', id: '1', version: '1.0', supportedConnectionTypes: ['long-polling'] }
const atOnce = { advice: { timeout: 0 } }

export const cookies = cases('bayeux', 'cookies', [
  {
    id: 'BX-120/set-once',
    title: 'the first handshake sets the cookie with Path=/ and HttpOnly, and who has it gets no new one',
    rules: ['BX-120'],
    async run({ anotherBrowser, must }) {
      for (const transport of ['long-polling', 'callback-polling'] as const) {
        const browser = anotherBrowser()
        const ask = () => (transport === 'long-polling' ? browser.post([handshake]) : browser.callback([handshake]))
        const { headers } = await ask()
        const set = headers['set-cookie'] ?? ''
        must.match(set, /^BAYEUX_BROWSER=[A-Za-z0-9]{16,}(;|$)/)
        const attributes = set
          .split(/;\s*/)
          .slice(1)
          .map(each => each.toLowerCase())
        must.be(attributes.includes('path=/') && attributes.includes('httponly'), 'Path=/ and HttpOnly', set)
        must.equal((await ask()).headers['set-cookie'], undefined)
      }
    },
  },
  {
    id: 'BX-120/any-value',
    title: 'a cookie that the server did not make is taken as it is',
    rules: ['BX-120'],
    async run({ browser, must }) {
      const headers = { cookie: 'other=1; BAYEUX_BROWSER=mine42; last=x' }
      const { reply, headers: answered } = await browser.post([handshake], { headers })
      must.equal([reply.successful, answered['set-cookie']], [true, undefined])
      const connect = { channel: '/meta/connect', id: '2', clientId: String(reply.clientId), ...atOnce }
      must.equal((await browser.post([connect], { headers })).reply.successful, true)
    },
  },
  {
    id: 'BX-121/foreign-cookie',
    title: 'a message with a valid clientId and without its cookie or with another is refused with 402',
    rules: ['BX-121'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await (await browser.handshake()).connected()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      for (const cookie of [undefined, '', 'BAYEUX_BROWSER=another', `BAYEUX_BROWSER=${browser.cookie}x`])
        for (const message of [
          session.message('/meta/connect', { connectionType: 'long-polling' }),
          session.message(channel, { data: 'smuggled' }),
          session.message('/meta/disconnect'),
        ]) {
          const { reply } = await browser.answers(browser.post([message], { headers: { cookie } }))
          must.match(reply.error, /^402:/)
        }
      must.equal(await session.collect(), [])
    },
  },
  {
    id: 'BX-121/trusted',
    title: 'with trustClientSession the clientId is enough, whatever the cookie',
    rules: ['BX-121'],
    needs: ['configuration', 'server control'],
    async run({ browser, server, must }) {
      await server.set('refserver', 'cometd.trustClientSession', 'true')
      await server.restartNode()
      const session = await (await browser.handshake()).connected()
      for (const cookie of [undefined, 'BAYEUX_BROWSER=another'])
        must.equal(
          (await browser.post([session.message('/meta/connect', atOnce)], { headers: { cookie } })).reply.successful,
          true,
        )
    },
  },
  {
    id: 'BX-122/empty',
    title: 'an empty Cookie header is accepted and counts as none',
    rules: ['BX-122'],
    async run({ browser, must }) {
      const { reply, headers } = await browser.post([handshake], { headers: { cookie: '' } })
      must.equal(reply.successful, true)
      must.match(headers['set-cookie'], /^BAYEUX_BROWSER=/)
    },
  },
  {
    id: 'BX-123/second-poll',
    title: 'while one session of a browser holds a connect that of a second returns at once and is told to wait',
    rules: ['BX-123'],
    needs: ['time control'],
    async run({ browser, clock, must }) {
      const first = await (await browser.handshake()).connected()
      const second = await (await browser.handshake()).connected()
      const held = first.connect()
      await browser.holds(held)
      const { reply } = await browser.answers(second.connect())
      must.equal([reply.successful, reply.advice?.['multiple-clients']], [true, true])
      must.edge.equal([reply.advice?.interval, reply.advice?.reconnect], [2_000, 'retry'])
      await browser.holds(held)
      await clock.advance(`${first.advice.timeout + 500}ms`)
      await browser.answers(held)
      const later = await browser.handshake()
      await later.connected()
      await browser.holds(later.connect())
    },
  },
  {
    id: 'BX-123/another-browser',
    title: 'sessions of different browsers are held side by side, and so are those on WebSockets',
    rules: ['BX-123'],
    needs: ['time control'],
    async run({ browser, anotherBrowser, clock }) {
      for (const [one, transport] of [
        [browser, 'long-polling'],
        [anotherBrowser(), 'long-polling'],
        [browser, 'websocket'],
        [browser, 'websocket'],
      ] as const) {
        const session = await (await one.handshake(transport)).connected()
        await one.holds(session.connect())
      }
      await clock.advance('1s')
    },
  },
  {
    id: 'BX-124/other-transport',
    title: 'a session of one kind of polling is refused with 402 over the other',
    rules: ['BX-124'],
    async run({ browser, must }) {
      const posting = await browser.handshake('long-polling')
      const calling = await browser.handshake('callback-polling')
      must.match((await browser.callback([posting.message('/service/x', { data: 1 })])).reply.error, /^402:/)
      must.match((await browser.post([calling.message('/service/x', { data: 1 })])).reply.error, /^402:/)
      must.equal((await posting.publish('/service/x', 1)).reply.successful, true)
      must.equal((await calling.publish('/service/x', 1)).reply.successful, true)
    },
  },
])
