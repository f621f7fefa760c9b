import { cases } from '../../case.ts'
import type { SessionView } from '../../story/agent.ts'
import type { Operation } from '../../story/customer.ts'

/** Ann has gone, or has been removed, for this reason. */
const left = (reason: string) => ({
  type: 'ParticipantLeft' as const,
  participantId: 1,
  userData: { 'quit-reason-code': reason },
})
const overIn = ({ over }: SessionView) => ({ over })
const annLeft = { type: 'ParticipantLeft', participantId: 1 } as const

export const lifeCycle = cases('chat-server', 'life-cycle', [
  {
    id: 'CS-001/45-seconds',
    title: 'a party without subscription is removed 45 s after its last request, not earlier',
    rules: ['CS-001'],
    needs: ['time control', 'agent'],
    async run({ customer, agent, clock, must }) {
      await customer.requestChat()
      await agent.joins()
      await clock.advance('44s')
      must.haveNoEvent((await agent.sees()).transcript, annLeft)
      await clock.advance('1s')
      must.haveEvent((await agent.sees()).transcript, annLeft)
    },
  },
  {
    id: 'CS-002/refresh-restarts',
    title: 'a refresh that finds nothing restarts the timer',
    rules: ['CS-002'],
    needs: ['time control'],
    async run({ customer, clock, must }) {
      await customer.requestChat()
      await clock.advance('40s')
      must.ok(await customer.refresh(2))
      await clock.advance('40s')
      must.ok(await customer.refresh(2))
    },
  },
  {
    id: 'CS-002/every-operation-restarts',
    title: 'every operation restarts the timer, typing and read receipts included',
    rules: ['CS-002'],
    needs: ['time control'],
    async run({ customer, clock, must }) {
      await customer.requestChat()
      const operations = [
        () => customer.startTyping(),
        () => customer.stopTyping(),
        () => customer.readReceipt(1),
        () => customer.updateData({ order: '7' }),
        () => customer.customNotice('waits'),
        () => customer.pushUrl('https://example.com/order/7'),
        () => customer.updateNickname('Annie'),
        () => customer.send('hello'),
      ]
      for (const operation of operations) {
        await clock.advance('40s')
        must.ok(await operation())
      }
    },
  },
  {
    id: 'CS-003/agent-talks',
    title: 'a silent customer is removed after 45 s, however much the agent writes',
    rules: ['CS-003'],
    needs: ['time control', 'agent'],
    async run({ customer, agent, clock, must }) {
      await customer.requestChat()
      await agent.joins()
      for (const text of ['hello?', 'are you there?']) {
        await clock.advance('20s')
        await agent.says(text)
      }
      await clock.advance('5s')
      must.haveEvent((await agent.sees()).transcript, annLeft)
    },
  },
  {
    id: 'CS-004/ping-at-the-end',
    title: 'the ping leaves flex-push-timeout after the last request, made visible by forward-ping',
    rules: ['CS-004'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, clock, server, must }) {
      await server.set('settings', 'flex-push-timeout', '300')
      await server.set('refserver', 'forward-ping', 'true')
      await customer.requestChat({ push: 'reliable' })
      await clock.advance('299s')
      await sink.none()
      await clock.advance('1s')
      must.equal((await sink.nextPush()).attempt, '0')
    },
  },
  {
    id: 'CS-005/request-after-ping',
    title: 'a request in the period after the ping makes the party active again: all timers begin anew',
    rules: ['CS-005'],
    needs: ['time control', 'configuration', 'agent'],
    async run({ customer, agent, clock, server, must }) {
      await server.set('settings', 'flex-push-timeout', '300')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await clock.advance('599s')
      must.ok(await customer.refresh(0))
      await clock.advance('644s')
      must.haveNoEvent((await agent.sees()).transcript, annLeft)
    },
  },
  {
    id: 'CS-006/third-timer',
    title: 'after the period of the ping the party still has flex-disconnect-timeout for a request',
    rules: ['CS-006'],
    needs: ['time control', 'configuration'],
    async run({ customer, clock, server, must }) {
      await server.set('settings', 'flex-push-timeout', '300')
      await customer.requestChat({ push: 'payload' })
      await clock.advance('644s')
      must.ok(await customer.post('refresh', { transcriptPosition: '0' }))
    },
  },
  {
    id: 'CS-007/removed-for-silence',
    title: 'without any request the subscribed party is removed after all three timers, with reason 3',
    rules: ['CS-007', 'CS-006'],
    needs: ['time control', 'configuration', 'agent'],
    async run({ customer, agent, clock, server, must }) {
      await server.set('settings', 'flex-push-timeout', '300')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await clock.advance('644s')
      must.haveNoEvent((await agent.sees()).transcript, annLeft, 'CS-006')
      await clock.advance('1s')
      must.haveEvent((await agent.sees()).transcript, left('3'))
    },
  },
  {
    id: 'CS-009/no-trace-of-a-ping',
    title: 'a ping is not pushed and takes no index',
    rules: ['CS-009'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, clock, server, must }) {
      await server.set('settings', 'flex-push-timeout', '300')
      const { nextPosition } = await customer.requestChat({ push: 'reliable' })
      await clock.advance('301s')
      await sink.none()
      const answer = await customer.refresh()
      must.haveTypes(answer, ['ParticipantJoined'])
      must.equal(answer.nextPosition, nextPosition)
    },
  },
  {
    id: 'CS-009/forwarded',
    title: 'a ping that is forwarded takes no index either',
    rules: ['CS-009'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, clock, server, must }) {
      await server.set('settings', 'flex-push-timeout', '300')
      await server.set('refserver', 'forward-ping', 'true')
      const { nextPosition } = await customer.requestChat({ push: 'reliable' })
      await clock.advance('300s')
      await sink.nextPush()
      must.equal((await customer.refresh()).nextPosition, nextPosition)
    },
  },
  {
    id: 'CS-010/agent-left',
    title: 'that an agent left has its reason 0 in the push and none in the answer',
    rules: ['CS-010'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      await agent.leaves()
      const pushed = (await sink.nextPush()).event
      must.equal(pushed?.userData?.['quit-reason-code'], '0')
      const answered = must.haveEvent(await customer.refresh(), { type: 'ParticipantLeft' })
      must.equal(answered.userData?.['quit-reason-code'], undefined)
    },
  },
  {
    id: 'CS-010/removed-for-silence',
    title: 'the push that tells of a removal for inactivity has reason 3',
    rules: ['CS-010'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, clock, server, must }) {
      await server.set('settings', 'flex-push-timeout', '300')
      await customer.requestChat({ push: 'payload' })
      await clock.advance('645s')
      must.equal((await sink.nextPush()).event?.userData?.['quit-reason-code'], '3')
    },
  },
  {
    id: 'CS-011/agent-stays',
    title: 'after the removal of a silent customer the agent can go on',
    rules: ['CS-011'],
    needs: ['time control', 'agent'],
    async run({ customer, agent, clock, must }) {
      await customer.requestChat()
      await agent.joins()
      await clock.advance('45s')
      must.equal(overIn(await agent.sees()), { over: false })
      await agent.says('a note for the history')
      must.haveEvent((await agent.sees()).transcript, { type: 'Message', text: 'a note for the history' })
    },
  },
  {
    id: 'CS-011/customer-is-out',
    title: 'after the removal of a silent customer each of its requests is fatal, the first one included',
    rules: ['CS-011'],
    needs: ['time control', 'agent'],
    async run({ customer, agent, clock, must }) {
      await customer.requestChat()
      await agent.joins()
      await clock.advance('45s')
      for (const operation of ['refresh', 'refresh', 'readReceipt'] satisfies Operation[])
        must.refuse(await customer.post(operation, { transcriptPosition: '1' }), 249)
    },
  },
  {
    id: 'CS-012/customer-leaves-first',
    title: 'the session goes on for the agent when the customer leaves, and is over when the agent leaves',
    rules: ['CS-012'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await customer.disconnect()
      must.equal(overIn(await agent.sees()), { over: false })
      await agent.leaves()
      must.equal(overIn(await agent.sees()), { over: true })
    },
  },
  {
    id: 'CS-012/agent-leaves-first',
    title: 'the session goes on for the customer when the agent leaves, and is over when the customer leaves',
    rules: ['CS-012'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.leaves()
      must.equal(overIn(await agent.sees()), { over: false })
      await customer.disconnect()
      must.equal(overIn(await agent.sees()), { over: true })
    },
  },
  {
    id: 'CS-012/second-agent-holds',
    title: 'after the customer the session lasts until the last of two agents has gone',
    rules: ['CS-012'],
    needs: ['agent'],
    async run({ customer, agent, anotherAgent, must }) {
      await customer.requestChat()
      await agent.joins()
      const supervisor = anotherAgent()
      await supervisor.joins({ partyType: 'Supervisor' })
      await customer.disconnect()
      await agent.leaves()
      must.equal(overIn(await supervisor.sees()), { over: false })
      await supervisor.leaves()
      must.equal(overIn(await supervisor.sees()), { over: true })
    },
  },
  {
    id: 'CS-012/bot-does-not-hold',
    title: 'a bot that stays does not hold the session',
    rules: ['CS-012'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins({ nickname: 'Helper', partyType: 'External' })
      await customer.disconnect()
      must.equal(overIn(await agent.sees()), { over: true })
    },
  },
  {
    id: 'CS-013/forced-close',
    title:
      'a forced close removes the customer with reason 4 in the index after that of the agent, and ends the session',
    rules: ['CS-013'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.closes()
      const answer = await customer.refresh()
      const bob = must.haveEvent(answer, { type: 'ParticipantLeft', nickname: 'Bob' })
      must.haveEvent(answer, { ...left('4'), index: Number(bob.index) + 1 })
      must.end(answer)
      must.equal(overIn(await agent.sees()), { over: true })
    },
  },
  {
    id: 'CS-014/next-agent',
    title: 'after the last agent has left the customer writes on, and the next agent finds it',
    rules: ['CS-014'],
    needs: ['agent'],
    async run({ customer, agent, anotherAgent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.leaves()
      must.ok(await customer.send('is anybody there?'))
      const next = anotherAgent()
      await next.joins()
      must.haveEvent((await next.sees()).transcript, { type: 'Message', text: 'is anybody there?' })
      must.haveEvent(await customer.refresh(), { type: 'ParticipantJoined', nickname: 'Eve' })
    },
  },
  {
    id: 'CS-015/wrong-key',
    title: 'one request with a wrong secure key removes the party with reason 6, and the right key no longer helps',
    rules: ['CS-015'],
    needs: ['agent', 'destructive'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      must.refuse(await customer.post('refresh', { secureKey: '0123456789abcdef' }))
      must.haveEvent((await agent.sees()).transcript, left('6'))
      must.refuse(await customer.post('refresh'))
    },
  },
  {
    id: 'CS-016/disconnect-timeout',
    title: 'a new flex-disconnect-timeout leaves the running timer alone and governs the next one',
    rules: ['CS-016'],
    needs: ['time control', 'configuration', 'agent'],
    async run({ customer, agent, clock, server, must }) {
      await customer.requestChat()
      await agent.joins()
      await server.set('settings', 'flex-disconnect-timeout', '20')
      await clock.advance('44s')
      must.edge.haveNoEvent((await agent.sees()).transcript, annLeft)
      must.ok(await customer.post('refresh', { transcriptPosition: '0' }))
      await clock.advance('19s')
      must.haveNoEvent((await agent.sees()).transcript, annLeft)
      await clock.advance('1s')
      must.haveEvent((await agent.sees()).transcript, annLeft)
    },
  },
  {
    id: 'CS-016/push-timeout',
    title: 'a new flex-push-timeout governs the timer that the next request starts',
    rules: ['CS-016'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, clock, server }) {
      await server.set('settings', 'flex-push-timeout', '300')
      await server.set('refserver', 'forward-ping', 'true')
      await customer.requestChat({ push: 'reliable' })
      await server.set('settings', 'flex-push-timeout', '100')
      await customer.refresh()
      await clock.advance('99s')
      await sink.none()
      await clock.advance('1s')
      await sink.nextPush()
    },
  },
  {
    id: 'CS-008/live-session',
    title: 'a silent client with a live CometD session stays in the chat, one without is removed',
    rules: ['CS-008'],
    needs: ['time control', 'configuration'],
    async run({ comet, anotherComet, clock, server, must }) {
      await server.set('settings', 'flex-push-timeout', '120')
      const gone = anotherComet()
      for (const each of [comet, gone]) must.ok(await each.requestChat())
      await gone.leaves()
      for (let passed = 0; passed < 300; passed += 9) {
        await clock.advance('9s')
        await comet.breathes()
      }
      must.ok(await comet.send('still here'))
      must.equal((await gone.requestNotifications()).statusCode, 2)
    },
  },
])
