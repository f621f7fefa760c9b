import { cases } from '../../case.ts'
import type { Server } from '../../story/server.ts'
import { documentedValues } from './documented-values.ts'

const days20 = { valid: ['1', '1728000'], invalid: ['0', '1728001', '-1', 'abc'] }
const notices = ['none', 'major', 'major2', 'typing', 'all']

/** One Chat Server is left, with limits of which only these are in force. */
async function limited(server: Server, limits: Readonly<Record<string, string>>): Promise<void> {
  await server.set('settings', 'limits-control-enabled', 'true')
  for (const [option, value] of Object.entries(limits)) await server.set('settings', option, value)
  await server.stopChatServer(1)
}

export const chatServerSettings = cases('options', 'chat-server-settings', [
  {
    id: 'OPT-030/default',
    title: 'an asynchronous chat is alerted after a day by default, not earlier',
    rules: ['OPT-030'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, server, clock, must }) {
      await server.set('settings', 'async-idle-alert', undefined)
      await customer.requestChat({ push: 'payload', async: true })
      await clock.advance('86399s')
      await sink.none()
      await clock.advance('1s')
      must.equal((await sink.nextPush()).event?.type, 'IdleAlert')
    },
  },
  {
    id: 'OPT-030/bounds',
    title: 'the alert comes after one second or after 20 days where async-idle-alert says so',
    rules: ['OPT-030'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ anotherCustomer, sinkOf, server, clock, must }) {
      await server.set('settings', 'flex-push-timeout', '1728000')
      for (const [value, almost] of [
        ['1', '0s'],
        ['1728000', '1727999s'],
      ] as const) {
        await server.set('settings', 'async-idle-alert', value)
        const customer = anotherCustomer()
        await customer.requestChat({ push: 'payload', async: true })
        await clock.advance(almost)
        await sinkOf(customer).none()
        await clock.advance('1s')
        must.equal((await sinkOf(customer).nextPush()).event?.type, 'IdleAlert')
      }
    },
  },
  documentedValues('OPT-030', 'settings', 'async-idle-alert', { byDefault: '86400', ...days20 }),
  {
    id: 'OPT-031/default-and-bounds',
    title: 'the close comes an hour after the alert by default, after one second where async-idle-close says so',
    rules: ['OPT-031'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ anotherCustomer, sinkOf, server, clock, must }) {
      await server.set('settings', 'async-idle-alert', '60')
      for (const [value, almost] of [
        [undefined, '3599s'],
        ['1', '0s'],
      ] as const) {
        await server.set('settings', 'async-idle-close', value)
        const customer = anotherCustomer()
        await customer.requestChat({ push: 'payload', async: true })
        await clock.advance('60s')
        must.equal((await sinkOf(customer).nextPush()).event?.type, 'IdleAlert')
        await clock.advance(almost)
        await sinkOf(customer).none()
        await clock.advance('1s')
        must.equal((await sinkOf(customer).nextPush()).event?.type, 'IdleClose')
      }
    },
  },
  documentedValues('OPT-031', 'settings', 'async-idle-close', { byDefault: '3600', ...days20 }),
  {
    id: 'OPT-032/default',
    title: 'async-idle-notices that is deleted, or invalid, is major: a URL counts, a custom notice does not',
    rules: ['OPT-032'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, anotherCustomer, sink, sinkOf, server, clock, must }) {
      await server.set('settings', 'async-idle-alert', '100')
      await server.set('settings', 'async-idle-notices', undefined)
      must.equal((await server.set('settings', 'async-idle-notices', 'major3')).kind, 'warned')
      const other = anotherCustomer()
      for (const each of [customer, other]) await each.requestChat({ push: 'payload', async: true })
      await clock.advance('50s')
      await customer.pushUrl('https://example.com/')
      await other.customNotice('reads the order')
      await clock.advance('50s')
      must.equal((await sinkOf(other).nextPush()).event?.type, 'IdleAlert')
      await sink.none()
    },
  },
  documentedValues('OPT-032', 'settings', 'async-idle-notices', {
    byDefault: 'major',
    valid: notices,
    invalid: ['Major', 'minor', 'major,typing', ''],
  }),
  documentedValues('OPT-040', 'settings', 'session-restore-extend-by', {
    byDefault: 'none',
    valid: ['none', 'agent', 'esp', 'both'],
    invalid: ['client', 'agent,esp', 'Agent', ''],
  }),
  documentedValues('OPT-041', 'settings', 'session-restore-push-send', {
    byDefault: 'false',
    valid: ['true', 'false'],
    invalid: ['1', 'yes'],
  }),
  documentedValues('OPT-042', 'settings', 'session-restoration-mode', { byDefault: 'simple', valid: ['simple'] }),
  {
    id: 'OPT-050/off-by-default',
    title: 'limits-control-enabled that is deleted is false: a limit of one session limits nobody',
    rules: ['OPT-050'],
    needs: ['configuration'],
    async run({ anotherCustomer, server, must }) {
      await server.set('settings', 'limits-control-enabled', undefined)
      await server.set('settings', 'limit-for-sessions', '1')
      for (let chat = 0; chat < 5; chat++) must.ok(await anotherCustomer().requestChat())
    },
  },
  {
    id: 'OPT-051/small',
    title: 'with limit-for-sessions=3 a Chat Server takes three sessions and no fourth',
    rules: ['OPT-051'],
    needs: ['configuration', 'server control'],
    async run({ anotherCustomer, server, must }) {
      await limited(server, { 'limit-for-sessions': '3' })
      for (let chat = 0; chat < 3; chat++) must.ok(await anotherCustomer().requestChat())
      must.equal((await anotherCustomer().postChat({ nickname: 'Cleo' })).statusCode, 2)
    },
  },
  documentedValues('OPT-051', 'settings', 'limit-for-sessions', {
    byDefault: '1000',
    valid: ['0', '1', '1000000'],
    invalid: ['-1', '1000001', 'abc'],
  }),
  {
    id: 'OPT-052/small',
    title: 'with limit-for-flex-users=2 a Chat Server takes two customers and no third',
    rules: ['OPT-052'],
    needs: ['configuration', 'server control'],
    async run({ anotherCustomer, server, must }) {
      await limited(server, { 'limit-for-flex-users': '2' })
      for (let chat = 0; chat < 2; chat++) must.ok(await anotherCustomer().requestChat())
      must.equal((await anotherCustomer().postChat({ nickname: 'Cleo' })).statusCode, 2)
    },
  },
  documentedValues('OPT-052', 'settings', 'limit-for-flex-users', {
    byDefault: '1001',
    valid: ['0', '1', '1000000'],
    invalid: ['-1', '1000001', 'abc'],
  }),
  {
    id: 'OPT-053/default',
    title: 'limits-restore-threshold is 80 by default: of five sessions two have to end before a new one is taken',
    rules: ['OPT-053'],
    needs: ['configuration', 'server control'],
    async run({ anotherCustomer, server, must }) {
      await limited(server, { 'limit-for-sessions': '5' })
      const customers = Array.from({ length: 5 }, anotherCustomer)
      for (const customer of customers) must.ok(await customer.requestChat())
      await customers[0]!.disconnect()
      must.equal((await anotherCustomer().postChat({ nickname: 'Cleo' })).statusCode, 2)
      await customers[1]!.disconnect()
      must.ok(await anotherCustomer().requestChat())
    },
  },
  documentedValues('OPT-053', 'settings', 'limits-restore-threshold', {
    byDefault: '80',
    valid: ['0', '100'],
    invalid: ['-1', '101', 'abc'],
  }),
  {
    id: 'OPT-054/report',
    title: 'a limit is reported as SERVICE UNAVAILABLE by default, and not with limits-reached-report-scs=false',
    rules: ['OPT-054'],
    needs: ['configuration', 'server control'],
    async run({ anotherCustomer, server, must }) {
      const reports = async () =>
        (await server.log()).filter(each => each.line.startsWith('SERVICE UNAVAILABLE')).length
      await limited(server, { 'limit-for-sessions': '1', 'limits-reached-report-scs': 'false' })
      must.ok(await anotherCustomer().requestChat())
      await anotherCustomer().postChat({ nickname: 'Cleo' })
      must.equal(await reports(), 0)
      await server.set('settings', 'limits-control-enabled', 'false')
      must.ok(await anotherCustomer().requestChat())
      await server.set('settings', 'limits-reached-report-scs', undefined)
      await server.set('settings', 'limits-control-enabled', 'true')
      await anotherCustomer().postChat({ nickname: 'Cleo' })
      must.equal(await reports(), 1)
    },
  },
  documentedValues('OPT-054', 'settings', 'limits-reached-report-scs', {
    byDefault: 'true',
    valid: ['false', 'true'],
    invalid: ['no', '0'],
  }),
])
