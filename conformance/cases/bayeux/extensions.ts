import { transports } from '../../../protocol/bayeux/message.ts'
import { cases } from '../../case.ts'
import { cometdPath } from '../../story/bayeux/browser.ts'

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
])
