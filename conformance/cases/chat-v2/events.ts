import { cases } from '../../case.ts'

export const events = cases('chat-v2', 'events', [
  {
    id: 'CV2-061/agent-leaves',
    title: 'an agent who leaves by itself shows no quit reason in an answer',
    rules: ['CV2-061'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.leaves()
      const left = must.haveEvent(await customer.refresh(), { type: 'ParticipantLeft', nickname: 'Bob' })
      must.equal(left.userData?.['quit-reason-code'], undefined)
    },
  },
  {
    id: 'CV2-066/agent-only',
    title: 'a message between agents takes an index and is not delivered to the customer',
    rules: ['CV2-066'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.says('between us', { agentOnly: true })
      await agent.says('for you')
      const answer = await customer.refresh()
      must.haveNoEvent(answer, { text: 'between us' })
      must.haveEvent(answer, { text: 'for you', index: 4 })
    },
  },
])
