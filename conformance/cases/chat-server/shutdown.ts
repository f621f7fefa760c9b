import { cases } from '../../case.ts'

export const shutdown = cases('chat-server', 'shutdown', [
  {
    id: 'CS-100/advice',
    title: 'an instance that is stopped in order advises each subscribed session to reconnect',
    rules: ['CS-100'],
    needs: ['server control', 'configuration', 'push sink'],
    async run({ customer, sink, server, must }) {
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      await customer.requestChat({ push: 'payload' })
      await server.stopChatServer(await server.serverOf(customer))
      const { event } = await sink.nextPush()
      must.equal([event?.type, event?.from.participantId], ['ParticipantLeft', 1])
      must.equal(event?.userData?.['quit-reason-advice'], 'reconnect')
    },
  },
  {
    id: 'CS-100/each-session',
    title: 'the advice reaches all sessions of the instance, whatever their body mode, and none of another instance',
    rules: ['CS-100'],
    needs: ['server control', 'configuration', 'push sink'],
    async run({ anotherCustomer, sinkOf, server, must }) {
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      const chats = []
      for (const push of ['payload', 'payload', 'reliable', 'reliable', 'device-id', 'device-id'] as const) {
        const customer = anotherCustomer()
        await customer.requestChat({ push })
        chats.push({ customer, owner: await server.serverOf(customer) })
      }
      const stopped = chats[0]!.owner
      await server.stopChatServer(stopped)
      for (const { customer, owner } of chats) {
        const { length } = await sinkOf(customer).pushes()
        if (owner === stopped) must.be(length === 1, 'one push for a session of the instance that stopped', length)
        else must.be(length === 0, 'no push for a session of another instance', length)
      }
    },
  },
  {
    id: 'CS-100/customer-gone',
    title: 'a session whose customer has left gets no advice',
    rules: ['CS-100'],
    needs: ['server control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server }) {
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await agent.removes()
      await sink.pushes()
      await server.stopChatServer(await server.serverOf(customer))
      await sink.none()
    },
  },
  {
    id: 'CS-101/form',
    title: 'the advice stands in the userData of an event of the customer, in a push with chatEnded false',
    rules: ['CS-101'],
    needs: ['server control', 'configuration', 'push sink'],
    async run({ customer, sink, server, must }) {
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      await customer.requestChat({ push: 'payload', nickname: 'Ann B' })
      await server.stopChatServer(await server.serverOf(customer))
      const { message, event } = await sink.nextPush()
      must.equal(event?.userData, { 'quit-reason-advice': 'reconnect' })
      must.equal(event?.from, { nickname: 'Ann B', participantId: 1, type: 'Client' })
      must.equal(message.chatEnded, false)
    },
  },
  {
    id: 'CS-102/default',
    title: 'by default an instance that is stopped in order pushes nothing',
    rules: ['CS-102'],
    needs: ['server control', 'push sink'],
    async run({ customer, sink, server }) {
      await customer.requestChat({ push: 'payload' })
      await server.stopChatServer(await server.serverOf(customer))
      await sink.none()
    },
  },
  {
    id: 'CS-102/zero',
    title: 'with shutdown-notify-flex-push back at 0 an instance that is stopped in order pushes nothing',
    rules: ['CS-102'],
    needs: ['server control', 'configuration', 'push sink'],
    async run({ customer, sink, server }) {
      await customer.requestChat({ push: 'reliable' })
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      await server.set('settings', 'shutdown-notify-flex-push', '0')
      await server.stopChatServer(await server.serverOf(customer))
      await sink.none()
    },
  },
  {
    id: 'CS-103/crash',
    title: 'an instance that crashes pushes nothing, although shutdown-notify-flex-push is 1',
    rules: ['CS-103'],
    needs: ['server control', 'configuration', 'push sink'],
    async run({ customer, sink, server }) {
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      await customer.requestChat({ push: 'payload' })
      await server.killChatServer(await server.serverOf(customer))
      await sink.none()
    },
  },
  {
    id: 'CS-104/not-repeated',
    title: 'the advice to a reliable subscription comes once and is not repeated',
    rules: ['CS-104'],
    needs: ['server control', 'configuration', 'push sink', 'time control', 'agent'],
    async run({ customer, agent, sink, clock, server, must }) {
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      await server.stopChatServer(await server.serverOf(customer))
      must.equal((await sink.nextPush()).event?.type, 'ParticipantLeft')
      await clock.advance('10m')
      await sink.none()
    },
  },
  {
    id: 'CS-104/receiver-fails',
    title: 'an advice that the receiver refused is not repeated',
    rules: ['CS-104'],
    needs: ['server control', 'configuration', 'push sink', 'time control'],
    async run({ customer, sink, clock, server }) {
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      await customer.requestChat({ push: 'payload' })
      sink.answers({ status: 503 })
      await server.stopChatServer(await server.serverOf(customer))
      await sink.nextPush()
      await clock.advance('10m')
      await sink.none()
    },
  },
  {
    id: 'CS-104/no-index',
    title: 'the advice takes no index: it has that of the last event, and nextPosition stays as it was',
    rules: ['CS-104'],
    needs: ['server control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      await customer.requestChat({ push: 'payload', ownActivity: true })
      await agent.joins()
      await sink.pushes()
      const before = await customer.refresh()
      await server.stopChatServer(await server.serverOf(customer))
      const [advice, ...more] = await sink.pushes()
      must.be(more.length === 0, 'the advice and no other push', `${more.length} more`)
      must.equal(advice?.event?.index, before.messages.at(-1)?.index)
      must.equal(advice?.message.nextPosition, before.nextPosition)
    },
  },
  {
    id: 'CS-104/not-in-transcript',
    title: 'the session that the advice brings back has no event of it, and its customer has not left',
    rules: ['CS-104'],
    needs: ['server control', 'configuration', 'push sink'],
    async run({ customer, sink, server, must }) {
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      await customer.requestChat({ push: 'payload' })
      await customer.send('hello')
      await server.stopChatServer(await server.serverOf(customer))
      await sink.nextPush()
      const back = await customer.refresh()
      must.ok(back)
      must.haveNoEvent(back, { type: 'ParticipantLeft', participantId: 1 })
    },
  },
  {
    id: 'CS-106/new-sessions',
    title: 'an instance that was told to stop takes no new session',
    rules: ['CS-106'],
    needs: ['server control', 'configuration'],
    async run({ customer, anotherCustomer, server, must }) {
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      const first = await customer.requestChat()
      await server.stopChatServer(await server.serverOf(customer))
      const later = await Promise.all([1, 2, 3, 4].map(() => anotherCustomer().requestChat()))
      for (const answer of later) {
        must.ok(answer)
        must.be(answer.body.alias !== first.body.alias, 'a new chat on another instance', answer.body.alias)
      }
    },
  },
])
