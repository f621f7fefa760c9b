import { cases } from '../../case.ts'

export const clientActivity = cases('options', 'client-activity', [
  {
    id: 'OPT-020/at-once',
    title: 'a new flex-disconnect-timeout governs the next timer',
    rules: ['OPT-020', 'CS-016'],
    needs: ['time control', 'configuration'],
    async run({ customer, server, clock, must }) {
      await server.set('settings', 'flex-disconnect-timeout', '10')
      await customer.requestChat()
      await clock.advance('9s')
      must.ok(await customer.refresh())
      await clock.advance('11s')
      must.refuse(await customer.post('refresh'))
    },
  },
  {
    id: 'OPT-026/resend-delay',
    title: 'a new flex-push-resend-delay is in force at once',
    rules: ['OPT-026'],
    needs: ['time control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, clock, must }) {
      await server.set('settings', 'flex-push-resend-delay', '3')
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      await clock.advance('3s')
      must.equal((await sink.nextPush()).attempt, '1')
    },
  },
])
