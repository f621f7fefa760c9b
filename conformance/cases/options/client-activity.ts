import { cases } from '../../case.ts'
import { documentedValues } from './documented-values.ts'

const words = ['app-dbid', 'secure-key', 'session-id', 'user-id'] as const
const always = ['notify-attempt', 'notify-position']
const days20 = { valid: ['1', '1728000'], invalid: ['0', '1728001', '-1', 'abc'] }

export const clientActivity = cases('options', 'client-activity', [
  {
    id: 'OPT-020/at-once',
    title: 'a new flex-disconnect-timeout governs the next timer',
    rules: ['OPT-020', 'CS-016'],
    needs: ['time control', 'configuration'],
    async run({ customer, server, clock, must }) {
      await server.set('settings', 'flex-disconnect-timeout', '10')
      await customer.requestChat()
      await clock.advance('9s')
      must.ok(await customer.refresh())
      await clock.advance('11s')
      must.refuse(await customer.post('refresh'))
    },
  },
  {
    id: 'OPT-020/default',
    title: 'a customer without subscription is removed after 45 s by default, not earlier',
    rules: ['OPT-020'],
    needs: ['time control', 'configuration'],
    async run({ customer, server, clock, must }) {
      await server.set('settings', 'flex-disconnect-timeout', undefined)
      await customer.requestChat()
      await clock.advance('44s')
      must.ok(await customer.refresh())
      await clock.advance('45s')
      must.refuse(await customer.post('refresh'))
    },
  },
  {
    id: 'OPT-020/longest',
    title: 'with flex-disconnect-timeout=1728000 a customer may be silent for 20 days',
    rules: ['OPT-020'],
    needs: ['time control', 'configuration'],
    async run({ customer, server, clock, must }) {
      await server.set('settings', 'flex-disconnect-timeout', '1728000')
      await customer.requestChat()
      await clock.advance('1727999s')
      must.ok(await customer.refresh())
      await clock.advance('1728000s')
      must.refuse(await customer.post('refresh'))
    },
  },
  documentedValues('OPT-020', 'settings', 'flex-disconnect-timeout', { byDefault: '45', ...days20 }),
  {
    id: 'OPT-021/new-ones-only',
    title: 'flex-push-enabled=false refuses the next subscription and leaves those that are there',
    rules: ['OPT-021'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, anotherCustomer, anotherAgent, agent, sink, sinkOf, server, must }) {
      await customer.requestChat({ push: 'payload' })
      await server.set('settings', 'flex-push-enabled', 'false')
      const other = anotherCustomer()
      must.ok(await other.requestChat({ push: 'payload' }))
      await agent.joins()
      await anotherAgent().joins({ chatOf: other })
      await sink.nextPush()
      await sinkOf(other).none()
    },
  },
  {
    id: 'OPT-021/default',
    title: 'flex-push-enabled that is deleted is true',
    rules: ['OPT-021'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server }) {
      await server.set('settings', 'flex-push-enabled', undefined)
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
    },
  },
  {
    id: 'OPT-022/default',
    title: 'flex-push-timeout that is deleted is 300: the ping leaves after five minutes, not earlier',
    rules: ['OPT-022'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, server, clock }) {
      await server.set('settings', 'flex-push-timeout', undefined)
      await server.set('refserver', 'forward-ping', 'true')
      await customer.requestChat({ push: 'reliable' })
      await clock.advance('299s')
      await sink.none()
      await clock.advance('1s')
      await sink.nextPush()
    },
  },
  {
    id: 'OPT-022/longest',
    title: 'with flex-push-timeout=1728000 the ping leaves after 20 days, not earlier',
    rules: ['OPT-022'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, server, clock }) {
      await server.set('settings', 'flex-push-timeout', '1728000')
      await server.set('refserver', 'forward-ping', 'true')
      await customer.requestChat({ push: 'reliable' })
      await clock.advance('1727999s')
      await sink.none()
      await clock.advance('1s')
      await sink.nextPush()
    },
  },
  documentedValues('OPT-022', 'settings', 'flex-push-timeout', { byDefault: '300', ...days20 }),
  {
    id: 'OPT-023/default',
    title: 'flex-push-on-join that is deleted is false: request chat subscribes nobody',
    rules: ['OPT-023'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('settings', 'flex-push-on-join', undefined)
      must.ok(await customer.requestChat({ push: 'payload' }))
      await agent.joins()
      await sink.none()
    },
  },
  {
    id: 'OPT-023/at-once',
    title: 'flex-push-on-join governs the next request chat, off and on again',
    rules: ['OPT-023'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, anotherCustomer, anotherAgent, agent, sink, sinkOf, server }) {
      await server.set('settings', 'flex-push-on-join', 'false')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.none()
      await server.set('settings', 'flex-push-on-join', 'true')
      const other = anotherCustomer()
      await other.requestChat({ push: 'payload' })
      await anotherAgent().joins({ chatOf: other })
      await sinkOf(other).nextPush()
    },
  },
  {
    id: 'OPT-024/default',
    title: 'flex-push-content that is deleted is session-id and user-id',
    rules: ['OPT-024'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('settings', 'flex-push-content', undefined)
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      const { event } = await sink.nextPush()
      must.equal(Object.keys(event?.userData ?? {}).toSorted(), [...always, 'session-id', 'user-id'])
    },
  },
  {
    id: 'OPT-024/every-combination',
    title: 'each of the 16 combinations of flex-push-content is in force for the next push',
    rules: ['OPT-024'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      for (let bits = 15; bits >= 0; bits--) {
        const chosen = words.filter((_, at) => bits & (1 << at))
        await server.set('settings', 'flex-push-content', chosen.join(','))
        await agent.says(`with ${chosen.join(', ')}`)
        const { event } = await sink.nextPush()
        must.equal(Object.keys(event?.userData ?? {}).toSorted(), [...chosen, ...always].toSorted())
      }
    },
  },
  {
    id: 'OPT-025/empty',
    title: 'with an empty flex-push-content a push has notify-attempt and notify-position alone',
    rules: ['OPT-025'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('settings', 'flex-push-content', '')
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      must.equal((await sink.nextPush()).event?.userData, { 'notify-attempt': '0', 'notify-position': '2' })
    },
  },
  {
    id: 'OPT-025/unknown-word',
    title: 'an unknown word in flex-push-content is skipped, the others are in force',
    rules: ['OPT-025'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('settings', 'flex-push-content', 'foo,user-id,Session-Id')
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      const { event } = await sink.nextPush()
      must.equal(Object.keys(event?.userData ?? {}).toSorted(), [...always, 'user-id'])
    },
  },
  {
    id: 'OPT-026/resend-delay',
    title: 'a new flex-push-resend-delay is in force at once',
    rules: ['OPT-026'],
    needs: ['time control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, clock, must }) {
      await server.set('settings', 'flex-push-resend-delay', '3')
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      await clock.advance('3s')
      must.equal((await sink.nextPush()).attempt, '1')
    },
  },
  {
    id: 'OPT-026/default-and-bounds',
    title: 'a push is repeated after 15 s by default, after 1 s and after a day where the option says so',
    rules: ['OPT-026'],
    needs: ['time control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, clock, must }) {
      await server.set('settings', 'flex-push-timeout', '1728000')
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      for (const [value, almost] of [
        [undefined, '14s'],
        ['1', '0s'],
        ['86400', '86399s'],
      ] as const) {
        await server.set('settings', 'flex-push-resend-delay', value)
        await agent.says('hello')
        await sink.pushes()
        await clock.advance(almost)
        await sink.none()
        await clock.advance('1s')
        must.equal((await sink.nextPush()).attempt, '1')
      }
    },
  },
  documentedValues('OPT-026', 'settings', 'flex-push-resend-delay', {
    byDefault: '15',
    valid: ['1', '86400'],
    invalid: ['0', '86401', 'abc'],
  }),
  {
    id: 'OPT-027/none',
    title: 'with flex-push-resend-attempts=0 the first notice is the only one',
    rules: ['OPT-027'],
    needs: ['time control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, clock, must }) {
      await server.set('settings', 'flex-push-resend-attempts', '0')
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      must.equal((await sink.nextPush()).attempt, '0')
      await clock.advance('1h')
      await sink.none()
    },
  },
  {
    id: 'OPT-027/one-and-default',
    title: 'with flex-push-resend-attempts=1 there is one repetition, by default there are ten',
    rules: ['OPT-027'],
    needs: ['time control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, clock, must }) {
      await server.set('settings', 'flex-push-resend-attempts', '1')
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await clock.advance('10m')
      must.equal((await sink.pushes()).length, 2)
      await server.set('settings', 'flex-push-resend-attempts', undefined)
      await agent.says('hello')
      await clock.advance('10m')
      must.equal((await sink.pushes()).length, 11)
    },
  },
  {
    id: 'OPT-027/at-once',
    title: 'a new flex-push-resend-attempts ends the repetitions that are under way',
    rules: ['OPT-027'],
    needs: ['time control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await clock.advance('30s')
      must.equal((await sink.pushes()).at(-1)?.attempt, '2')
      await server.set('settings', 'flex-push-resend-attempts', '2')
      await clock.advance('10m')
      await sink.none()
    },
  },
  documentedValues('OPT-027', 'settings', 'flex-push-resend-attempts', {
    byDefault: '10',
    valid: ['0', '1', '1000000'],
    invalid: ['-1', '1000001', 'abc'],
  }),
  {
    id: 'OPT-028/on-and-off',
    title: 'a stop advises with shutdown-notify-flex-push=1, and not with 0, with 2 or without the option',
    rules: ['OPT-028'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ anotherCustomer, anotherAgent, sinkOf, server, must }) {
      for (const value of ['0', '2', undefined, '1']) {
        const { kind } = await server.set('settings', 'shutdown-notify-flex-push', value)
        must.equal(kind, value === '2' ? 'warned' : 'in-force')
        const customer = anotherCustomer()
        await customer.requestChat({ push: 'payload' })
        await anotherAgent().joins({ chatOf: customer })
        await sinkOf(customer).nextPush()
        const home = await server.serverOf(customer)
        await server.stopChatServer(home)
        if (value === '1') {
          const advice = (await sinkOf(customer).nextPush()).event?.userData?.['quit-reason-advice']
          must.equal(advice, 'reconnect')
        } else await sinkOf(customer).none()
        await server.startChatServer(home)
      }
    },
  },
  documentedValues('OPT-028', 'settings', 'shutdown-notify-flex-push', {
    byDefault: '0',
    valid: ['0', '1'],
    invalid: ['2', 'true', ''],
  }),
])
