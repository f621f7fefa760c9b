import { type Case, cases } from '../../case.ts'

const pairs = ['GCTI_Chat_PushSubscribe', 'GCTI_GMS_PushDeviceId', 'GCTI_GMS_PushDeviceType'] as const

/** The subscription of the documentation with payload, by hand. */
function subscribed(deviceId: string, type = 'customhttp') {
  return {
    firstName: 'Ann',
    lastName: 'Bee',
    'userData[GCTI_Chat_PushSubscribe]': 'true',
    'userData[GCTI_GMS_PushDeviceId]': deviceId,
    'userData[GCTI_GMS_PushDeviceType]': type,
    'userData[GCTI_GMS_PushIncludePayload]': 'true',
  }
}

export const subscription = cases('push', 'subscription', [
  ...pairs.map(
    (pair): Case => ({
      id: `PUSH-021/without-${pair.split('_').at(-1)!.toLowerCase()}`,
      title: `without ${pair} the chat runs and nothing is pushed`,
      rules: ['PUSH-021'],
      needs: ['push sink', 'agent'],
      async run({ customer, agent, sink, must }) {
        must.ok(await customer.postChat({ ...subscribed(customer.deviceId), [`userData[${pair}]`]: undefined }))
        await agent.joins()
        await sink.none()
        must.equal((await agent.sees()).push, undefined)
      },
    }),
  ),
  {
    id: 'PUSH-021/these-three',
    title: 'with PushSubscribe, PushDeviceId and PushDeviceType the device is pushed',
    rules: ['PUSH-021'],
    needs: ['push sink'],
    async run({ customer, sink }) {
      await customer.requestChat({ push: 'device-id', ownActivity: true })
      await customer.send('hello')
      await sink.nextPush()
    },
  },
  {
    id: 'PUSH-022/odd-characters',
    title: 'the device id comes back character by character',
    rules: ['PUSH-022'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      const deviceId = ` dévice:"1"/+%41 ${customer.deviceId} `
      await customer.requestChat({ push: 'device-id', deviceId, ownActivity: true })
      await customer.send('hello')
      must.equal((await sink.nextPush()).body.deviceId, deviceId)
    },
  },
  {
    id: 'PUSH-022/every-form',
    title: 'the device id comes back with payload and in reliable pushes, too, in capitals and at full length',
    rules: ['PUSH-022'],
    needs: ['push sink'],
    async run({ customer, anotherCustomer, sink, sinkOf, must }) {
      const deviceId = `APA91b:${customer.deviceId}_${'Zx0-'.repeat(60)}`
      await customer.requestChat({ push: 'payload', deviceId, ownActivity: true })
      await customer.send('hello')
      must.equal((await sink.nextPush()).body.deviceId, deviceId)
      const other = anotherCustomer()
      await other.requestChat({ push: 'reliable', deviceId: `R-${deviceId}`, ownActivity: true })
      await other.send('hello')
      must.equal((await sinkOf(other).nextPush()).body.deviceId, `R-${deviceId}`)
    },
  },
  {
    id: 'PUSH-023/own-message',
    title: 'an own message is pushed with GCTI_GMS_NotifyRequestor, and not without',
    rules: ['PUSH-023'],
    needs: ['push sink'],
    async run({ customer, anotherCustomer, sink, sinkOf, must }) {
      await customer.requestChat({ push: 'payload', ownActivity: true })
      await customer.send('hello')
      const types = (await sink.pushes()).map(push => push.event?.type)
      must.be(types.includes('Message'), 'a push of the own message', types)

      const other = anotherCustomer()
      await other.requestChat({ push: 'payload' })
      await other.send('hello')
      await sinkOf(other).none()
    },
  },
  {
    id: 'PUSH-023/own-notices',
    title: 'own typing, URLs, nicknames and notices are pushed with GCTI_GMS_NotifyRequestor, and not without',
    rules: ['PUSH-023'],
    needs: ['push sink'],
    async run({ customer, anotherCustomer, sink, sinkOf, must }) {
      const other = anotherCustomer()
      for (const each of [customer, other]) {
        await each.requestChat({ push: 'payload', ownActivity: each === customer })
        await each.startTyping()
        await each.stopTyping()
        await each.pushUrl('https://example.com/order/7')
        await each.updateNickname('Annie')
        await each.customNotice('reads the order')
      }
      const events = (await sink.pushes()).flatMap(push => push.event ?? [])
      const own = ['TypingStarted', 'TypingStopped', 'PushUrl', 'NicknameUpdated', 'CustomNotice'] as const
      must.haveTypes(
        events.filter(event => event.type !== 'ParticipantJoined'),
        own,
      )
      await sinkOf(other).none()
    },
  },
  {
    id: 'PUSH-023/others-as-well',
    title: 'the activity of others is pushed with GCTI_GMS_NotifyRequestor, too',
    rules: ['PUSH-023'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload', ownActivity: true })
      await agent.joins()
      await agent.says('good morning')
      const events = (await sink.pushes()).flatMap(push => push.event ?? [])
      must.haveEvent(events, { type: 'Message', text: 'good morning' })
    },
  },
  {
    id: 'PUSH-024/with-and-without',
    title: 'the event is in the push with GCTI_GMS_PushIncludePayload, and the device id alone without',
    rules: ['PUSH-024', 'PUSH-042'],
    needs: ['push sink'],
    async run({ customer, anotherCustomer, sink, sinkOf, must }) {
      await customer.requestChat({ push: 'payload', ownActivity: true })
      await customer.send('hello')
      must.be((await sink.nextPush()).event !== undefined, 'a push with an event', 'none')
      const other = anotherCustomer()
      const userData = { GCTI_GMS_PushIncludePayload: 'false' }
      await other.requestChat({ push: 'device-id', userData, ownActivity: true })
      await other.send('hello')
      must.equal((await sinkOf(other).nextPush()).body.message, undefined)
    },
  },
  {
    id: 'PUSH-025/no-resend',
    title: 'GCTI_GMS_PushResend without payload repeats nothing, sends no trigger, and is told in the log',
    rules: ['PUSH-025'],
    needs: ['time control', 'push sink', 'agent', 'server control'],
    async run({ customer, agent, sink, clock, server, must }) {
      await customer.requestChat({ push: 'device-id', userData: { GCTI_GMS_PushResend: 'true' } })
      await agent.joins()
      must.equal((await sink.nextPush()).body, { deviceId: customer.deviceId })
      await clock.advance('5m')
      await sink.none()
      const lines = (await server.log()).map(each => each.line)
      const isTold = lines.some(line => line.includes('GCTI_GMS_PushResend'))
      must.edge.be(isTold, 'a line about GCTI_GMS_PushResend', lines)
    },
  },
  {
    id: 'PUSH-026/pigeon',
    title: 'with an unknown device type the chat runs, nothing is pushed, and the log has a warning',
    rules: ['PUSH-026'],
    needs: ['push sink', 'agent', 'server control'],
    async run({ customer, agent, sink, server, must }) {
      // A type is logged once: no other story has this one.
      const type = `pigeon-${customer.deviceId}`
      must.ok(await customer.postChat(subscribed(customer.deviceId, type)))
      await agent.joins()
      await sink.none()
      must.haveEvent(await customer.refresh(), { type: 'ParticipantJoined', nickname: 'Bob' })
      const warnings = (await server.log()).filter(each => each.level === 'warn')
      const isTold = warnings.some(each => JSON.stringify(each).includes(type))
      must.be(isTold, `a warning in the log that names ${type}`, warnings)
    },
  },
  ...[false, true].flatMap(option =>
    [false, true].map(
      (pair): Case => ({
        id: `PUSH-028/option-${option}-pair-${pair}`,
        title: `with the option ${option} and the pair ${pair} the push ${option || pair ? 'contains the event' : 'is the device id alone'}`,
        rules: ['PUSH-028'],
        needs: ['configuration', 'push sink', 'agent'],
        async run({ customer, agent, sink, server, must }) {
          await server.set('chat.customer-support', 'push_notification_include_payload', String(option))
          const userData = { GCTI_GMS_PushIncludePayload: String(pair) }
          await customer.requestChat({ push: 'device-id', userData, ...((option || pair) && { pushedAs: 'payload' }) })
          await agent.joins()
          must.equal((await sink.nextPush()).event?.type, option || pair ? 'ParticipantJoined' : undefined)
        },
      }),
    ),
  ),
  {
    id: 'PUSH-028/resend-by-option',
    title: 'GCTI_GMS_PushResend works when the payload is asked for by the option of the service',
    rules: ['PUSH-028', 'PUSH-025'],
    needs: ['time control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, server, must }) {
      await server.set('chat.customer-support', 'push_notification_include_payload', 'true')
      const userData = { GCTI_GMS_PushResend: 'true' }
      await customer.requestChat({ push: 'device-id', userData, pushedAs: 'reliable' })
      await agent.joins()
      must.edge.equal((await sink.nextPush()).attempt, '0')
      await clock.advance('15s')
      must.edge.equal((await sink.nextPush()).attempt, '1')
    },
  },
  {
    id: 'PUSH-028/own-session-only',
    title: 'the pair holds for its own session: the next one of the service has no payload',
    rules: ['PUSH-028', 'PUSH-024'],
    needs: ['push sink', 'agent'],
    async run({ customer, anotherCustomer, anotherAgent, agent, sink, sinkOf, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      const other = anotherCustomer()
      await other.requestChat({ push: 'device-id' })
      await anotherAgent().joins({ chatOf: other })
      must.equal((await sinkOf(other).nextPush()).body, { deviceId: other.deviceId })
    },
  },
  {
    id: 'PUSH-029/mobile-over-rest',
    title: 'the types fcm and ios are taken in a REST subscription',
    rules: ['PUSH-029'],
    needs: ['push sink', 'agent'],
    async run({ customer, anotherCustomer, anotherAgent, agent, sink, must }) {
      must.ok(await customer.postChat(subscribed(customer.deviceId, 'fcm')))
      await agent.joins()
      must.edge.be((await agent.sees()).push !== undefined, 'a subscription of type fcm', 'none')
      const other = anotherCustomer()
      must.ok(await other.postChat(subscribed(other.deviceId, 'ios')))
      const eve = anotherAgent()
      await eve.joins({ chatOf: other })
      must.edge.be((await eve.sees()).push !== undefined, 'a subscription of type ios', 'none')
      await sink.none()
    },
  },
  {
    id: 'PUSH-020/cometd',
    title: 'over CometD a device is pushed that named its id and its type, with one of them alone it is not',
    rules: ['PUSH-020'],
    needs: ['agent', 'push sink'],
    async run({ comet, anotherComet, agent, sinkOf, must }) {
      const names = { push_notification_deviceid: comet.deviceId, push_notification_type: 'customhttp' }
      for (const name of ['push_notification_deviceid', 'push_notification_type'] as const) {
        const other = anotherComet()
        must.ok(await other.requestChat({ userData: { [name]: names[name] } }))
        await agent.joins({ chatOf: other })
      }
      await sinkOf(comet).none()
      must.ok(await comet.requestChat({ userData: names }))
      await agent.joins({ chatOf: comet })
      must.equal((await sinkOf(comet).nextPush()).body.deviceId, comet.deviceId)
    },
  },
  {
    id: 'PUSH-020/repeated',
    title: 'a device is pushed on when each requestNotifications repeats its id and its type',
    rules: ['PUSH-020', 'CV2-147'],
    needs: ['agent', 'push sink'],
    async run({ comet, agent, sinkOf, must }) {
      const userData = { push_notification_deviceid: comet.deviceId, push_notification_type: 'customhttp' }
      must.ok(await comet.requestChat({ userData }))
      await agent.joins({ chatOf: comet })
      await sinkOf(comet).nextPush()
      for (let round = 0; round < 2; round++) {
        comet.vanishes()
        must.ok(await comet.requestNotifications(comet.nextPosition, userData))
        await agent.says('hello')
        await sinkOf(comet).nextPush()
        await sinkOf(comet).none()
      }
    },
  },
])
