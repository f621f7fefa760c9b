import { cases } from '../../case.ts'

export const transport = cases('chat-v2', 'transport', [
  {
    id: 'CV2-002/get',
    title: 'GET on the path of request chat is answered 405 with Allow: POST',
    rules: ['CV2-002'],
    async run({ customer, must }) {
      const answer = await customer.http({ method: 'GET' })
      must.status(answer, 405)
      must.equal(answer.headers.allow, 'POST')
    },
  },
  {
    id: 'CV2-006/json-body',
    title: 'a send with a JSON body is answered 415 and adds nothing to the transcript',
    rules: ['CV2-006'],
    async run({ customer, must }) {
      await customer.requestChat()
      const { userId, secureKey, alias } = customer.tokens
      const answer = await customer.http({
        path: customer.path('send'),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ message: 'hello', userId, secureKey, alias }),
      })
      must.status(answer, 415)
      must.haveNoEvent(await customer.refresh(), { type: 'Message' })
    },
  },
  {
    id: 'CV2-013/emoji',
    title: 'text beyond ASCII comes back as it was sent',
    rules: ['CV2-013'],
    async run({ customer, must }) {
      await customer.requestChat({ firstName: 'Ελένη', lastName: 'Åse' })
      const text = 'Grüße – спасибо 👍🏽 漢字'
      await customer.send(text)
      const answer = await customer.refresh()
      must.haveEvent(answer, { type: 'Message', text, nickname: 'Ελένη Åse' })
    },
  },
])
