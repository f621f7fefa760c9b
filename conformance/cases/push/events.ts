import { cases } from '../../case.ts'

export const events = cases('push', 'events', [
  {
    id: 'PUSH-031/of-the-agent',
    title: 'with payload every kind of activity of the agent is pushed, typing and notices included',
    rules: ['PUSH-031'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await agent.startsTyping()
      await agent.stopsTyping()
      await agent.says('good morning')
      await agent.pushesUrl('https://example.com/')
      await agent.renames('Robert')
      await agent.givesNotice('looks it up')
      await agent.leaves()
      must.haveTypes(
        (await sink.pushes()).flatMap(push => push.event ?? []),
        [
          'ParticipantJoined',
          'TypingStarted',
          'TypingStopped',
          'Message',
          'PushUrl',
          'NicknameUpdated',
          'CustomNotice',
          'ParticipantLeft',
        ],
      )
    },
  },
  {
    id: 'PUSH-031/of-the-system',
    title: 'with payload the idle alert and the idle close are pushed',
    rules: ['PUSH-031'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, server, clock, must }) {
      await server.set('settings', 'async-idle-alert', '600')
      await server.set('settings', 'async-idle-close', '60')
      await customer.requestChat({ push: 'payload', async: true })
      await clock.advance('11m')
      must.haveTypes(
        (await sink.pushes()).flatMap(push => push.event ?? []),
        ['IdleAlert', 'IdleClose', 'ParticipantLeft'],
      )
    },
  },
  {
    id: 'PUSH-031/agents-among-themselves',
    title: 'what only agents see is pushed to no customer',
    rules: ['PUSH-031'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await agent.says('not for the customer', { agentOnly: true })
      await agent.givesNotice('nor this', { agentOnly: true })
      await agent.says('for the customer')
      must.haveTypes(
        (await sink.pushes()).flatMap(push => push.event ?? []),
        ['ParticipantJoined', 'Message'],
      )
    },
  },
  {
    id: 'PUSH-032/typing-triggers-nothing',
    title: 'typing triggers no reliable push, what is said afterwards does',
    rules: ['PUSH-032'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      await customer.refresh()
      await agent.startsTyping('good mor')
      await agent.stopsTyping()
      await clock.advance('5m')
      await sink.none()
      await agent.says('good morning')
      must.equal((await sink.nextPush()).attempt, '0')
    },
  },
  {
    id: 'PUSH-032/typing-during-repetitions',
    title: 'typing while a push is being repeated neither adds a push nor begins the repetitions anew',
    rules: ['PUSH-032'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      await clock.advance('10s')
      await agent.startsTyping()
      await sink.none()
      await clock.advance('5s')
      must.equal((await sink.nextPush()).attempt, '1')
    },
  },
  {
    id: 'PUSH-033/agent-leaves',
    title: 'the push that an agent left has quit reason 0',
    rules: ['PUSH-033'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await agent.leaves()
      const [, leaving] = await sink.pushes()
      must.equal(leaving?.event?.type, 'ParticipantLeft')
      must.equal(leaving?.event?.userData?.['quit-reason-code'], '0')
    },
  },
  {
    id: 'PUSH-033/customer-disconnects',
    title: 'the push of the own disconnect, with GCTI_GMS_NotifyRequestor, has quit reason 0',
    rules: ['PUSH-033'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'payload', ownActivity: true })
      await customer.disconnect()
      const last = (await sink.pushes()).at(-1)
      must.equal(last?.event?.type, 'ParticipantLeft')
      must.equal(last?.event?.userData?.['quit-reason-code'], '0')
    },
  },
  {
    id: 'PUSH-033/customer-is-silent',
    title: 'the push that the customer was removed for silence has quit reason 3',
    rules: ['PUSH-033'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, server, clock, must }) {
      await server.set('settings', 'flex-push-timeout', '100')
      await customer.requestChat({ push: 'payload' })
      await clock.advance('245s')
      must.equal((await sink.nextPush()).event?.userData?.['quit-reason-code'], '3')
    },
  },
  {
    id: 'PUSH-033/agent-removes',
    title: 'the push that the agent removed the customer has quit reason 4',
    rules: ['PUSH-033'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await agent.removes()
      const [, leaving] = await sink.pushes()
      must.equal(leaving?.event?.userData?.['quit-reason-code'], '4')
    },
  },
  {
    id: 'PUSH-034/waiting-ones',
    title: 'events that wait for a slow receiver come as one push each',
    rules: ['PUSH-034'],
    needs: ['push sink', 'agent'],
    alone: true,
    async run({ customer, agent, sink, must }) {
      sink.answers({ hold: true, times: 1 })
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      for (const text of ['one', 'two', 'three', 'four']) await agent.says(text)
      sink.release()
      const pushes = await sink.pushes()
      must.equal(
        pushes.map(push => (push.message.messages as { text?: string }[]).map(event => event.text)),
        [['one'], ['two'], ['three'], ['four']],
      )
    },
  },
  {
    id: 'PUSH-035/fifty-messages',
    title: 'fifty messages are pushed in the order of their indexes',
    rules: ['PUSH-035'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      for (let n = 1; n <= 50; n++) await agent.says(`message ${n}`)
      const indexes = (await sink.pushes()).map(push => push.event?.index)
      must.equal(
        indexes,
        Array.from({ length: 50 }, (_, n) => n + 3),
      )
    },
  },
  {
    id: 'PUSH-036/no-content-members',
    title: 'all four words of flex-push-content add nothing to pushes with payload',
    rules: ['PUSH-036'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('settings', 'flex-push-content', 'app-dbid,secure-key,session-id,user-id')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await agent.says('hello')
      await agent.leaves()
      for (const { event } of await sink.pushes()) {
        const names = Object.keys(event?.userData ?? {})
        const added = names.filter(name => /^(app-dbid|secure-key|session-id|user-id|notify-.*)$/.test(name))
        must.equal(added, [])
      }
    },
  },
])
