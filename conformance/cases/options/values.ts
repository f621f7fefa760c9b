import { type Case, cases } from '../../case.ts'
import { documentedValues } from './documented-values.ts'

const service = 'chat.customer-support'
const withPayload = 'push_notification_include_payload'

/** A value that each of these options must refuse. */
const invalidValues: readonly (readonly [section: string, option: string, value: string])[] = [
  ...['flex-push-enabled', 'flex-push-on-join', 'limits-control-enabled', 'session-restore-push-send'].map(
    option => ['settings', option, 'yes'] as const,
  ),
  ...['flex-disconnect-timeout', 'flex-push-timeout', 'flex-push-resend-delay', 'async-idle-alert'].map(
    option => ['settings', option, '0'] as const,
  ),
  ...['flex-push-resend-attempts', 'limit-for-sessions', 'limit-for-flex-users', 'limits-restore-threshold'].map(
    option => ['settings', option, '-1'] as const,
  ),
  ...['async-idle-notices', 'session-restore-extend-by', 'shutdown-notify-flex-push'].map(
    option => ['settings', option, 'Both'] as const,
  ),
  ['inactivity-control', 'enabled', '1'],
  ['inactivity-control', 'timeout-alert', '255s'],
  ['client-file-transfer', 'upload-max-files', '1001'],
  ['chat', 'push_notification_to_active_client', 'no'],
  [service, withPayload, 'no'],
  ['push', 'defaultSubscriptionExpiration', '29'],
  ['gms', 'http.ssl_trust_all', 'on'],
  ['refserver', 'max-message-bytes', '0'],
]

export const values = cases('options', 'values', [
  {
    id: 'OPT-001/case-of-option',
    title: 'an option in other letters is another option: it has no effect',
    rules: ['OPT-001'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      must.equal((await server.set('refserver', 'Max-Message-Bytes', '5')).kind, 'warned')
      await customer.requestChat()
      must.ok(await customer.send('hello world'))
    },
  },
  {
    id: 'OPT-001/case-of-section',
    title: 'a section in other letters is another section: it has no effect',
    rules: ['OPT-001'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      must.equal((await server.set('RefServer', 'max-message-bytes', '5')).kind, 'warned')
      await customer.requestChat()
      must.ok(await customer.send('hello world'))
    },
  },
  {
    id: 'OPT-001/verbatim',
    title: 'a value is a text and stays as it was set',
    rules: ['OPT-001'],
    needs: ['configuration'],
    async run({ server, must }) {
      for (const value of [' 007 ', '1e3', '"quoted", TRUE; é', '']) {
        await server.set('inactivity-control', 'message-alert', value)
        const row = (await server.options()).find(each => each.option === 'message-alert')
        must.equal(row?.value, value)
      }
    },
  },
  {
    id: 'OPT-002/any-case',
    title: 'TRUE and tRue are true, FALSE is false',
    rules: ['OPT-002'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'device-id', pushedAs: 'payload' })
      await agent.joins()
      await sink.nextPush()
      for (const [value, isTrue] of [
        ['TRUE', true],
        ['FALSE', false],
        ['tRue', true],
        ['False', false],
      ] as const) {
        must.equal((await server.set(service, withPayload, value)).kind, 'in-force')
        await agent.says(`the option is ${value}`)
        must.equal((await sink.nextPush()).event !== undefined, isTrue)
      }
    },
  },
  {
    id: 'OPT-002/nothing-else',
    title: 'yes, 1, on and an empty text are neither true nor false: the default holds',
    rules: ['OPT-002'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      for (const value of ['1', 'on', '', 'yes']) {
        must.equal((await server.set('settings', 'flex-push-on-join', value)).kind, 'warned')
      }
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.none()
    },
  },
  {
    id: 'OPT-003/blanks',
    title: 'blanks around the digits of an integer do not matter',
    rules: ['OPT-003'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      must.equal((await server.set('refserver', 'max-message-bytes', '  12 ')).kind, 'in-force')
      await customer.requestChat()
      must.ok(await customer.send('twelve bytes'))
      must.notEqual((await customer.post('send', { message: 'thirteen byte' })).statusCode, 0)
    },
  },
  documentedValues('OPT-003', 'settings', 'limit-for-sessions', {
    byDefault: '1000',
    valid: ['0', '007'],
    invalid: ['1e3', '-1', '+1', '0x10', '10.0', '1 000', 'many', ''],
  }),
  {
    id: 'OPT-004/blanks-and-repetitions',
    title: 'blanks, empty items, repetitions and the order in a list do not matter',
    rules: ['OPT-004'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('settings', 'flex-push-content', ' user-id , ,app-dbid,,  session-id,user-id ,')
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      const names = Object.keys((await sink.nextPush()).event?.userData ?? {}).toSorted()
      must.equal(names, ['app-dbid', 'notify-attempt', 'notify-position', 'session-id', 'user-id'])
    },
  },
  {
    id: 'OPT-004/push-enabled',
    title: 'blanks and the order in pushEnabled do not matter',
    rules: ['OPT-004'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server }) {
      await server.set('push', 'pushEnabled', ' customhttp ,, comet')
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
    },
  },
  {
    id: 'OPT-005/exact-word',
    title: 'a word of an enumeration in other letters or with blanks is invalid, the exact one is in force',
    rules: ['OPT-005'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      const { secureKey } = customer.tokens
      for (const value of ['Every-Response', ' every-response', 'every_response', '']) {
        must.equal((await server.set('refserver', 'rotate-secure-key', value)).kind, 'warned')
        await customer.send('hello')
        must.equal(customer.tokens.secureKey, secureKey)
      }
      must.equal((await server.set('refserver', 'rotate-secure-key', 'every-response')).kind, 'in-force')
      await customer.send('hello')
      must.notEqual(customer.tokens.secureKey, secureKey)
    },
  },
  {
    id: 'OPT-006/each-option',
    title: 'an invalid value of any option gives a warning in the log that names option and value',
    rules: ['OPT-006'],
    needs: ['configuration', 'server control'],
    async run({ customer, server, must }) {
      for (const [section, option, value] of invalidValues) {
        must.equal((await server.set(section, option, value)).kind, 'warned')
      }
      const warnings = (await server.log()).filter(each => each.level === 'warn').map(each => each.line)
      for (const [, option, value] of invalidValues) {
        const isTold = warnings.some(line => line.includes(option) && line.includes(value))
        must.be(isTold, `a warning that names ${option} and ${value}`, warnings)
      }
      must.ok(await customer.requestChat())
    },
  },
  {
    id: 'OPT-006/default-at-once',
    title: 'an invalid value puts the default in the place of the value of before',
    rules: ['OPT-006'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      await server.set('refserver', 'max-message-bytes', '5')
      await customer.requestChat()
      must.notEqual((await customer.post('send', { message: 'hello world' })).statusCode, 0)
      must.equal((await server.set('refserver', 'max-message-bytes', 'five')).kind, 'warned')
      must.ok(await customer.send('hello world'))
    },
  },
  {
    id: 'OPT-006/of-a-service',
    title: 'an invalid value in the section of a service means the default, not the value of section chat',
    rules: ['OPT-006'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('chat', withPayload, 'true')
      await server.set(service, withPayload, 'no')
      await customer.requestChat({ push: 'device-id', pushedAs: 'device-id' })
      await agent.joins()
      must.equal((await sink.nextPush()).body.message, undefined)
    },
  },
  {
    id: 'OPT-007/next-decision',
    title: 'each decision goes by the value of its moment, in a chat that is running, too',
    rules: ['OPT-007'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      must.ok(await customer.send('hello world'))
      await server.set('refserver', 'max-message-bytes', '5')
      must.notEqual((await customer.post('send', { message: 'hello world' })).statusCode, 0)
      await server.set('refserver', 'max-message-bytes', '11')
      must.ok(await customer.send('hello world'))
    },
  },
  {
    id: 'OPT-007/next-timer',
    title: 'each timer goes by the value of the moment at which it begins',
    rules: ['OPT-007', 'OPT-030'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, anotherCustomer, sink, sinkOf, server, clock, must }) {
      await customer.requestChat({ push: 'payload', async: true })
      await server.set('settings', 'async-idle-alert', '600')
      const other = anotherCustomer()
      await other.requestChat({ push: 'payload', async: true })
      await clock.advance('10m')
      must.equal((await sinkOf(other).nextPush()).event?.type, 'IdleAlert')
      await sink.none()
    },
  },
  {
    id: 'OPT-008/push-enabled',
    title: 'pushEnabled keeps its old value until the nodes are restarted',
    rules: ['OPT-008', 'PUSH-004'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      must.equal((await server.set('push', 'pushEnabled', 'comet')).kind, 'pending')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      for (const node of [0, 1]) await server.restartNode(node)
      await agent.says('hello')
      await sink.none('PUSH-004')
    },
  },
  {
    id: 'OPT-008/node-by-node',
    title: 'a node that is restarted has the new value while the other still has the old one',
    rules: ['OPT-008'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('push', 'customhttp.url', sink.url('/new'))
      await server.restartNode(1)
      const { pending } = (await server.options()).find(each => each.option === 'customhttp.url')!
      must.equal(pending, sink.url('/new'))
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      for (let n = 0; n < 2; n++) {
        const { node, path } = await sink.nextPush()
        must.equal(path.includes('/new'), node === 'gms-2')
        await server.stopNode(node === 'gms-2' ? 1 : 0)
        await agent.says('through the other one')
        if (n === 0) await server.settles()
      }
    },
  },
  {
    id: 'OPT-009/service-wins',
    title: 'the section of a service wins over section chat, in both directions',
    rules: ['OPT-009'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'device-id', pushedAs: 'payload' })
      for (const [general, own] of [
        ['true', 'false'],
        ['false', 'true'],
      ] as const) {
        await server.set('chat', withPayload, general)
        await server.set(service, withPayload, own)
        await agent.joins()
        must.equal((await sink.nextPush()).event !== undefined, own === 'true')
      }
    },
  },
  {
    id: 'OPT-009/chat-otherwise',
    title: 'a service without the option has the value of section chat',
    rules: ['OPT-009'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set(service, withPayload, undefined)
      await customer.requestChat({ push: 'device-id', pushedAs: 'payload' })
      for (const value of ['false', 'true']) {
        await server.set('chat', withPayload, value)
        await agent.joins()
        must.equal((await sink.nextPush()).event !== undefined, value === 'true')
      }
    },
  },
  {
    id: 'OPT-009/of-chat-alone',
    title: 'an option of section chat alone is unknown in the section of a service',
    rules: ['OPT-009'],
    needs: ['configuration'],
    async run({ server, must }) {
      must.equal((await server.set(service, 'enable_notification_mode', 'false')).kind, 'warned')
      must.equal((await server.set(service, 'default_chat_endpoint', 'Environment:other')).kind, 'warned')
    },
  },
  {
    id: 'OPT-010/deleted',
    title: 'an option that is deleted has its default again, at once',
    rules: ['OPT-010'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      await server.set('refserver', 'max-message-bytes', '5')
      must.notEqual((await customer.post('send', { message: 'hello world' })).statusCode, 0)
      must.equal((await server.set('refserver', 'max-message-bytes', undefined)).kind, 'in-force')
      must.ok(await customer.send('hello world'))
    },
  },
  ...[
    ['option', 'settings', 'flex-push-timeuot'],
    ['section', 'setings', 'flex-push-timeout'],
  ].map(
    ([what, section, option]): Case => ({
      id: `OPT-010/unknown-${what}`,
      title: `an unknown ${what} is ignored, and the log has a warning that names it`,
      rules: ['OPT-010'],
      needs: ['configuration', 'server control'],
      async run({ customer, server, must }) {
        must.equal((await server.set(section!, option!, '20')).kind, 'warned')
        const warnings = (await server.log()).filter(each => each.level === 'warn').map(each => each.line)
        const name = what === 'option' ? option! : section!
        must.be(
          warnings.some(line => line.includes(name)),
          `a warning that names ${name}`,
          warnings,
        )
        must.ok(await customer.requestChat())
      },
    }),
  ),
  {
    id: 'OPT-011/resend-delay',
    title: 'a repetition that is waiting comes by the delay of before, the next one by the new delay',
    rules: ['OPT-011', 'OPT-026'],
    needs: ['time control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, clock, must }) {
      await server.set('settings', 'flex-push-resend-delay', '15')
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      await server.set('settings', 'flex-push-resend-delay', '60')
      await clock.advance('15s')
      must.equal((await sink.nextPush()).attempt, '1')
      await clock.advance('59s')
      await sink.none('OPT-026')
      await clock.advance('1s')
      must.equal((await sink.nextPush('OPT-026')).attempt, '2')
    },
  },
  {
    id: 'OPT-011/shorter',
    title: 'a timeout that is made shorter does not cut the one that runs',
    rules: ['OPT-011', 'OPT-020'],
    needs: ['time control', 'configuration'],
    async run({ customer, server, clock, must }) {
      await customer.requestChat()
      await server.set('settings', 'flex-disconnect-timeout', '10')
      await clock.advance('44s')
      must.ok(await customer.refresh())
      await clock.advance('10s')
      must.refuse(await customer.post('refresh', { transcriptPosition: '0' }), undefined, 'OPT-020')
    },
  },
  {
    id: 'OPT-012/origin',
    title: 'the list of options tells value and origin: default, file, set, invalid',
    rules: ['OPT-012'],
    needs: ['configuration'],
    async run({ server, must }) {
      const row = async (option: string) => {
        const sections = ['settings', 'push']
        const rows = (await server.options()).filter(each => sections.includes(each.section))
        const { value, origin } = rows.find(each => each.option === option)!
        return { value, origin }
      }
      must.equal(await row('flex-push-resend-delay'), { value: '15', origin: 'default' })
      // Not set by any other story: a value that is put back is no longer of the file.
      must.equal(await row('customhttp.message'), { value: 'dummy message', origin: 'file' })
      await server.set('settings', 'flex-push-resend-delay', '20')
      must.equal(await row('flex-push-resend-delay'), { value: '20', origin: 'set' })
      await server.set('settings', 'flex-push-resend-delay', 'soon')
      must.equal(await row('flex-push-resend-delay'), { value: '15', origin: 'invalid' })
    },
  },
  {
    id: 'OPT-012/pending',
    title: 'the list of options tells that a restart is pending, and for what value, until all nodes have it',
    rules: ['OPT-012', 'OPT-008'],
    needs: ['configuration', 'server control'],
    async run({ server, must }) {
      const pending = async () => {
        const rows = await server.options()
        return rows.find(each => each.option === 'defaultSubscriptionExpiration')?.pending
      }
      must.equal(await pending(), undefined)
      await server.set('push', 'defaultSubscriptionExpiration', '60')
      must.equal(await pending(), '60')
      await server.restartNode(0)
      must.equal(await pending(), '60')
      await server.restartNode(1)
      must.equal(await pending(), undefined)
    },
  },
  {
    id: 'OPT-013/out-and-in',
    title: 'without its connections one Chat Server gets no chats, the other all; put back it gets some again',
    rules: ['OPT-013'],
    needs: ['fault injection', 'server control'],
    async run({ anotherCustomer, server, must }) {
      const chats = async () => {
        const homes = new Set<number>()
        for (let n = 0; n < 8; n++) {
          const customer = anotherCustomer()
          must.ok(await customer.requestChat())
          homes.add(await server.serverOf(customer))
        }
        return [...homes].toSorted()
      }
      for (const node of [0, 1]) await server.cutLink(node, 0)
      must.equal(await chats(), [1])
      for (const node of [0, 1]) await server.restoreLink(node, 0)
      must.equal(await chats(), [0, 1])
    },
  },
])
