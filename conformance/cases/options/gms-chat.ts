import { cases } from '../../case.ts'
import { documentedValues } from './documented-values.ts'

const service = 'chat.customer-support'
const mode = 'enable_notification_mode'
const withPayload = 'push_notification_include_payload'
const form = { 'content-type': 'application/x-www-form-urlencoded' }

export const gmsChat = cases('options', 'gms-chat', [
  {
    id: 'OPT-080/default',
    title: 'without enable_notification_mode, false by default, a restarted node gets nothing to push',
    rules: ['OPT-080'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      must.equal((await server.set('chat', mode, undefined)).kind, 'pending')
      await server.restartAllNodes()
      const row = (await server.options()).find(each => each.section === 'chat' && each.option === mode)
      must.equal([row?.value, row?.pending], ['false', undefined])
      must.ok(await customer.requestChat({ push: 'payload' }))
      await agent.joins()
      await sink.none()
      must.haveEvent(await customer.refresh(), { type: 'ParticipantJoined', nickname: 'Bob' })
    },
  },
  {
    id: 'OPT-080/chat-alone',
    title: 'enable_notification_mode in the section of a service is ignored',
    rules: ['OPT-080'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      must.equal((await server.set(service, mode, 'false')).kind, 'warned')
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
    },
  },
  {
    id: 'OPT-081/pending',
    title: 'enable_notification_mode that is changed at run time is pending, and pushes go on as before',
    rules: ['OPT-081', 'OPT-008'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      must.equal((await server.set('chat', mode, 'false')).kind, 'pending')
      const row = (await server.options()).find(each => each.section === 'chat' && each.option === mode)
      must.equal([row?.value, row?.pending], ['true', 'false'])
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
    },
  },
  {
    id: 'OPT-082/include-payload',
    title: 'push_notification_include_payload of the service gives every session payload at once',
    rules: ['OPT-082', 'PUSH-028'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set(service, withPayload, 'true')
      await customer.requestChat({ push: 'device-id', pushedAs: 'payload' })
      await agent.joins()
      must.equal((await sink.nextPush()).event?.type, 'ParticipantJoined')
    },
  },
  {
    id: 'OPT-082/default',
    title: 'push_notification_include_payload that is deleted everywhere is false',
    rules: ['OPT-082'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set(service, withPayload, undefined)
      await server.set('chat', withPayload, undefined)
      await customer.requestChat({ push: 'device-id', pushedAs: 'device-id' })
      await agent.joins()
      must.equal((await sink.nextPush()).body.message, undefined)
    },
  },
  {
    id: 'OPT-082/running-chat',
    title: 'push_notification_include_payload is in force for the next push of a chat that is running',
    rules: ['OPT-082'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'device-id', pushedAs: 'payload' })
      await agent.joins()
      must.equal((await sink.nextPush()).event, undefined)
      await server.set(service, withPayload, 'true')
      await agent.says('hello')
      must.equal((await sink.nextPush()).event?.text, 'hello')
    },
  },
  documentedValues('OPT-083', 'chat', 'push_notification_to_active_client', {
    byDefault: 'true',
    whenRestarted: ['false'],
    invalid: ['no', '0'],
  }),
  documentedValues('OPT-084', 'chat', 'default_chat_endpoint', {
    byDefault: 'Environment:default',
    valid: ['Environment:other'],
  }),
  {
    id: 'OPT-085/empty-section',
    title: 'a service exists from the moment at which its section exists, even when that is empty',
    rules: ['OPT-085'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      const other = `of-${customer.deviceId}`
      customer.use(other)
      must.notEqual((await customer.postChat({ nickname: 'Cleo' })).status, 200)
      await server.set(`chat.${other}`, '_chat_endpoint', 'Environment:other')
      await server.set(`chat.${other}`, '_chat_endpoint', undefined)
      must.ok(await customer.requestChat())
      must.ok(await customer.send('hello'))
    },
  },
  {
    id: 'OPT-086/both',
    title: 'with auth-username and auth-password a service asks for exactly these',
    rules: ['OPT-086'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      await server.set(service, 'refserver.auth-username', 'gate')
      await server.set(service, 'refserver.auth-password', 's3cret: ä')
      const body = 'nickname=Cleo'
      must.status(await customer.http({ headers: form, body }), 401)
      const basic = (credentials: string) => ({
        headers: { ...form, authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
        body,
      })
      must.status(await customer.http(basic('gate:S3CRET: ä')), 401)
      must.ok(await customer.http(basic('gate:s3cret: ä')))
    },
  },
  {
    id: 'OPT-086/one-alone',
    title: 'with auth-username alone a service asks for nothing, nor do other services',
    rules: ['OPT-086'],
    needs: ['configuration'],
    async run({ customer, anotherCustomer, server, must }) {
      await server.set(service, 'refserver.auth-username', 'gate')
      must.ok(await customer.requestChat())
      const other = `free-${customer.deviceId}`
      await server.set(`chat.${other}`, '_chat_endpoint', 'Environment:other')
      await server.set(service, 'refserver.auth-password', 'secret')
      const free = anotherCustomer()
      free.use(other)
      must.ok(await free.requestChat())
    },
  },
])
