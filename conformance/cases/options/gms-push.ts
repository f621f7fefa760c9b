import { type Case, cases } from '../../case.ts'
import { documentedValues } from './documented-values.ts'

export const gmsPush = cases('options', 'gms-push', [
  {
    id: 'OPT-090/default',
    title: 'pushEnabled that is deleted is comet alone: nothing goes to a customhttp receiver',
    rules: ['OPT-090'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('push', 'pushEnabled', undefined)
      await server.restartAllNodes()
      const row = (await server.options()).find(each => each.option === 'pushEnabled')
      must.equal(row?.value, 'comet')
      must.ok(await customer.requestChat({ push: 'payload' }))
      await agent.joins()
      await sink.none()
    },
  },
  {
    id: 'OPT-090/unknown-type',
    title: 'a type that does not exist is left out of pushEnabled, the others work',
    rules: ['OPT-090'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server }) {
      await server.set('push', 'pushEnabled', 'comet,pigeon,customhttp')
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
    },
  },
  {
    id: 'OPT-090/empty',
    title: 'an empty pushEnabled switches all pushes off',
    rules: ['OPT-090'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('push', 'pushEnabled', '')
      await server.restartAllNodes()
      must.ok(await customer.requestChat({ push: 'reliable' }))
      await agent.joins()
      await sink.none()
    },
  },
  ...['missing', 'not a url', 'ftp://127.0.0.1/push'].map(
    (value, at) =>
      ({
        id: `OPT-091/${['missing', 'no-url', 'other-protocol'][at]!}`,
        title: `with a customhttp.url that is ${at === 0 ? value : `"${value}"`} the chat runs, nothing is posted, the log has an error`,
        rules: ['OPT-091'],
        needs: ['configuration', 'server control', 'push sink', 'agent'],
        async run({ customer, agent, sink, server, must }) {
          await server.set('push', 'customhttp.url', at === 0 ? undefined : value)
          await server.restartAllNodes()
          must.ok(await customer.requestChat({ push: 'payload' }))
          await agent.joins()
          await sink.none()
          must.haveEvent(await customer.refresh(), { type: 'ParticipantJoined', nickname: 'Bob' })
          const errors = (await server.log()).filter(each => each.level === 'error')
          const isTold = errors.some(each => JSON.stringify(each).includes('customhttp.url'))
          must.be(isTold, 'an error in the log that names customhttp.url', errors)
        },
      }) satisfies Case,
  ),
  documentedValues('OPT-093', 'push', 'apple.alertMessage.body', {
    byDefault: '',
    whenRestarted: ['You have a message'],
  }),
  documentedValues('OPT-094', 'push', 'defaultSubscriptionExpiration', {
    byDefault: '30',
    whenRestarted: ['31', '86400'],
    invalid: ['29', '0', '-30', 'abc', ''],
  }),
  documentedValues('OPT-095', 'push', 'filtering_chat_events', {
    byDefault: 'Notice.TypingStarted,Notice.TypingStopped',
    valid: ['Notice.TypingStarted', ''],
  }),
  {
    id: 'OPT-096/any-certificate',
    title: 'with http.ssl_trust_all=true a push goes to an HTTPS URL with a certificate that nobody trusts',
    rules: ['OPT-096', 'PUSH-048'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server }) {
      await server.set('push', 'customhttp.url', await sink.secureUrl())
      await server.set('gms', 'http.ssl_trust_all', 'true')
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
    },
  },
])
