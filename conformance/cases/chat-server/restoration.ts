import { cases } from '../../case.ts'
import { everyOperation } from '../../story/every-operation.ts'
import type { Story } from '../../story/story.ts'

export const restoration = cases('chat-server', 'restoration', [
  {
    id: 'CS-080/dormant',
    title:
      'a session whose instance is killed is nowhere, and its agent cannot go on, until its client makes a request',
    rules: ['CS-080'],
    needs: ['agent', 'server control'],
    async run({ customer, agent, server, must }) {
      await customer.requestChat()
      await agent.joins()
      await server.killChatServer(await server.serverOf(customer))
      must.equal(await server.serverOf(customer), -1)
      must.be(!(await agent.triesToJoin()), 'an agent to be turned away', 'the agent joined')
      must.ok(await customer.refresh())
      must.notEqual(await server.serverOf(customer), -1)
    },
  },
  {
    id: 'CS-080/nothing-by-itself',
    title: 'a dormant session does nothing by itself: for a day and two hours nobody has it and nobody is pushed',
    rules: ['CS-080'],
    needs: ['time control', 'push sink', 'server control'],
    async run({ customer, sink, server, clock, must }) {
      await customer.requestChat({ async: true, push: 'payload' })
      await server.killChatServer(await server.serverOf(customer))
      await clock.advance('26h')
      await sink.none()
      must.equal(await server.serverOf(customer), -1)
      must.ok(await customer.refresh())
    },
  },
  {
    id: 'CS-081/whole-transcript',
    title: 'a refresh after its instance was killed is answered by another one with the whole transcript',
    rules: ['CS-081', 'CS-085'],
    needs: ['agent', 'server control'],
    async run({ customer, agent, server, must }) {
      await customer.requestChat()
      await agent.joins()
      await customer.send('hello')
      await agent.says('good day')
      const before = await customer.refresh()
      const owner = await server.serverOf(customer)
      await server.killChatServer(owner)
      const after = await customer.refresh()
      must.ok(after)
      must.equal(after.messages.slice(0, before.messages.length), before.messages)
      must.notEqual(await server.serverOf(customer), owner)
      must.equal((await customer.refresh(before.nextPosition)).messages[0]?.index, before.nextPosition, 'CS-085')
    },
  },
  {
    id: 'CS-081/same-instance',
    title: 'an instance that was restarted restores what it had before',
    rules: ['CS-081'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      await customer.send('hello')
      for (const each of [0, 1]) await server.killChatServer(each)
      await server.startChatServer(0)
      must.haveTypes(await customer.refresh(), ['ParticipantJoined', 'Message'])
    },
  },
  {
    id: 'CS-081/after-advice',
    title: 'a ping that answers the advice of an instance that stops brings the session to another instance',
    rules: ['CS-081', 'CS-105'],
    needs: ['configuration', 'push sink', 'server control'],
    async run({ customer, sink, server, must }) {
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      await customer.requestChat({ push: 'reliable' })
      const { alias } = customer.tokens
      await server.stopChatServer(await server.serverOf(customer))
      const { event } = await sink.nextPush('CS-105')
      must.equal(event?.userData?.['quit-reason-advice'], 'reconnect', 'CS-105')
      const answer = await customer.refresh()
      must.ok(answer, 'CS-105')
      must.notEqual(answer.body.alias, alias, 'CS-105')
    },
  },
  {
    id: 'CS-081/full-instance',
    title: 'an instance at its load limit restores a session all the same',
    rules: ['CS-081', 'CS-124'],
    needs: ['configuration', 'server control'],
    async run({ customer, anotherCustomer, server, must }) {
      await customer.requestChat()
      const owner = await server.serverOf(customer)
      await server.killChatServer(owner)
      await anotherCustomer().requestChat()
      await server.set('settings', 'limit-for-sessions', '1')
      await server.set('settings', 'limits-control-enabled', 'true')
      must.refuse(await customer.postChat({ firstName: 'Ann', lastName: 'Bee' }), 240, 'CS-124')
      must.ok(await customer.refresh(), 'CS-124')
    },
  },
  {
    id: 'CS-081/not-configured',
    title: 'without session-restoration-mode=simple, or with transcript-auto-save=0, nothing is restored',
    rules: ['CS-081', 'OPT-042'],
    needs: ['configuration', 'server control'],
    async run({ anotherCustomer, server, must }) {
      for (const [option, value] of [
        ['session-restoration-mode', 'none'],
        ['transcript-auto-save', '0'],
        ['transcript-auto-save', '2'],
      ] as const) {
        await server.set('settings', option, value)
        const customer = anotherCustomer()
        await customer.requestChat()
        const owner = await server.serverOf(customer)
        await server.killChatServer(owner)
        const answer = await customer.post('refresh')
        if (value === '2') must.edge.ok(answer, 'OPT-042')
        else must.refuse(answer, undefined, 'OPT-042')
        await server.startChatServer(owner)
        await server.set('settings', option, undefined)
      }
    },
  },
  {
    id: 'CS-082/new-alias',
    title: 'the answer after a restoration has the alias of the instance that has the session now',
    rules: ['CS-082', 'CV2-106'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      const { alias: before } = customer.tokens
      await server.killChatServer(await server.serverOf(customer))
      const answer = await customer.refresh()
      must.ok(answer, 'CV2-106')
      must.notEqual(answer.body.alias, before)
      const { body } = await server.health(await server.serverOf(customer))
      must.equal(answer.body.alias, String(body.app_dbid))
    },
  },
  {
    id: 'CS-083/cached-tokens',
    title: 'every operation with the tokens from before the failure restores its session',
    rules: ['CS-083'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      const restore = async () => {
        await server.killChatServer(await server.serverOf(customer))
        for (const each of [0, 1]) await server.startChatServer(each)
      }
      await restore()
      for await (const [operation, answer] of everyOperation(customer)) {
        must.ok(answer)
        if (operation !== 'disconnect') await restore()
      }
    },
  },
  {
    id: 'CS-083/foreign-user',
    title: 'a userId of another chat restores nothing, and does not keep the customer from it',
    rules: ['CS-083'],
    needs: ['server control'],
    async run({ customer, anotherCustomer, server, must }) {
      await customer.requestChat()
      const other = anotherCustomer()
      await other.requestChat()
      await server.killChatServer(await server.serverOf(customer))
      must.refuse(await customer.post('refresh', { userId: other.tokens.userId }))
      must.equal(await server.serverOf(customer), -1)
      must.ok(await customer.refresh())
    },
  },
  {
    id: 'CS-084/new-key',
    title: 'the restoring answer has a new key, which works from then on; the old one works for 30 s more',
    rules: ['CS-084'],
    needs: ['time control', 'server control'],
    async run({ customer, server, clock, must }) {
      await customer.requestChat({ push: 'payload' })
      const { secureKey: old } = customer.tokens
      await server.killChatServer(await server.serverOf(customer))
      must.ok(await customer.refresh())
      must.edge.notEqual(customer.tokens.secureKey, old)
      await clock.advance('30s')
      must.edge.ok(await customer.post('refresh', { secureKey: old }))
      await clock.advance('1s')
      must.ok(await customer.refresh())
      must.edge.refuse(await customer.post('refresh', { secureKey: old }))
    },
  },
  {
    id: 'CS-085/indexes',
    title: 'after a restoration the indexes go on where they were, hidden events included',
    rules: ['CS-085'],
    needs: ['agent', 'server control'],
    async run({ customer, agent, server, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.says('between us', { agentOnly: true })
      await agent.leaves()
      const { nextPosition } = await customer.refresh()
      await server.killChatServer(await server.serverOf(customer))
      const answer = await customer.send('still there?', { transcriptPosition: nextPosition! })
      must.equal(must.haveEvent(answer, { type: 'Message' }).index, nextPosition)
      must.equal(answer.nextPosition, nextPosition! + 1)
      must.haveNoEvent(await customer.refresh(), { text: 'between us' })
    },
  },
  {
    id: 'CS-086/reason-8',
    title: 'a restoration removes agents and bots with reason 8, the customer stays',
    rules: ['CS-086', 'CV2-062'],
    needs: ['agent', 'server control'],
    async run({ customer, agent, anotherAgent, server, must }) {
      await customer.requestChat()
      await agent.joins()
      await anotherAgent('bot').joins({ partyType: 'External' })
      await server.killChatServer(await server.serverOf(customer))
      const answer = await customer.refresh()
      must.ok(answer)
      for (const nickname of ['Bob', 'bot']) {
        const left = must.haveEvent(answer, { type: 'ParticipantLeft', nickname })
        must.equal(left.userData?.['quit-reason-code'], '8')
      }
      must.haveNoEvent(answer, { type: 'ParticipantLeft', participantId: 1 })
      must.equal(answer.chatEnded, false)
    },
  },
  {
    id: 'CS-086/gone-before',
    title: 'an agent who had left before the failure does not leave once more',
    rules: ['CS-086'],
    needs: ['agent', 'server control'],
    async run({ customer, agent, server, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.leaves()
      await server.killChatServer(await server.serverOf(customer))
      must.haveTypes(await customer.refresh(), ['ParticipantJoined', 'ParticipantJoined', 'ParticipantLeft'])
    },
  },
  {
    id: 'CS-087/agent-returns',
    title: 'after a restoration the agent joins again, and both hear each other',
    rules: ['CS-087'],
    needs: ['agent', 'server control'],
    async run({ customer, agent, server, must }) {
      await customer.requestChat()
      await agent.joins()
      const former = agent.participantId
      await server.killChatServer(await server.serverOf(customer))
      const { nextPosition } = await customer.refresh()
      await agent.joins()
      must.notEqual(agent.participantId, former)
      await agent.says('I am back')
      await customer.send('fine')
      const { messages } = await customer.refresh(nextPosition)
      must.haveTypes(messages, ['ParticipantJoined', 'Message', 'Message'])
      must.equal((await agent.sees()).transcript.at(-1)?.text, 'fine')
    },
  },
  {
    id: 'CS-088/last-message',
    title: 'each message that was accepted before the failure is in the transcript, the very last one included',
    rules: ['CS-088'],
    needs: ['agent', 'server control'],
    async run({ customer, agent, server, must }) {
      await customer.requestChat()
      await agent.joins()
      const texts = ['one', 'two', 'three', 'four', 'five']
      for (const text of texts.slice(0, -1)) await customer.send(text)
      await agent.says('five')
      await server.killChatServer(await server.serverOf(customer))
      const { messages } = await customer.refresh()
      must.equal(
        messages.filter(({ type }) => type === 'Message').map(({ text }) => text),
        texts,
      )
    },
  },
  {
    id: 'CS-088/twice',
    title: 'a session survives one failure after the other, with all that was written in between',
    rules: ['CS-088', 'CS-081'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      for (const text of ['one', 'two', 'three']) {
        must.ok(await customer.send(text), 'CS-081')
        const owner = await server.serverOf(customer)
        await server.startChatServer(1 - owner)
        await server.killChatServer(owner)
      }
      const { messages } = await customer.refresh(2)
      must.equal(
        messages.map(({ text }) => text),
        ['one', 'two', 'three'],
      )
    },
  },
  {
    id: 'CS-088/written-later',
    title: 'what the store could not take is written with the next message that it takes',
    rules: ['CS-088'],
    needs: ['fault injection', 'server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      await server.storeFails()
      must.ok(await customer.send('one'))
      await server.repairStore()
      await customer.send('two')
      await server.killChatServer(await server.serverOf(customer))
      const answer = await customer.refresh()
      must.haveTypes(answer, ['ParticipantJoined', 'Message', 'Message'])
    },
  },
  {
    id: 'CS-088/close-on-error',
    title: 'with transcript-save-on-error=close a session that cannot be stored is closed with reason 5',
    rules: ['CS-088', 'OPT-043'],
    needs: ['configuration', 'fault injection'],
    async run({ customer, anotherCustomer, server, must }) {
      await customer.requestChat()
      const other = anotherCustomer()
      await other.requestChat()
      await server.set('settings', 'transcript-save-on-error', 'close')
      await server.storeFails()
      must.ok(await customer.send('hello'))
      const answer = await customer.refresh()
      must.equal([answer.statusCode, answer.chatEnded], [0, true], 'OPT-043')
      const left = must.haveEvent(answer, { type: 'ParticipantLeft', participantId: 1 }, 'OPT-043')
      must.equal(left.userData?.['quit-reason-code'], '5', 'OPT-043')
      await server.repairStore()
      must.equal((await other.send('hello')).chatEnded, false, 'OPT-043')
    },
  },
  ...(
    [
      ['none', false, false],
      ['agent', true, false],
      ['esp', false, true],
      ['both', true, true],
    ] as const
  ).map(([word, byAgent, byWorkflow]) => ({
    id: `CS-089/${word}` as const,
    title: `with session-restore-extend-by=${word} ${who(byAgent, byWorkflow)} a session too`,
    rules: ['CS-089', 'OPT-040'] as const,
    needs: ['agent', 'configuration', 'server control'] as const,
    async run({ customer, agent, anotherAgent, server, must }: Story) {
      await server.set('settings', 'session-restore-extend-by', word)
      await customer.requestChat()
      const restored = async (tries: () => Promise<boolean>) => {
        await server.killChatServer(await server.serverOf(customer))
        for (const each of [0, 1]) await server.startChatServer(each)
        const isBack = await tries()
        must.ok(await customer.refresh())
        return isBack
      }
      must.equal({ agent: await restored(() => agent.triesToJoin()) }, { agent: byAgent })
      const bot = anotherAgent('workflow')
      must.equal(
        { workflow: await restored(() => bot.triesToJoin({ partyType: 'External' })) },
        { workflow: byWorkflow },
      )
    },
  })),
  {
    id: 'CS-090/no-pushes',
    title:
      'after a restoration by an agent the customer is pushed nothing and is removed flex-disconnect-timeout later',
    rules: ['CS-090', 'OPT-041'],
    needs: ['agent', 'time control', 'push sink', 'configuration', 'server control'],
    async run({ customer, agent, sink, server, clock, must }) {
      await server.set('settings', 'session-restore-extend-by', 'agent')
      await customer.requestChat({ push: 'payload' })
      await server.killChatServer(await server.serverOf(customer))
      must.be(await agent.triesToJoin(), 'the agent to restore the session', 'it cannot join')
      await agent.says('hello')
      await clock.advance('44s')
      await sink.none()
      must.equal(customerIsPresent(await agent.sees()), true)
      await clock.advance('1s')
      must.equal(customerIsPresent(await agent.sees()), false)
    },
  },
  {
    id: 'CS-090/push-send',
    title:
      'with session-restore-push-send=true the customer is pushed and has flex-push-timeout after a restoration by an agent',
    rules: ['CS-090', 'OPT-041'],
    needs: ['agent', 'time control', 'push sink', 'configuration', 'server control'],
    async run({ customer, agent, sink, server, clock, must }) {
      await server.set('settings', 'session-restore-extend-by', 'both')
      await server.set('settings', 'session-restore-push-send', 'true')
      await customer.requestChat({ push: 'payload' })
      await server.killChatServer(await server.serverOf(customer))
      must.be(await agent.triesToJoin(), 'the agent to restore the session', 'it cannot join')
      must.equal((await sink.nextPush()).event?.type, 'ParticipantJoined')
      await clock.advance('10m')
      must.equal(customerIsPresent(await agent.sees()), true)
    },
  },
  {
    id: 'CS-091/pushes-go-on',
    title: 'after a restoration by the client its pushes go on, with the device and the mode from before',
    rules: ['CS-091'],
    needs: ['agent', 'push sink', 'server control'],
    async run({ customer, anotherCustomer, agent, anotherAgent, sink, sinkOf, server, must }) {
      const other = anotherCustomer()
      await customer.requestChat({ push: 'payload' })
      await other.requestChat({ push: 'reliable' })
      for (const each of [0, 1]) await server.killChatServer(each)
      await server.startChatServer(1)
      for (const each of [customer, other]) must.ok(await each.refresh())
      await agent.joins()
      must.equal((await sink.nextPush()).event?.type, 'ParticipantJoined')
      await anotherAgent('Eve').joins({ chatOf: other })
      must.equal((await sinkOf(other).nextPush()).position, '2')
    },
  },
  {
    id: 'CS-091/reliable-goes-on',
    title:
      'what a reliable push had announced before the failure and nobody retrieved is announced by the new instance',
    rules: ['CS-091', 'CS-053'],
    needs: ['agent', 'push sink', 'server control'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await agent.leaves()
      must.equal((await sink.pushes()).at(-1)?.position, '2')
      await server.killChatServer(await server.serverOf(customer))
      must.ok(await customer.updateData({ order: '7' }))
      const push = await sink.nextPush()
      must.equal([push.attempt, push.position], ['0', '2'])
    },
  },
  {
    id: 'CS-092/idle-time-left',
    title: 'killed at half of async-idle-alert, a session has its alert when it would have had it anyway',
    rules: ['CS-092'],
    needs: ['agent', 'time control', 'server control'],
    async run({ customer, agent, server, clock, must }) {
      await customer.requestChat({ async: true, push: 'payload' })
      await agent.joins()
      await clock.advance('12h')
      await server.killChatServer(await server.serverOf(customer))
      must.ok(await customer.refresh())
      await clock.advance('43199s')
      must.haveNoEvent(await customer.refresh(), { type: 'IdleAlert' })
      await clock.advance('1s')
      must.haveEvent(await customer.refresh(), { type: 'IdleAlert' })
    },
  },
  {
    id: 'CS-092/client-timer-anew',
    title: 'the restoring request gives the client its whole flex-disconnect-timeout again',
    rules: ['CS-092'],
    needs: ['time control', 'server control'],
    async run({ customer, server, clock, must }) {
      await customer.requestChat()
      await clock.advance('40s')
      await server.killChatServer(await server.serverOf(customer))
      must.ok(await customer.refresh())
      await clock.advance('44s')
      must.ok(await customer.refresh())
      await clock.advance('46s')
      must.refuse(await customer.post('refresh'))
    },
  },
  {
    id: 'CS-093/no-instance',
    title: 'while no instance runs the request may be repeated, and it restores the session when one is back',
    rules: ['CS-093'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      await customer.send('hello')
      for (const each of [0, 1]) await server.killChatServer(each)
      const answer = await customer.post('refresh')
      must.equal([answer.status, answer.statusCode, answer.chatEnded], [200, 1, false])
      await server.startChatServer(1)
      must.haveEvent(await customer.refresh(), { text: 'hello' })
    },
  },
  {
    id: 'CS-094/nobody-wrote',
    title: 'a session in which nobody wrote yet is restored with the join of its customer',
    rules: ['CS-094'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      await server.killChatServer(await server.serverOf(customer))
      const answer = await customer.refresh()
      must.ok(answer)
      must.haveTypes(answer, ['ParticipantJoined'])
    },
  },
  {
    id: 'CS-095/owner-returns',
    title: 'an instance that comes back leaves a session where it was restored, even when it is asked by its old alias',
    rules: ['CS-095'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      const { alias: old } = customer.tokens
      const owner = await server.serverOf(customer)
      await server.killChatServer(owner)
      const { body } = await customer.refresh()
      await server.startChatServer(owner)
      must.equal((await customer.send('hello')).body.alias, body.alias)
      must.equal((await customer.post('refresh', { alias: old })).body.alias, body.alias)
      must.equal(await server.serverOf(customer), 1 - owner)
    },
  },
  {
    id: 'CS-095/ended',
    title: 'a session that has ended is not restored',
    rules: ['CS-095', 'CV2-104'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      const owner = await server.serverOf(customer)
      await customer.disconnect()
      await server.killChatServer(owner)
      must.refuse(await customer.post('refresh'), 249, 'CV2-104')
    },
  },
])

function who(byAgent: boolean, byWorkflow: boolean): string {
  if (byAgent) return byWorkflow ? 'agent and workflow restore' : 'the agent restores'
  return byWorkflow ? 'the workflow restores' : 'neither agent nor workflow restore'
}

function customerIsPresent(view: { [member: string]: unknown }): boolean | undefined {
  const parties = view.parties as { participantId: number; present: boolean }[]
  return parties.find(({ participantId }) => participantId === 1)?.present
}
