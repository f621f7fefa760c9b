import { cases } from '../../case.ts'

export const sendAndRefresh = cases('chat-v2', 'send-and-refresh', [
  {
    id: 'CV2-087/after-send',
    title: 'nextPosition is one above the index of the message that was just sent',
    rules: ['CV2-087'],
    async run({ customer, must }) {
      await customer.requestChat()
      const answer = await customer.send('hello')
      must.ok(answer)
      must.equal(answer.nextPosition, 3)
    },
  },
])
