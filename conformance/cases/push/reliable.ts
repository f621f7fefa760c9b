import { cases } from '../../case.ts'
import type { Push } from '../../story/push.ts'

const contentMembers = ['app-dbid', 'secure-key', 'session-id', 'user-id']

/** Members of flex-push-content that are in a push. */
function contentOf(push: Push): string[] {
  return Object.keys(push.event?.userData ?? {})
    .filter(member => contentMembers.includes(member))
    .sort()
}

export const reliable = cases('push', 'reliable', [
  {
    id: 'PUSH-050/refresh-confirms',
    title: 'after a refresh the push is not repeated',
    rules: ['PUSH-050'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      const push = await sink.nextPush()
      must.haveEvent(await customer.refresh(Number(push.position)), { type: 'ParticipantJoined', nickname: 'Bob' })
      await clock.advance('5m')
      await sink.none()
    },
  },
  {
    id: 'PUSH-050/several-outstanding',
    title: 'one refresh ends the repetition of all pushes that are outstanding',
    rules: ['PUSH-050'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await agent.says('one')
      await agent.says('two')
      must.equal((await sink.pushes()).length, 3)
      await customer.refresh()
      await clock.advance('5m')
      await sink.none()
    },
  },
  {
    id: 'PUSH-050/other-node',
    title: 'a refresh through another GMS node ends the repetition, too',
    rules: ['PUSH-050'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      const { node } = await sink.nextPush()
      customer.through(node === 'gms-1' ? 1 : 0)
      await customer.refresh()
      await clock.advance('5m')
      await sink.none()
    },
  },
  {
    id: 'PUSH-051/all-of-a-session',
    title: 'whatever happens in the chat, a reliable subscription is sent one PushUrl of participant 0',
    rules: ['PUSH-051'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'reliable', ownActivity: true })
      await agent.joins()
      await agent.says('hello')
      await agent.pushesUrl('https://example.com/')
      await agent.givesNotice('a notice')
      await customer.send('hello Bob')
      await agent.renames('Bobby')
      await agent.closes()
      for (const { message, event } of await sink.pushes()) {
        must.equal((message.messages as unknown[]).length, 1)
        must.equal([event?.type, event?.from.participantId], ['PushUrl', 0])
      }
    },
  },
  {
    id: 'PUSH-051/own-activity',
    title: 'a message of the customer is pushed as one PushUrl of participant 0 as well',
    rules: ['PUSH-051'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'reliable', ownActivity: true })
      await customer.send('hello')
      const { message, event } = await sink.nextPush()
      must.equal((message.messages as unknown[]).length, 1)
      must.equal([event?.type, event?.from.participantId], ['PushUrl', 0])
    },
  },
  {
    id: 'PUSH-052/no-content',
    title: 'a reliable push has neither the text of the event nor its sender, the refresh has both',
    rules: ['PUSH-052'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins({ nickname: 'Zachary' })
      await agent.says('the cheque is in the post')
      await agent.pushesUrl('https://example.com/cheque')
      const pushed = (await sink.pushes()).map(push => push.text)
      for (const text of pushed)
        must.be(!/cheque|zachary/i.test(text), 'nothing of the text and the name of the agent', text)
      const answer = await customer.refresh()
      must.haveEvent(answer, { type: 'Message', text: 'the cheque is in the post', nickname: 'Zachary' })
    },
  },
  {
    id: 'PUSH-052/own-activity',
    title: 'a reliable push has neither the text nor the nickname of the customer',
    rules: ['PUSH-052'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'reliable', ownActivity: true, nickname: 'Quentin' })
      await customer.send('the cheque is in the post')
      const { text } = await sink.nextPush()
      must.be(!/cheque|quentin/i.test(text), 'nothing of the text and the name of the customer', text)
    },
  },
  {
    id: 'PUSH-053/nobody',
    title: 'participant 0 of a reliable push is in the chat neither for the customer nor for the agent',
    rules: ['PUSH-053'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await agent.says('hello')
      await sink.pushes()
      const seen = await agent.sees()
      const parties = seen.parties as { participantId: number }[]
      must.equal(
        parties.map(party => party.participantId),
        [1, 2],
      )
      const known = await customer.refresh()
      must.haveNoEvent(known, { participantId: 0 })
      must.haveTypes(known, ['ParticipantJoined', 'ParticipantJoined', 'Message'])
    },
  },
  {
    id: 'PUSH-054/texts',
    title: 'notify-attempt and notify-position are there as strings of digits, in repetitions too',
    rules: ['PUSH-054'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await clock.advance('15s')
      const pushes = await sink.pushes()
      must.equal(pushes.length, 2)
      for (const { attempt, position } of pushes) {
        must.match(attempt, /^\d+$/)
        must.match(position, /^\d+$/)
      }
    },
  },
  {
    id: 'PUSH-054/own-activity',
    title: 'the push of a message of the customer has notify-attempt and notify-position as strings of digits',
    rules: ['PUSH-054'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'reliable', ownActivity: true })
      await customer.send('hello')
      const { attempt, position } = await sink.nextPush()
      must.match(attempt, /^\d+$/)
      must.match(position, /^\d+$/)
    },
  },
  {
    id: 'PUSH-055/each-combination',
    title: 'of the four content members a push has those in flex-push-content, for all 16 combinations',
    rules: ['PUSH-055'],
    needs: ['push sink', 'agent', 'configuration'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      for (let bits = 0; bits < 16; bits++) {
        const wanted = contentMembers.filter((_, i) => (bits & (1 << i)) !== 0)
        await server.set('settings', 'flex-push-content', wanted.join(','))
        await agent.says(`with ${wanted.length} members`)
        must.equal(contentOf(await sink.nextPush()), wanted)
      }
    },
  },
  {
    id: 'PUSH-055/default',
    title: 'without flex-push-content a push has session-id and user-id and no key',
    rules: ['PUSH-055'],
    needs: ['push sink', 'agent', 'configuration'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('settings', 'flex-push-content', undefined)
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      const push = await sink.nextPush()
      must.equal(contentOf(push), ['session-id', 'user-id'])
      const { 'session-id': chatId, 'user-id': userId } = push.event?.userData ?? {}
      must.equal([chatId, userId], [customer.chatId, customer.tokens.userId])
    },
  },
  {
    id: 'PUSH-056/enough-for-a-refresh',
    title: 'with all four content members a receiver can refresh from the push alone',
    rules: ['PUSH-056'],
    needs: ['push sink', 'agent', 'configuration'],
    async run({ customer, anotherCustomer, agent, sink, server, must }) {
      await server.set('settings', 'flex-push-content', contentMembers.join(','))
      await anotherCustomer().requestChat({ push: 'reliable' })
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      const { event, position } = await sink.nextPush()
      const { 'session-id': chatId, ...told } = event?.userData ?? {}
      const answer = await customer.http({
        path: customer.path('refresh').replace(customer.chatId, chatId ?? ''),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          userId: told['user-id'] ?? '',
          secureKey: told['secure-key'] ?? '',
          alias: told['app-dbid'] ?? '',
          transcriptPosition: position ?? '',
        }).toString(),
      })
      must.ok(answer)
      must.haveEvent(answer, { type: 'ParticipantJoined', nickname: 'Bob' })
      must.equal(told['app-dbid'], customer.tokens.alias)
    },
  },
  {
    id: 'PUSH-057/party-gone',
    title: 'once a push has told notify-position -1, the customer is not a party any more',
    rules: ['PUSH-057'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await agent.removes()
      must.equal((await sink.pushes()).map(push => push.position).at(-1), '-1')
      const answer = await customer.refresh()
      must.be(answer.chatEnded === true, 'chatEnded true', answer.chatEnded)
      must.refuse(await customer.post('send', { message: 'hello?' }))
    },
  },
  {
    id: 'PUSH-057/only-then',
    title: 'as long as the customer is a party no push has notify-position -1',
    rules: ['PUSH-057'],
    needs: ['push sink', 'agent', 'time control'],
    async run({ customer, agent, anotherAgent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await anotherAgent().joins()
      await agent.leaves()
      await clock.advance('3m')
      const positions = (await sink.pushes()).map(push => Number(push.position))
      must.be(positions.length > 3 && positions.every(position => position > 0), 'positions above 0', positions)
    },
  },
  {
    id: 'PUSH-058/session-over',
    title: 'when the agent closes the chat, the last push has chatEnded true and notify-position -1',
    rules: ['PUSH-058'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await agent.closes()
      const told = (await sink.pushes()).map(({ position, message }) => [position === '-1', message.chatEnded])
      must.equal(told.at(-1), [true, true])
      must.be(
        told.slice(0, -1).every(([, ended]) => ended === false),
        'chatEnded false before the last push',
        told,
      )
    },
  },
  {
    id: 'PUSH-058/workflow-stops',
    title: 'when the workflow ends the session, the last push has chatEnded true and notify-position -1',
    rules: ['PUSH-058'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.workflowStops()
      const { position, message } = await sink.nextPush()
      must.equal([position, message.chatEnded], ['-1', true])
    },
  },
  {
    id: 'PUSH-058/party-removed',
    title: 'when the customer alone is removed and the agent stays, the last push has chatEnded false',
    rules: ['PUSH-058'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      await agent.removes()
      const { position, message } = await sink.nextPush()
      must.equal([position, message.chatEnded], ['-1', false])
    },
  },
  {
    id: 'PUSH-058/customer-leaves',
    title: 'when the customer leaves, the last push has chatEnded true without an agent and false with one',
    rules: ['PUSH-058'],
    needs: ['push sink', 'agent'],
    async run({ customer, anotherCustomer, agent, sink, sinkOf, must }) {
      const alone = anotherCustomer()
      await customer.requestChat({ push: 'reliable', ownActivity: true })
      await alone.requestChat({ push: 'reliable', ownActivity: true })
      await agent.joins()
      for (const each of [customer, alone]) await each.disconnect()
      must.equal((await sink.pushes()).at(-1)?.message.chatEnded, false)
      must.equal((await sinkOf(alone).pushes()).at(-1)?.message.chatEnded, true)
    },
  },
  {
    id: 'PUSH-058/customer-alone',
    title: 'when a customer who is alone in the chat leaves, the last push has -1 and chatEnded true',
    rules: ['PUSH-058', 'PUSH-057'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'reliable', ownActivity: true })
      await customer.disconnect()
      const last = (await sink.pushes()).at(-1)
      must.equal(last?.position, '-1', 'PUSH-057')
      must.equal(last?.message.chatEnded, true)
    },
  },
  {
    id: 'PUSH-059/constants',
    title: 'index, text, nickname and type of the carrier event are the same in every reliable push',
    rules: ['PUSH-059'],
    needs: ['push sink', 'agent', 'time control'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await agent.says('hello')
      await clock.advance('15s')
      await agent.closes()
      const from = { nickname: '', participantId: 0, type: 'Client' }
      for (const { event } of await sink.pushes())
        must.equal(
          { index: event?.index, text: event?.text, from: event?.from },
          { index: 0, text: 'PUSH-NOTIFICATION', from },
        )
    },
  },
  {
    id: 'PUSH-059/own-activity',
    title: 'the carrier event of what the customer did has the same constants, and no name of the customer',
    rules: ['PUSH-059'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'reliable', ownActivity: true })
      await customer.send('hello')
      const { event } = await sink.nextPush()
      must.equal([event?.index, event?.text], [0, 'PUSH-NOTIFICATION'])
      must.equal([event?.from.nickname, event?.from.type], ['', 'Client'])
    },
  },
  {
    id: 'PUSH-060/scheduled-repetition',
    title: 'a repetition that was scheduled before has the members of the new flex-push-content',
    rules: ['PUSH-060'],
    needs: ['push sink', 'agent', 'configuration', 'time control'],
    async run({ customer, agent, sink, clock, server, must }) {
      await server.set('settings', 'flex-push-content', 'user-id')
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      must.equal(contentOf(await sink.nextPush()), ['user-id'])
      await server.set('settings', 'flex-push-content', 'app-dbid,session-id')
      await clock.advance('15s')
      must.edge.equal(contentOf(await sink.nextPush()), ['app-dbid', 'session-id'])
    },
  },
  {
    id: 'PUSH-061/advice-as-payload',
    title: 'a reliable subscription gets the shutdown advice as an event of the customer, not as a trigger',
    rules: ['PUSH-061', 'CS-100'],
    needs: ['push sink', 'configuration', 'server control'],
    async run({ customer, sink, server, must }) {
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      await server.set('settings', 'flex-push-content', 'session-id')
      await customer.requestChat({ push: 'reliable' })
      await server.stopChatServer(await server.serverOf(customer))
      const { event, attempt, position } = await sink.nextPush('CS-100')
      must.equal([event?.type, event?.from.participantId], ['ParticipantLeft', 1])
      must.equal([attempt, position], [undefined, undefined])
      must.equal(event?.userData, { 'quit-reason-advice': 'reconnect', 'session-id': customer.chatId })
    },
  },
])
