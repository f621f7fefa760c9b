import { cases } from '../../case.ts'

/** Section refserver as documented. */
const documented: Readonly<Record<string, string>> = {
  'max-message-bytes': '4096',
  'rotate-secure-key': 'on-restore',
  'secure-key-grace': '30',
  'fcm-mode': 'v1',
  'customhttp-timeout-ms': '5000',
  'customhttp-content-type': 'application/json;charset=UTF-8',
  'mode-a-message': 'false',
  'forward-ping': 'false',
  'max-body-bytes': '8388608',
  'client-file-delete': 'true',
  'gms-username': 'default',
  'gms-password': 'password',
}

export const referenceServer = cases('options', 'reference-server', [
  {
    id: 'OPT-110/defaults',
    title: 'each option of section refserver has its documented default',
    rules: ['OPT-110'],
    needs: ['configuration'],
    async run({ server, must }) {
      for (const option of Object.keys(documented)) await server.set('refserver', option, undefined)
      const rows = (await server.options()).filter(each => each.section === 'refserver')
      const found = Object.fromEntries(rows.map(each => [each.option, each.value]))
      for (const [option, value] of Object.entries(documented)) must.equal(found[option], value)
    },
  },
  {
    id: 'OPT-110/no-message-without-payload',
    title: 'by default a push without payload is the device id alone, though customhttp.message is set',
    rules: ['OPT-110'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('refserver', 'mode-a-message', undefined)
      await customer.requestChat({ push: 'device-id' })
      await agent.joins()
      must.equal((await sink.nextPush()).body, { deviceId: customer.deviceId })
    },
  },
  {
    id: 'OPT-110/no-ping-forwarded',
    title: 'by default a ping is not pushed',
    rules: ['OPT-110'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, server, clock }) {
      await server.set('refserver', 'forward-ping', undefined)
      await server.set('settings', 'flex-push-timeout', '100')
      await customer.requestChat({ push: 'reliable' })
      await clock.advance('150s')
      await sink.none()
    },
  },
  {
    id: 'OPT-110/one-key',
    title: 'by default the secure key stays the same from answer to answer',
    rules: ['OPT-110'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      await server.set('refserver', 'rotate-secure-key', undefined)
      await customer.requestChat()
      const { secureKey } = customer.tokens
      await customer.send('hello')
      await customer.refresh()
      must.equal(customer.tokens.secureKey, secureKey)
    },
  },
  {
    id: 'OPT-110/content-type',
    title: 'by default a push is labelled application/json;charset=UTF-8',
    rules: ['OPT-110', 'PUSH-041'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('refserver', 'customhttp-content-type', undefined)
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      must.equal((await sink.nextPush()).headers['content-type'], 'application/json;charset=UTF-8')
    },
  },
  {
    id: 'OPT-110/longest-message',
    title: 'by default a message of 4096 bytes is taken, one more is too much',
    rules: ['OPT-110'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      await server.set('refserver', 'max-message-bytes', undefined)
      await customer.requestChat()
      must.ok(await customer.post('send', { message: 'x'.repeat(4096) }))
      must.equal((await customer.post('send', { message: 'x'.repeat(4097) })).code, 204)
    },
  },
  {
    id: 'OPT-120/sample-configuration',
    title: "with the sample configuration and the push pairs an agent's message reaches the receiver",
    rules: ['OPT-120'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload', ownActivity: true, userData: { GCTI_GMS_PushDebug: 'false' } })
      await agent.joins()
      await agent.says('good morning')
      const events = (await sink.pushes()).flatMap(push => push.event ?? [])
      must.haveEvent(events, { type: 'Message', text: 'good morning', nickname: 'Bob' })
    },
  },
  {
    id: 'OPT-120/reliable',
    title: "with the sample configuration an agent's message reaches a reliable subscriber by push and refresh",
    rules: ['OPT-120'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      await customer.refresh()
      await agent.says('good morning')
      const position = Number((await sink.nextPush()).position)
      must.haveEvent(await customer.refresh(position), { type: 'Message', text: 'good morning' })
    },
  },
])
