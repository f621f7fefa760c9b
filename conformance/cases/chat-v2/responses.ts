import { cases } from '../../case.ts'

export const responses = cases('chat-v2', 'responses', [
  {
    id: 'CV2-036/no-name',
    title: 'request chat without a usable name is refused with the code that says which one is missing',
    rules: ['CV2-036'],
    async run({ customer, must }) {
      must.status(await customer.postChat({}), 400, 161)
      must.status(await customer.postChat({ lastName: 'Bee' }), 400, 102)
      must.status(await customer.postChat({ firstName: 'Ann' }), 400, 103)
    },
  },
])
