import { cases } from '../../case.ts'

export const otherOperations = cases('chat-v2', 'other-operations', [
  {
    id: 'CV2-101/after-disconnect',
    title: 'after disconnect each operation with the old tokens is fatal',
    rules: ['CV2-101', 'CV2-100'],
    async run({ customer, must }) {
      await customer.requestChat()
      const goodbye = await customer.disconnect()
      must.ok(goodbye, 'CV2-100')
      must.equal([goodbye.chatEnded, goodbye.messages, goodbye.body.secureKey], [true, [], undefined], 'CV2-100')
      for (const operation of ['send', 'refresh', 'startTyping', 'disconnect'] as const)
        must.refuse(await customer.post(operation, { message: 'hello' }))
    },
  },
  {
    id: 'CV2-103/wrong-key',
    title: 'a wrong secureKey is answered 249, and the right one does not help afterwards',
    rules: ['CV2-103'],
    needs: ['destructive'],
    async run({ customer, must }) {
      await customer.requestChat()
      must.refuse(await customer.post('refresh', { secureKey: '00000000000000000000' }), 249)
      must.refuse(await customer.post('refresh'), 249)
    },
  },
  {
    id: 'CV2-108/agent-closes',
    title: 'after the agent closed the chat one refresh tells the end, later ones are fatal',
    rules: ['CV2-108'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat()
      await agent.joins()
      await agent.closes()
      const rest = await customer.refresh(2)
      must.ok(rest)
      must.equal(rest.chatEnded, true)
      must.edge.haveTypes(rest, ['ParticipantJoined', 'ParticipantLeft', 'ParticipantLeft'])
      must.refuse(await customer.post('refresh'))
    },
  },
])
