import { cases } from '../../case.ts'
import type { Answer } from '../../story/answer.ts'
import { everyOperation } from '../../story/every-operation.ts'

const formType = { 'content-type': 'application/x-www-form-urlencoded' }
const isText = (value: unknown) => typeof value === 'string' && value !== ''

export const responses = cases('chat-v2', 'responses', [
  {
    id: 'CV2-020/every-answer',
    title: 'each answer with HTTP 200 has an integer statusCode, 0 where all is well and 2 after the end',
    rules: ['CV2-020'],
    async run({ customer, must }) {
      must.equal((await customer.requestChat()).statusCode, 0)
      for await (const [, answer] of everyOperation(customer)) must.equal(answer.statusCode, 0)
      const { status, statusCode } = await customer.post('send', { message: 'still there?' })
      must.be(status !== 200 || statusCode === 2, 'statusCode 2', statusCode)
    },
  },
  {
    id: 'CV2-020/push',
    title: 'a notification has an integer statusCode, too',
    rules: ['CV2-020'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      must.equal((await sink.nextPush()).message.statusCode, 0)
    },
  },
  {
    id: 'CV2-021/newest-tokens',
    title: 'the tokens of each answer are good for the next request',
    rules: ['CV2-021'],
    async run({ customer, must }) {
      must.ok(await customer.requestChat())
      for await (const [, answer] of everyOperation(customer)) must.ok(answer)
    },
  },
  {
    id: 'CV2-021/next-position',
    title: 'the nextPosition of an answer is where the next events begin',
    rules: ['CV2-021'],
    async run({ customer, must }) {
      let { nextPosition } = await customer.requestChat()
      for (const text of ['two', 'three', 'four']) {
        await customer.send(text)
        const answer = await customer.refresh(nextPosition)
        must.equal(
          answer.messages.map(event => event.text),
          [text],
        )
        nextPosition = answer.nextPosition
      }
    },
  },
  {
    id: 'CV2-022/lost-link',
    title: 'without a Chat Server a request is answered statusCode 1, and succeeds when it is made again later',
    rules: ['CV2-022'],
    needs: ['fault injection'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      for (const chatServer of [0, 1]) await server.cutLink(0, chatServer)
      const failed = await customer.send('hello')
      must.equal([failed.status, failed.statusCode], [200, 1])
      for (const chatServer of [0, 1]) await server.restoreLink(0, chatServer)
      must.ok(await customer.send('hello'))
      must.haveEvent(await customer.refresh(), { type: 'Message', text: 'hello' })
    },
  },
  {
    id: 'CV2-022/request-chat',
    title: 'without a Chat Server request chat is answered statusCode 1, and succeeds when it is made again later',
    rules: ['CV2-022'],
    needs: ['fault injection'],
    async run({ customer, server, must }) {
      for (const chatServer of [0, 1]) await server.cutLink(0, chatServer)
      const failed = await customer.requestChat()
      must.equal([failed.status, failed.statusCode], [200, 1])
      for (const chatServer of [0, 1]) await server.restoreLink(0, chatServer)
      must.ok(await customer.requestChat())
    },
  },
  {
    id: 'CV2-023/after-the-end',
    title: 'a request that is refused after the end is refused each time it is made again',
    rules: ['CV2-023'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.disconnect()
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        must.notEqual((await customer.post('send', { message: 'hello' })).statusCode, 0)
        must.notEqual((await customer.post('refresh')).statusCode, 0)
      }
    },
  },
  {
    id: 'CV2-023/foreign-user',
    title: 'a userId that was refused is refused each time it is tried again',
    rules: ['CV2-023'],
    async run({ customer, must }) {
      await customer.requestChat()
      for (let attempt = 1; attempt <= 3; attempt += 1)
        must.notEqual((await customer.post('refresh', { userId: '0A1B2C3D4E5F0001' })).statusCode, 0)
    },
  },
  {
    id: 'CV2-024/lost-link',
    title: 'an answer with statusCode 1 does not say that the chat has ended',
    rules: ['CV2-024'],
    needs: ['fault injection'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      for (const chatServer of [0, 1]) await server.cutLink(0, chatServer)
      for (const answer of [await customer.refresh(), await customer.send('hello'), await customer.disconnect()]) {
        must.equal(answer.statusCode, 1)
        must.notEqual(answer.chatEnded, true)
      }
    },
  },
  {
    id: 'CV2-025/every-answer',
    title: 'each answer after that of request chat tells chatEnded: false, true for disconnect and after it',
    rules: ['CV2-025'],
    async run({ customer, must }) {
      await customer.requestChat()
      for await (const [operation, answer] of everyOperation(customer))
        must.equal(answer.chatEnded, operation === 'disconnect')
      must.edge.equal((await customer.post('refresh')).chatEnded, true)
    },
  },
  {
    id: 'CV2-026/every-answer',
    title: 'each answer with HTTP 200 has messages, an array, also of one event or none',
    rules: ['CV2-026'],
    async run({ customer, must }) {
      const check = ({ status, body: { messages } }: Answer) =>
        must.be(status !== 200 || Array.isArray(messages), 'an array of messages', messages)
      check(await customer.requestChat())
      check(await customer.refresh(1))
      check(await customer.refresh(9999))
      for await (const [, answer] of everyOperation(customer)) check(answer)
      check(await customer.post('refresh'))
    },
  },
  {
    id: 'CV2-027/every-answer',
    title: 'tokens are texts and nextPosition is an integer in each answer that has them',
    rules: ['CV2-027'],
    async run({ customer, must }) {
      await customer.requestChat()
      for await (const [, { body }] of everyOperation(customer)) {
        const { alias, chatId, userId, secureKey, nextPosition } = body
        for (const token of [alias, chatId, userId, secureKey])
          must.be(token === undefined || isText(token), 'a text', token)
        must.be(nextPosition === undefined || Number.isInteger(nextPosition), 'an integer', nextPosition)
      }
    },
  },
  {
    id: 'CV2-028/accepted',
    title: 'an answer with statusCode 0 has no errors, not even an empty list',
    rules: ['CV2-028'],
    async run({ customer, must }) {
      must.equal((await customer.requestChat()).body.errors, undefined)
      for await (const [, answer] of everyOperation(customer)) must.equal(answer.body.errors, undefined)
    },
  },
  {
    id: 'CV2-028/fatal',
    title: 'an answer with statusCode 2 has an error with an integer code and a text as advice',
    rules: ['CV2-028'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.disconnect()
      const [error] = (await customer.post('send', { message: 'hello' })).body.errors ?? []
      must.be(Number.isInteger(error?.code) && isText(error?.advice), 'an integer code and an advice', error)
    },
  },
  {
    id: 'CV2-028/retryable',
    title: 'an answer with statusCode 1 has an error with an integer code and a text as advice',
    rules: ['CV2-028'],
    needs: ['fault injection'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      for (const chatServer of [0, 1]) await server.cutLink(0, chatServer)
      const [error] = (await customer.refresh()).body.errors ?? []
      must.be(Number.isInteger(error?.code) && isText(error?.advice), 'an integer code and an advice', error)
    },
  },
  {
    id: 'CV2-029/after-the-end',
    title: 'a fatal answer carries neither key nor user id nor position',
    rules: ['CV2-029'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.disconnect()
      for (const operation of ['refresh', 'send', 'disconnect'] as const) {
        const { secureKey, userId, nextPosition } = (await customer.post(operation, { message: 'hello' })).body
        must.equal([secureKey, userId, nextPosition], [undefined, undefined, undefined])
      }
    },
  },
  {
    id: 'CV2-030/reference-id',
    title: 'the advice of error 249 ends with a reference id in square brackets',
    rules: ['CV2-030'],
    async run({ customer, must }) {
      await customer.requestChat()
      await customer.disconnect()
      const answer = await customer.post('refresh')
      must.equal(answer.code, 249)
      must.match(answer.body.errors?.[0]?.advice, /\[\d+\]$/)
    },
  },
  {
    id: 'CV2-030/in-the-log',
    title: 'the reference id of error 249 is found in the log of the node',
    rules: ['CV2-030'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      await customer.disconnect()
      const [id] = /\[\d+\]$/.exec((await customer.post('refresh')).body.errors?.[0]?.advice ?? '') ?? ['[no id]']
      const lines = (await server.log()).map(({ line }) => line)
      must.be(
        lines.some(line => line.includes(id)),
        `a line with ${id}`,
        lines,
      )
    },
  },
  {
    id: 'CV2-031/every-answer',
    title: 'each answer that tells a chatId tells the one of request chat, also after the end',
    rules: ['CV2-031'],
    async run({ customer, must }) {
      const { chatId } = (await customer.requestChat()).body
      for await (const [, { body }] of everyOperation(customer)) must.equal(body.chatId ?? chatId, chatId)
      must.equal((await customer.post('refresh')).body.chatId ?? chatId, chatId)
    },
  },
  {
    id: 'CV2-032/newest-alias',
    title: 'a request with the alias of the answer before it succeeds, through each node',
    rules: ['CV2-032'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      const owner = await server.serverOf(customer)
      for (const node of [1, 0, 1]) {
        customer.through(node)
        must.ok(await customer.send(`through node ${node}`))
        must.ok(await customer.refresh())
      }
      must.equal(await server.serverOf(customer), owner)
    },
  },
  {
    id: 'CV2-035/refusals',
    title: 'an answer with HTTP 400, 404, 405 or 415 is JSON with errors and without statusCode',
    rules: ['CV2-035'],
    async run({ customer, must }) {
      await customer.requestChat()
      const refused = [
        [400, await customer.post('send', { message: '' })],
        [400, await customer.post('refresh', { transcriptPosition: 'first' })],
        [404, await customer.http({ path: customer.path('dance'), headers: formType })],
        [405, await customer.http({ method: 'GET' })],
        [415, await customer.http({ headers: { 'content-type': 'text/plain' }, body: 'hello' })],
      ] as const
      for (const [status, answer] of refused) {
        must.status(answer, status)
        must.be(Number.isInteger(answer.code), 'an error with an integer code', answer.text)
        must.equal(answer.statusCode, undefined)
      }
    },
  },
  {
    id: 'CV2-035/too-large',
    title: 'a body above the limit is answered 413 with 9007, and the chat goes on',
    rules: ['CV2-035'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      await customer.requestChat()
      await server.set('refserver', 'max-body-bytes', '1000')
      must.status(await customer.post('send', { message: 'x'.repeat(1000) }), 413, 9007)
      must.ok(await customer.send('x'.repeat(100)))
    },
  },
  {
    id: 'CV2-035/credentials',
    title: 'request chat without credentials, where the service asks for them, is answered 401 with 9008',
    rules: ['CV2-035'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      const service = 'chat.customer-support'
      await server.set(service, 'refserver.auth-username', 'ann')
      await server.set(service, 'refserver.auth-password', 's3cret')
      const answer = await customer.postChat({ nickname: 'Ann' })
      must.status(answer, 401, 9008)
      must.equal(answer.statusCode, undefined)
    },
  },
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
  {
    id: 'CV2-036/empty-name',
    title: 'an empty name is no name',
    rules: ['CV2-036'],
    async run({ customer, must }) {
      must.status(await customer.postChat({ nickname: '', firstName: '', lastName: '' }), 400, 161)
      must.status(await customer.postChat({ nickname: '', firstName: '', lastName: 'Bee' }), 400, 102)
      must.status(await customer.postChat({ nickname: '', firstName: 'Ann', lastName: '' }), 400, 103)
    },
  },
  {
    id: 'CV2-037/malformed',
    title: 'an e-mail address that is none is refused with 364',
    rules: ['CV2-037'],
    async run({ customer, must }) {
      for (const emailAddress of ['notanaddress', 'ann@', '@example.com', 'ann bee@example.com'])
        must.status(await customer.postChat({ nickname: 'Ann', emailAddress }), 400, 364)
    },
  },
  {
    id: 'CV2-037/well-formed',
    title: 'an unusual e-mail address and no address at all are not refused',
    rules: ['CV2-037'],
    async run({ customer, anotherCustomer, must }) {
      must.ok(await customer.requestChat({ emailAddress: "o'neil+chat_7@mail.example.co.uk" }))
      must.ok(await anotherCustomer().postChat({ nickname: 'Ann', emailAddress: '' }))
    },
  },
  {
    id: 'CV2-038/default',
    title: 'a message of 4096 bytes is sent, one of 4097 is refused with 204',
    rules: ['CV2-038'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      await server.set('refserver', 'max-message-bytes', undefined)
      await customer.requestChat()
      must.ok(await customer.send('x'.repeat(4096)))
      must.status(await customer.post('send', { message: 'x'.repeat(4097) }), 400, 204)
      must.equal((await customer.refresh(2)).messages.length, 1)
    },
  },
  {
    id: 'CV2-038/bytes',
    title: 'max-message-bytes counts the bytes of UTF-8, not the characters',
    rules: ['CV2-038'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      await server.set('refserver', 'max-message-bytes', '12')
      await customer.requestChat()
      // 7 characters, 12 bytes.
      must.ok(await customer.send('größe 👍'))
      must.status(await customer.post('send', { message: 'größen 👍' }), 400, 204)
      must.status(await customer.post('send', { message: 'thirteen long' }), 400, 204)
    },
  },
  {
    id: 'CV2-039/every-server-full',
    title: 'request chat is refused with 240 while no Chat Server takes a session, and leaves none behind',
    rules: ['CV2-039'],
    needs: ['configuration', 'server control'],
    async run({ customer, anotherCustomer, server, must }) {
      const sessions = async () => Object.values((await server.gauges()).chatServers).map(gauges => gauges.sessions)
      await server.set('settings', 'limits-control-enabled', 'true')
      await server.set('settings', 'limit-for-sessions', '1')
      must.ok(await customer.requestChat())
      must.ok(await anotherCustomer().requestChat())
      const before = await sessions()
      must.refuse(await anotherCustomer().postChat({ nickname: 'Ann' }), 240)
      const after = await sessions()
      must.be(after.join() === before.join(), `as many sessions as before (${before.join(' and ')})`, after)
      must.ok(await customer.send('I am in'))
    },
  },
])
