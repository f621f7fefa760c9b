import { transports } from '../../../protocol/bayeux/message.ts'
import { cases } from '../../case.ts'
import { cometdPath } from '../../story/bayeux/cometd-path.ts'

export const extensions = cases('bayeux', 'extensions', [
  {
    id: 'BX-160/no-ack',
    title: 'ext.ack is not answered, and connects that name it are served',
    rules: ['BX-160'],
    async run({ browser, must }) {
      const session = await browser.handshake('long-polling', { ext: { ack: true } })
      must.equal(session.shaken.ext?.ack, undefined)
      must.equal((await session.connect({ ext: { ack: 0 }, advice: { timeout: 0 } })).reply.successful, true)
    },
  },
  {
    id: 'BX-164/unknown',
    title: 'whatever stands in ext is ignored, in every message and over each transport',
    rules: ['BX-164'],
    needs: ['echo'],
    async run({ browser, anotherBrowser, must }) {
      const ext = { timesync: { tc: 1, l: 0, o: 0 }, auth: { user: 'x' }, deep: { a: [{ b: null }] } }
      for (const transport of transports) {
        const session = await anotherBrowser().handshake(transport, { ext })
        const channel = browser.channel(transport)
        for (const [name, more] of [
          ['/meta/subscribe', { subscription: channel }],
          ['/meta/connect', { connectionType: transport, advice: { timeout: 0 } }],
          [channel, { data: 1 }],
          ['/meta/disconnect', {}],
        ] as const)
          must.equal((await session.send(session.message(name, { ...more, ext }))).reply.successful, true)
      }
    },
  },
  {
    id: 'BX-165/origins',
    title: 'an allowed origin is answered with itself and with credentials, another one without',
    rules: ['BX-165'],
    needs: ['configuration', 'server control'],
    async run({ browser, server, must }) {
      const allowed = 'https://shop.example.com'
      await server.set('refserver', 'cometd.allowedOrigins', allowed)
      await server.restartNode()
      const ask = (method: string, origin: string) => {
        const headers = {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        }
        return browser.http({
          method,
          path: cometdPath,
          headers,
          ...(method === 'POST' ? { body: '[{"channel":"/meta/connect"}]' } : {}),
        })
      }
      for (const method of ['OPTIONS', 'POST']) {
        const { headers } = await ask(method, allowed)
        must.equal(headers['access-control-allow-origin'], allowed)
        must.equal(headers['access-control-allow-credentials'], 'true')
        must.equal((await ask(method, 'https://evil.example.com')).headers['access-control-allow-origin'], undefined)
      }
      const { headers } = await ask('OPTIONS', allowed)
      must.match(headers['access-control-allow-methods'], /POST/)
      must.match(headers['access-control-allow-headers'], /content-type/i)
    },
  },
  {
    id: 'BX-161/numbers',
    title: 'with ack the number rises with each connect, an old one brings its events again, and a new one clears them',
    rules: ['BX-161'],
    needs: ['configuration', 'server control', 'echo'],
    async run({ browser, server, must }) {
      await server.set('refserver', 'cometd.ext.ack', 'true')
      await server.restartNode()
      const session = await browser.handshake('long-polling', { ext: { ack: true } })
      must.equal(session.shaken.ext?.ack, true)
      const ask = async (ack: number) => {
        const { reply, events } = await session.connect({ ext: { ack }, advice: { timeout: 0 } })
        return { ack: Number(reply.ext?.ack), data: events.map(each => each.data) }
      }
      const channel = browser.channel('room')
      await session.subscribe(channel)
      const first = await ask(0)
      await (await browser.handshake()).publish(channel, 'kept')
      const second = await ask(first.ack)
      must.equal(second, { ack: first.ack + 1, data: ['kept'] })
      const again = await ask(first.ack)
      must.equal(again, { ack: second.ack + 1, data: ['kept'] })
      must.equal((await ask(again.ack)).data, [])
    },
  },
  {
    id: 'BX-162/with-connects',
    title: 'with ack events come with connects only, over each transport',
    rules: ['BX-162'],
    needs: ['configuration', 'server control', 'echo'],
    async run({ anotherBrowser, browser, server, must }) {
      await server.set('refserver', 'cometd.ext.ack', 'true')
      await server.restartNode()
      for (const transport of transports) {
        const one = anotherBrowser()
        const session = await (await one.handshake(transport, { ext: { ack: true } })).connected()
        const channel = browser.channel(transport)
        await session.subscribe(channel)
        must.equal((await session.publish(channel, 'mine')).events, [])
        must.equal(session.events, [])
        const connect = await session.connect({ ext: { ack: 0 }, advice: { timeout: 0 } })
        must.equal(
          connect.replies.map(each => each.channel),
          ['/meta/connect'],
        )
        must.equal(
          session.events.map(each => each.data),
          ['mine'],
        )
      }
    },
  },
  {
    id: 'BX-163/lag',
    title: 'with timesync an answer tells the times where the lag is unknown or off, and nothing where it is right',
    rules: ['BX-163'],
    needs: ['configuration', 'server control'],
    async run({ browser, server, must }) {
      await server.set('refserver', 'cometd.ext.timesync', 'true')
      await server.restartNode()
      const tc = Date.now()
      const session = await browser.handshake('long-polling', { ext: { timesync: { tc, l: 0, o: 0 } } })
      const { timesync } = session.shaken.ext as { timesync: Record<string, number> }
      must.equal(Object.keys(timesync).sort(), ['a', 'p', 'tc', 'ts'])
      must.equal([timesync.tc, timesync.a], [tc, tc - Number(timesync.ts)])
    },
  },
])
