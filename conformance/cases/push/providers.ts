import { cases } from '../../case.ts'

const named = (provider: string) => ({ GCTI_GMS_PushProvider: provider })
const debug = { GCTI_GMS_PushDebug: 'true' }

export const providers = cases('push', 'providers', [
  {
    id: 'PUSH-100/default',
    title: 'without a provider in the subscription the push goes to customhttp.url of section push',
    rules: ['PUSH-100'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('push.provider.alpha', 'customhttp.url', sink.url('/alpha'))
      await server.set('push', 'customhttp.url', sink.url('/plain'))
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      must.match((await sink.nextPush()).path, /\/plain(\/|$)/)
    },
  },
  {
    id: 'PUSH-101/named',
    title: 'a named provider has its own URL, and that of section push is not used',
    rules: ['PUSH-101', 'PUSH-040'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('push.provider.alpha', 'customhttp.url', sink.url('/alpha'))
      await server.set('push.provider.beta', 'customhttp.url', sink.url('/beta'))
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload', userData: named('beta') })
      await agent.joins()
      must.match((await sink.nextPush()).path, /\/beta(\/|$)/)
      await sink.none()
    },
  },
  {
    id: 'PUSH-101/each-session-its-own',
    title: 'two sessions with two providers are pushed to two URLs',
    rules: ['PUSH-101'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, anotherCustomer, anotherAgent, agent, sink, sinkOf, server, must }) {
      await server.set('push.provider.alpha', 'customhttp.url', sink.url('/alpha'))
      await server.set('push.provider.beta', 'customhttp.url', sink.url('/beta'))
      await server.restartAllNodes()
      const other = anotherCustomer()
      await customer.requestChat({ push: 'payload', userData: named('alpha') })
      await other.requestChat({ push: 'device-id', userData: named('beta') })
      await agent.joins()
      await anotherAgent().joins({ chatOf: other })
      must.match((await sink.nextPush()).path, /\/alpha(\/|$)/)
      must.match((await sinkOf(other).nextPush()).path, /\/beta(\/|$)/)
    },
  },
  {
    id: 'PUSH-102/no-section',
    title: 'with a provider that has no section the chat runs, nothing is pushed, and the log has an error',
    rules: ['PUSH-102'],
    needs: ['push sink', 'agent', 'server control'],
    async run({ customer, agent, sink, server, must }) {
      // A reason is logged once: no other story has this name.
      const provider = `nobody-${customer.deviceId}`
      must.ok(await customer.requestChat({ push: 'payload', userData: named(provider) }))
      await agent.joins()
      await sink.none()
      must.haveEvent(await customer.refresh(), { type: 'ParticipantJoined', nickname: 'Bob' })
      const errors = (await server.log()).filter(each => each.level === 'error')
      const told = errors.some(each => JSON.stringify(each).includes(provider))
      must.be(told, `an error in the log that names ${provider}`, errors)
    },
  },
  {
    id: 'PUSH-103/event-of-provider',
    title: 'the event section of a named provider wins for its event, and for no other',
    rules: ['PUSH-103'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('push.provider.alpha', 'customhttp.url', sink.url('/alpha'))
      await server.set('push.provider.alpha.event.Message', 'customhttp.url', sink.url('/messages'))
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload', userData: named('alpha') })
      await agent.joins()
      await agent.says('good morning')
      must.match((await sink.nextPush()).path, /\/alpha(\/|$)/)
      must.match((await sink.nextPush()).path, /\/messages(\/|$)/)
    },
  },
  {
    id: 'PUSH-103/event-of-default',
    title: 'an event section of the default provider wins over section push, and a named provider over both',
    rules: ['PUSH-103'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, anotherCustomer, anotherAgent, agent, sink, sinkOf, server, must }) {
      await server.set('push.provider.event.Message', 'customhttp.url', sink.url('/messages'))
      await server.set('push.provider.alpha', 'customhttp.url', sink.url('/alpha'))
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      await agent.says('good morning')
      must.match((await sink.nextPush()).path, /\/messages(\/|$)/)

      const other = anotherCustomer()
      await other.requestChat({ push: 'payload', userData: named('alpha') })
      const eve = anotherAgent()
      await eve.joins({ chatOf: other })
      await sinkOf(other).nextPush()
      await eve.says('good morning')
      must.edge.match((await sinkOf(other).nextPush()).path, /\/alpha(\/|$)/)
    },
  },
  {
    id: 'PUSH-103/missing-key',
    title: 'a key that the named provider does not have is taken from section push',
    rules: ['PUSH-103', 'PUSH-101'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('push.provider.alpha', 'customhttp.message', 'a message of alpha')
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload', userData: named('alpha') })
      await agent.joins()
      const types = (await sink.pushes()).map(push => push.event?.type)
      must.edge.equal(types, ['ParticipantJoined'])
    },
  },
  {
    id: 'PUSH-104/debug-url',
    title: 'a subscription in debug mode is pushed to debug.customhttp.url, one without to customhttp.url',
    rules: ['PUSH-104'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, anotherCustomer, anotherAgent, agent, sink, sinkOf, server, must }) {
      await server.set('push', 'debug.customhttp.url', sink.url('/debug'))
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload', userData: debug })
      await agent.joins()
      must.match((await sink.nextPush()).path, /\/debug(\/|$)/)

      const other = anotherCustomer()
      await other.requestChat({ push: 'payload', userData: { GCTI_GMS_PushDebug: 'false' } })
      await anotherAgent().joins({ chatOf: other })
      must.be(!(await sinkOf(other).nextPush()).path.includes('/debug'), 'the URL of plain mode', '/debug')
    },
  },
  {
    id: 'PUSH-104/of-a-provider',
    title: 'debug mode with a named provider uses the debug URL of that provider',
    rules: ['PUSH-104', 'PUSH-101'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('push', 'debug.customhttp.url', sink.url('/debug'))
      await server.set('push.provider.alpha', 'customhttp.url', sink.url('/alpha'))
      await server.set('push.provider.alpha', 'debug.customhttp.url', sink.url('/alpha-debug'))
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload', userData: { ...named('alpha'), ...debug } })
      await agent.joins()
      must.match((await sink.nextPush()).path, /\/alpha-debug(\/|$)/)
    },
  },
  {
    id: 'PUSH-105/debug-without-debug-url',
    title: 'debug mode without debug.customhttp.url pushes nothing',
    rules: ['PUSH-105'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      must.ok(await customer.requestChat({ push: 'payload', userData: debug }))
      await agent.joins()
      await sink.none()
    },
  },
  {
    id: 'PUSH-105/plain-with-debug-url-only',
    title: 'plain mode with debug.customhttp.url alone pushes nothing',
    rules: ['PUSH-105'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('push', 'customhttp.url', undefined)
      await server.set('push', 'debug.customhttp.url', sink.url('/debug'))
      await server.restartAllNodes()
      must.ok(await customer.requestChat({ push: 'payload' }))
      await agent.joins()
      await sink.none()
    },
  },
  {
    id: 'PUSH-106/url-of-provider',
    title: 'a new customhttp.url is in force after the restart of the node, not before',
    rules: ['PUSH-106'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      const { kind } = await server.set('push', 'customhttp.url', sink.url('/new'))
      must.equal(kind, 'pending')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      must.be(!(await sink.nextPush()).path.includes('/new'), 'the URL from before the change', '/new')
      await server.restartAllNodes()
      await agent.says('hello')
      must.match((await sink.nextPush()).path, /\/new(\/|$)/)
    },
  },
  {
    id: 'PUSH-106/new-provider',
    title: 'a provider that is added at run time is unknown until the node is restarted',
    rules: ['PUSH-106'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      const provider = `added-${customer.deviceId}`
      await server.set(`push.provider.${provider}`, 'customhttp.url', sink.url('/added'))
      await customer.requestChat({ push: 'payload', userData: named(provider) })
      await agent.joins()
      await sink.none()
      await server.restartAllNodes()
      await agent.says('hello')
      must.match((await sink.nextPush()).path, /\/added(\/|$)/)
    },
  },
  {
    id: 'PUSH-107/odd-name',
    title: 'a provider name with punctuation, refused or not, does not disturb the pushes of others',
    rules: ['PUSH-107'],
    needs: ['push sink', 'agent', 'configuration', 'server control'],
    async run({ customer, anotherCustomer, agent, sink, sinkOf, server, must }) {
      await server.set('push.provider.alpha', 'customhttp.url', sink.url('/alpha'))
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload', ownActivity: true, userData: named('alpha.event/../%00"]') })
      await sink.none()
      const other = anotherCustomer()
      await other.requestChat({ push: 'payload', userData: named('alpha') })
      await agent.joins({ chatOf: other })
      must.match((await sinkOf(other).nextPush()).path, /\/alpha(\/|$)/)
    },
  },
])
