import { cases } from '../../case.ts'

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
      must.haveNoEvent((await agent.sees()).transcript, { type: 'ParticipantLeft' })
      await clock.advance('1s')
      must.haveEvent((await agent.sees()).transcript, { type: 'ParticipantLeft', participantId: 1 })
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
])
