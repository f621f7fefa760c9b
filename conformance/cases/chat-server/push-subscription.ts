import { cases } from '../../case.ts'

const annLeft = { type: 'ParticipantLeft', participantId: 1 } as const

export const pushSubscription = cases('chat-server', 'push-subscription', [
  {
    id: 'CS-040/new-one-refused',
    title: 'under flex-push-enabled=false a new chat gets no pushes',
    rules: ['CS-040'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server }) {
      await server.set('settings', 'flex-push-enabled', 'false')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.none()
    },
  },
  {
    id: 'CS-040/old-one-goes-on',
    title: 'flex-push-enabled=false leaves a subscription alone that is there already',
    rules: ['CS-040'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, anotherCustomer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'payload' })
      await server.set('settings', 'flex-push-enabled', 'false')
      await anotherCustomer().requestChat({ push: 'payload' })
      await agent.joins()
      must.equal((await sink.nextPush()).event?.type, 'ParticipantJoined')
    },
  },
  {
    id: 'CS-041/off-by-default',
    title: 'without flex-push-on-join a chat that asks for a subscription gets no pushes',
    rules: ['CS-041'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server }) {
      await server.set('settings', 'flex-push-on-join', undefined)
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.none()
    },
  },
  {
    id: 'CS-041/usual-timer',
    title: 'with flex-push-on-join=false a chat that asks for a subscription has the timer of the others',
    rules: ['CS-041'],
    needs: ['time control', 'configuration', 'agent'],
    async run({ customer, agent, clock, server, must }) {
      await server.set('settings', 'flex-push-on-join', 'false')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await clock.advance('45s')
      must.haveEvent((await agent.sees()).transcript, annLeft)
    },
  },
  {
    id: 'CS-042/from-the-first-event-on',
    title: 'with flex-push-on-join=true the first event after request chat is pushed',
    rules: ['CS-042'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('settings', 'flex-push-on-join', 'true')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      const { event } = await sink.nextPush()
      must.equal([event?.type, event?.index], ['ParticipantJoined', 2])
    },
  },
  {
    id: 'CS-043/push-disabled',
    title: 'request chat succeeds when flex-push-enabled=false refuses its subscription',
    rules: ['CS-043'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      await server.set('settings', 'flex-push-enabled', 'false')
      must.ok(await customer.requestChat({ push: 'payload' }))
      must.ok(await customer.send('hello'))
    },
  },
  {
    id: 'CS-043/without-device',
    title: 'request chat succeeds when its subscription names no device',
    rules: ['CS-043'],
    async run({ customer, must }) {
      must.ok(await customer.requestChat({ userData: { GCTI_Chat_PushSubscribe: 'true' } }))
      must.ok(await customer.send('hello'))
    },
  },
  {
    id: 'CS-044/true-in-any-case',
    title: 'True, TRUE and tRuE subscribe like true',
    rules: ['CS-044'],
    needs: ['push sink', 'agent'],
    async run({ anotherCustomer, anotherAgent, sinkOf, must }) {
      for (const value of ['True', 'TRUE', 'tRuE']) {
        const customer = anotherCustomer()
        await customer.requestChat({ push: 'payload', userData: { GCTI_Chat_PushSubscribe: value } })
        await anotherAgent().joins({ chatOf: customer })
        must.equal((await sinkOf(customer).nextPush()).event?.type, 'ParticipantJoined')
      }
    },
  },
  {
    id: 'CS-044/nothing-else-is-true',
    title: '1, yes, on, t and "true" with a blank do not subscribe',
    rules: ['CS-044'],
    needs: ['push sink', 'agent'],
    async run({ anotherCustomer, anotherAgent, sinkOf }) {
      const customers = []
      for (const value of ['1', 'yes', 'on', 't', 'true ']) {
        const customer = anotherCustomer()
        await customer.requestChat({ push: 'payload', userData: { GCTI_Chat_PushSubscribe: value } })
        await anotherAgent().joins({ chatOf: customer })
        customers.push(customer)
      }
      for (const customer of customers) await sinkOf(customer).none()
    },
  },
  {
    id: 'CS-044/other-pairs',
    title: 'GCTI_GMS_PushIncludePayload=TRUE and GCTI_GMS_NotifyRequestor=True are true, too',
    rules: ['CS-044'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      const userData = { GCTI_GMS_PushIncludePayload: 'TRUE', GCTI_GMS_NotifyRequestor: 'True' }
      await customer.requestChat({ push: 'payload', pushedAs: 'payload', ownActivity: true, userData })
      await sink.pushes()
      await customer.send('hello')
      must.equal((await sink.nextPush()).event?.text, 'hello')
    },
  },
  {
    id: 'CS-045/not-after-45-seconds',
    title: 'a subscribed party is not removed after flex-disconnect-timeout',
    rules: ['CS-045'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      await clock.advance('46s')
      await sink.none()
      must.haveNoEvent((await agent.sees()).transcript, annLeft)
    },
  },
  {
    id: 'CS-046/removed-party',
    title: 'the removal of its party is the last push of a subscription, while the session goes on',
    rules: ['CS-046'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await agent.removes()
      must.haveEvent(
        (await sink.pushes()).flatMap(push => push.event ?? []),
        annLeft,
      )
      await agent.says('a note for the history')
      await sink.none()
    },
  },
  {
    id: 'CS-046/own-disconnect',
    title: 'after its own disconnect a customer is pushed nothing of what the agent goes on to do',
    rules: ['CS-046'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      await customer.disconnect()
      await agent.says('a note for the history')
      await sink.none()
    },
  },
  {
    id: 'CS-047/answers-only',
    title: 'a CometD chat that begins under flex-push-enabled=false gets answers and no notifications',
    rules: ['CS-047'],
    needs: ['agent', 'configuration'],
    async run({ comet, agent, server, must }) {
      await server.set('settings', 'flex-push-enabled', 'false')
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      await agent.says('hello')
      must.haveEvent(await comet.send('hi'), { type: 'Message', text: 'hi' })
      await comet.none()
      must.haveTypes(await comet.requestNotifications(2), ['ParticipantJoined', 'Message', 'Message'])
      await agent.says('again')
      await comet.none()
    },
  },
  {
    id: 'CS-047/begun-before',
    title: 'a CometD chat that began before flex-push-enabled=false is notified as before',
    rules: ['CS-047'],
    needs: ['agent', 'configuration'],
    async run({ comet, agent, server, must }) {
      must.ok(await comet.requestChat())
      await server.set('settings', 'flex-push-enabled', 'false')
      await agent.joins({ chatOf: comet })
      must.haveEvent(await comet.nextNotification(), { type: 'ParticipantJoined' })
    },
  },
])
