import { cases } from '../../case.ts'
import { type Fields, formBody, multipart } from '../../story/chat-form.ts'
import type { Customer } from '../../story/customer.ts'
import { everyOperation } from '../../story/every-operation.ts'

const urlEncoded = { 'content-type': 'application/x-www-form-urlencoded' }
const annBee = { firstName: 'Ann', lastName: 'Bee', subject: 'Billing', 'userData[order]': '7' }

/** The tokens of a running chat and these fields, as `post` would send them. */
function withTokens({ tokens: { userId, secureKey, alias } }: Customer, fields: Fields = {}): Fields {
  return { userId, secureKey, alias, ...fields }
}

export const transport = cases('chat-v2', 'transport', [
  {
    id: 'CV2-001/every-operation',
    title: 'each operation is accepted with POST at its path',
    rules: ['CV2-001'],
    async run({ customer, must }) {
      must.ok(await customer.requestChat())
      for await (const [operation, answer] of everyOperation(customer)) {
        // The others were only observed.
        if (operation === 'send') must.ok(answer)
        else must.edge.ok(answer)
      }
    },
  },
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
    id: 'CV2-002/every-method',
    title: 'no method but POST reaches an operation, whatever is in the body',
    rules: ['CV2-002'],
    async run({ customer, must }) {
      await customer.requestChat()
      const body = formBody(withTokens(customer, { message: 'hello' }))
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const answer = await customer.http({ method, path: customer.path('send'), headers: urlEncoded, body })
        must.status(answer, 405, 9005)
        must.equal(answer.headers.allow, 'POST')
      }
      must.status(await customer.http({ method: 'GET', path: customer.path('refresh') }), 405, 9005)
      must.haveTypes(await customer.refresh(), ['ParticipantJoined'])
    },
  },
  {
    id: 'CV2-003/multipart',
    title: 'request chat takes a multipart form and makes the same chat of it as of an urlencoded one',
    rules: ['CV2-003'],
    async run({ customer, anotherCustomer, must }) {
      const second = anotherCustomer()
      const one = await customer.postChat(annBee)
      const two = await second.http(multipart(annBee))
      must.ok(one)
      must.ok(two)
      must.equal(two.messages[0]?.from, one.messages[0]?.from)
      must.ok(await second.refresh())
    },
  },
  {
    id: 'CV2-003/attached-data',
    title: 'what the agent sees attached does not depend on the encoding of the form',
    rules: ['CV2-003'],
    needs: ['agent'],
    async run({ customer, anotherCustomer, agent, anotherAgent, must }) {
      const second = anotherCustomer()
      const eve = anotherAgent()
      must.ok(await customer.postChat(annBee))
      must.ok(await second.http(multipart(annBee)))
      await agent.joins()
      await eve.joins({ chatOf: second })
      must.equal((await eve.sees()).userData, (await agent.sees()).userData)
    },
  },
  {
    id: 'CV2-004/escapes',
    title: 'a plus sign and percent escapes in an urlencoded form are read as what they stand for',
    rules: ['CV2-004'],
    async run({ customer, must }) {
      await customer.requestChat()
      const body = `message=1%2B1+%3d%20100%25%26more&${formBody(withTokens(customer))}`
      must.ok(await customer.http({ path: customer.path('send'), headers: urlEncoded, body }))
      must.haveEvent(await customer.refresh(), { type: 'Message', text: '1+1 = 100%&more' })
    },
  },
  {
    id: 'CV2-004/charset',
    title: 'an urlencoded form may name its charset, and in any case of letters',
    rules: ['CV2-004', 'CV2-003'],
    async run({ customer, must }) {
      const headers = { 'content-type': 'Application/X-WWW-Form-URLEncoded; Charset=utf-8' }
      must.ok(await customer.http({ headers, body: formBody(annBee) }), 'CV2-003')
      const body = formBody(withTokens(customer, { message: 'grüezi' }))
      must.ok(await customer.http({ path: customer.path('send'), headers, body }))
      must.haveEvent(await customer.refresh(), { type: 'Message', text: 'grüezi' })
    },
  },
  {
    id: 'CV2-005/multipart',
    title: 'the operations after request chat take a multipart form too',
    rules: ['CV2-005'],
    async run({ customer, must }) {
      await customer.requestChat()
      const post = (operation: string, fields: Record<string, string>) =>
        customer.http({ path: customer.path(operation), ...multipart(withTokens(customer, fields)) })
      must.ok(await post('send', { message: 'two\nlines' }))
      must.ok(await post('updateNickname', { nickname: 'Annie' }))
      must.haveEvent(await post('refresh', {}), { type: 'Message', text: 'two\nlines' })
      must.equal((await post('disconnect', {})).chatEnded, true)
    },
  },
  {
    id: 'CV2-006/json-body',
    title: 'a send with a JSON body is answered 415 and adds nothing to the transcript',
    rules: ['CV2-006'],
    async run({ customer, must }) {
      await customer.requestChat()
      const answer = await customer.http({
        path: customer.path('send'),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(withTokens(customer, { message: 'hello' })),
      })
      must.status(answer, 415)
      must.haveNoEvent(await customer.refresh(), { type: 'Message' })
    },
  },
  {
    id: 'CV2-006/other-types',
    title: 'a form that calls itself plain text, XML or bytes is answered 415 with 9006',
    rules: ['CV2-006'],
    async run({ customer, must }) {
      for (const type of ['text/plain', 'application/xml', 'application/octet-stream'])
        must.status(await customer.http({ headers: { 'content-type': type }, body: formBody(annBee) }), 415, 9006)
      await customer.requestChat()
      const headers = { 'content-type': 'text/plain' }
      const body = formBody(withTokens(customer))
      must.status(await customer.http({ path: customer.path('disconnect'), headers, body }), 415, 9006)
      must.ok(await customer.refresh())
    },
  },
  {
    id: 'CV2-007/every-answer',
    title: 'the answer to each operation says that it is application/json',
    rules: ['CV2-007'],
    async run({ customer, must }) {
      const json = /^application\/json\s*(;|$)/i
      must.match((await customer.requestChat()).headers['content-type'], json)
      for await (const [, answer] of everyOperation(customer)) must.match(answer.headers['content-type'], json)
      must.match((await customer.post('refresh')).headers['content-type'], json)
    },
  },
  {
    id: 'CV2-007/refusals',
    title: 'an answer with HTTP 400, 404, 405 or 415 says that it is application/json, too',
    rules: ['CV2-007'],
    async run({ customer, must }) {
      const answers = [
        await customer.postChat({}),
        await customer.http({ path: `${customer.path()}/0001Abc123DEF001/dance`, headers: urlEncoded }),
        await customer.http({ method: 'GET' }),
        await customer.http({ headers: { 'content-type': 'application/json' }, body: '{}' }),
      ]
      for (const { headers } of answers) must.edge.match(headers['content-type'], /^application\/json\s*(;|$)/i)
    },
  },
  {
    id: 'CV2-008/request-chat',
    title: 'request chat at a service that does not exist is answered 404 with 9003',
    rules: ['CV2-008'],
    async run({ customer, must }) {
      customer.use('no-such-service')
      must.status(await customer.postChat(annBee), 404, 9003)
    },
  },
  {
    id: 'CV2-008/operation',
    title: 'a running chat is not to be had under the name of a service that does not exist',
    rules: ['CV2-008'],
    async run({ customer, must }) {
      await customer.requestChat()
      const path = customer.path('send').replace(/chat\/[^/]+/, 'chat/no-such-service')
      const body = formBody(withTokens(customer, { message: 'hello' }))
      must.status(await customer.http({ path, headers: urlEncoded, body }), 404, 9003)
      must.haveNoEvent(await customer.refresh(), { type: 'Message' })
    },
  },
  {
    id: 'CV2-009/unknown-operation',
    title: 'an operation that does not exist is answered 404 with 9004',
    rules: ['CV2-009'],
    async run({ customer, must }) {
      await customer.requestChat()
      const body = formBody(withTokens(customer, { message: 'hello' }))
      for (const operation of ['dance', 'sendMessage', 'send/now'])
        must.status(await customer.http({ path: customer.path(operation), headers: urlEncoded, body }), 404, 9004)
      must.haveTypes(await customer.refresh(), ['ParticipantJoined'])
    },
  },
  {
    id: 'CV2-010/trailing-slash',
    title: 'request chat is accepted with a slash after the service name',
    rules: ['CV2-010'],
    async run({ customer, must }) {
      const answer = await customer.http({ path: `${customer.path()}/`, headers: urlEncoded, body: formBody(annBee) })
      must.ok(answer)
      must.haveEvent(answer, { type: 'ParticipantJoined', nickname: 'Ann Bee' })
    },
  },
  {
    id: 'CV2-011/widget-form',
    title: 'request chat ignores empty tokens, a text, a position and fields that nobody knows',
    rules: ['CV2-011'],
    async run({ customer, must }) {
      const superfluous = {
        alias: '',
        secureKey: '',
        userId: '',
        text: 'hello',
        transcriptPosition: '1',
        colour: 'red',
      }
      const answer = await customer.postChat({ ...annBee, ...superfluous })
      must.ok(answer)
      must.haveTypes(answer, ['ParticipantJoined'])
      must.haveTypes(await customer.refresh(), ['ParticipantJoined'])
    },
  },
  {
    id: 'CV2-011/any-operation',
    title: 'an operation ignores fields of other operations and fields that nobody knows',
    rules: ['CV2-011'],
    async run({ customer, must }) {
      await customer.requestChat()
      const superfluous = { text: 'hello', colour: 'red', chatId: 'another', nickname: 'Zoe', pushUrl: 'about:blank' }
      must.ok(await customer.post('send', { ...superfluous, message: 'two' }))
      must.ok(await customer.post('startTyping', { ...superfluous, message: '', transcriptPosition: '1' }))
      must.ok(await customer.post('refresh', { ...superfluous, message: '' }))
      const answer = await customer.refresh()
      must.haveTypes(answer, ['ParticipantJoined', 'Message', 'TypingStarted'])
      must.haveEvent(answer, { index: 2, text: 'two', nickname: 'Ann Bee' })
    },
  },
  {
    id: 'CV2-012/empty-field',
    title: 'an operation whose mandatory field is empty is answered 400 with 9001 and does nothing',
    rules: ['CV2-012'],
    async run({ customer, must }) {
      await customer.requestChat()
      must.status(await customer.post('send', { message: '' }), 400, 9001)
      must.status(await customer.post('pushUrl', { pushUrl: '' }), 400, 9001)
      must.status(await customer.post('updateNickname', { nickname: '' }), 400, 9001)
      must.haveTypes(await customer.refresh(), ['ParticipantJoined'])
    },
  },
  {
    id: 'CV2-012/empty-token',
    title: 'an empty token counts as missing, not as a wrong one: 400 with 9001, and the chat goes on',
    rules: ['CV2-012'],
    async run({ customer, must }) {
      await customer.requestChat()
      for (const token of ['alias', 'userId', 'secureKey']) {
        must.status(await customer.post('refresh', { [token]: '' }), 400, 9001)
        must.status(await customer.post('refresh', { [token]: undefined }), 400, 9001)
      }
      must.ok(await customer.refresh())
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
  {
    id: 'CV2-013/every-text',
    title: 'previews, notices, nicknames and URLs are UTF-8 too, and in multipart forms',
    rules: ['CV2-013'],
    async run({ customer, must }) {
      await customer.http(multipart({ nickname: 'Łucja 🦊' }))
      await customer.startTyping('ça va…')
      await customer.customNotice('مرحبا')
      await customer.pushUrl('https://example.com/größe?q=дом')
      await customer.updateNickname('山田太郎')
      const answer = await customer.refresh()
      must.haveEvent(answer, { type: 'ParticipantJoined', nickname: 'Łucja 🦊' })
      must.haveEvent(answer, { type: 'TypingStarted', text: 'ça va…' })
      must.haveEvent(answer, { type: 'CustomNotice', text: 'مرحبا' })
      must.haveEvent(answer, { type: 'PushUrl', text: 'https://example.com/größe?q=дом' })
      must.haveEvent(answer, { type: 'NicknameUpdated', text: '山田太郎' })
    },
  },
  {
    id: 'CV2-013/attached-data',
    title: 'keys and values of attached data are UTF-8 too',
    rules: ['CV2-013'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      await customer.requestChat({ subject: 'Rückgabe', userData: { größe: 'XL – 特大' } })
      await agent.joins()
      const { userData } = await agent.sees()
      must.equal([userData.Subject, userData.größe], ['Rückgabe', 'XL – 特大'])
    },
  },
  {
    id: 'CV2-014/unknown-headers',
    title: 'an API key, a tracing id and other unknown headers change nothing',
    rules: ['CV2-014'],
    async run({ customer, must }) {
      const headers = { ...urlEncoded, apikey: '0123', 'x-api-key': '0123', 'x-request-id': 'r-1', 'x-gauge': 'chat' }
      must.ok(await customer.http({ headers, body: formBody(annBee) }))
      const body = formBody(withTokens(customer, { message: 'hello' }))
      must.ok(await customer.http({ path: customer.path('send'), headers, body }))
      must.haveEvent(await customer.refresh(), { type: 'Message', text: 'hello' })
    },
  },
  {
    id: 'CV2-015/other-node',
    title: 'a chat that one node began goes on through the other when the first one is gone',
    rules: ['CV2-015'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      await customer.send('through the first')
      customer.through(1)
      must.ok(await customer.send('through the second'))
      await server.stopNode(0)
      const answer = await customer.refresh()
      must.ok(answer)
      must.haveTypes(answer, ['ParticipantJoined', 'Message', 'Message'])
      must.equal((await customer.disconnect()).chatEnded, true)
    },
  },
])
