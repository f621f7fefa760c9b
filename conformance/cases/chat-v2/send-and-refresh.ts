import { cases } from '../../case.ts'

export const sendAndRefresh = cases('chat-v2', 'send-and-refresh', [
  {
    id: 'CV2-080/no-position',
    title: 'send without a position, and with position 0, returns no events',
    rules: ['CV2-080'],
    async run({ customer, must }) {
      await customer.requestChat()
      must.haveTypes(await customer.send('one'), [])
      must.haveTypes(await customer.send('two', { transcriptPosition: 0 }), [])
    },
  },
  {
    id: 'CV2-085/from-the-middle',
    title: 'refresh from n returns the events from index n on and no other',
    rules: ['CV2-085'],
    async run({ customer, must }) {
      await customer.requestChat()
      for (const text of ['two', 'three', 'four']) await customer.send(text)
      const answer = await customer.refresh(3)
      must.equal(
        answer.messages.map(event => [event.index, event.text]),
        [
          [3, 'three'],
          [4, 'four'],
        ],
      )
    },
  },
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
