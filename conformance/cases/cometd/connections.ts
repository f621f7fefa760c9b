import { transports } from '../../../protocol/bayeux/message.ts'
import { cases } from '../../case.ts'
import { everyCometOperation } from './every-operation.ts'

export const connections = cases('cometd', 'connections', [
  {
    id: 'CV2-149/other-node',
    title: 'a long poll is unknown on another node, and the chat goes on there after a new handshake',
    rules: ['CV2-149'],
    needs: ['server control'],
    async run({ browser, comet, anotherComet, server, must }) {
      const session = await (await browser.handshake()).connected()
      browser.through(1)
      must.match((await session.connect({ advice: { timeout: 0 } })).reply.error, /^402:/)
      must.ok(await comet.requestChat())
      await comet.send('through the first node')
      const elsewhere = anotherComet()
      elsewhere.through(1)
      elsewhere.takesOver(comet)
      await server.stopNode(0)
      must.equal(
        (await elsewhere.requestNotifications(2)).messages.map(each => each.text),
        ['through the first node'],
      )
      must.ok(await elsewhere.send('through the second'))
    },
  },
  {
    id: 'CV2-150/wrong-key',
    title: 'a wrong key is answered with statusCode 2, chatEnded and 249, in every operation',
    rules: ['CV2-150'],
    async run({ comet, must }) {
      must.ok(await comet.requestChat())
      const { secureKey } = comet
      const wrong = `${secureKey.slice(0, -2)}${secureKey.endsWith('AA') ? 'BB' : 'AA'}`
      for (const [operation, members] of [
        ['sendMessage', { message: 'x' }],
        ['requestNotifications', {}],
        ['startTyping', {}],
        ['disconnect', {}],
      ] as const)
        for (const key of [wrong, 'nonsense', ''])
          must.be(
            (await comet.operate(operation, { ...members, secureKey: key })).statusCode === 2,
            'statusCode 2',
            key,
          )
      must.refuse(await comet.operate('sendMessage', { message: 'x', secureKey: wrong }), 249)
      must.haveTypes(await comet.operate('requestNotifications', { secureKey }), ['ParticipantJoined'])
    },
  },
  {
    id: 'CV2-151/batch',
    title: 'the operations of a batch are carried out in its order, over each transport',
    rules: ['CV2-151'],
    async run({ anotherComet, must }) {
      for (const transport of transports) {
        const comet = anotherComet()
        comet.over(transport)
        must.ok(await comet.requestChat())
        const { secureKey } = comet
        const answers = await comet.batch(
          { operation: 'sendMessage', secureKey, message: 'one' },
          { operation: 'updateNickname', secureKey, nickname: 'Annie' },
          { operation: 'sendMessage', secureKey, message: 'two' },
          { operation: 'requestNotifications', secureKey, transcriptPosition: 2 },
          { operation: 'sendMessage', secureKey, message: 'three' },
        )
        must.equal(
          answers.map(each => each.messages.map(event => event.index)),
          [[2], [3], [4], [2, 3, 4], [5]],
        )
        must.equal(answers[2]?.messages[0]?.from.nickname, 'Annie')
      }
    },
  },
  {
    id: 'CV2-152/not-interchangeable',
    title: 'a key of REST does not work over CometD, and one of CometD not over REST',
    rules: ['CV2-152'],
    async run({ comet, customer, must }) {
      await customer.requestChat()
      must.ok(await comet.requestChat())
      const { chatId, userId, alias, secureKey } = customer.tokens
      must.equal((await comet.operate('sendMessage', { chatId, userId, alias, secureKey, message: 'x' })).statusCode, 2)
      must.ok(await customer.refresh())
      must.equal((await customer.post('send', { secureKey: comet.secureKey, message: 'x' })).statusCode, 2)
      must.ok(await comet.operate('requestNotifications', { secureKey: comet.secureKey }))
    },
  },
  {
    id: 'CV2-152/from-a-push',
    title: 'the key in the message of a push takes the chat to CometD',
    rules: ['CV2-152'],
    needs: ['push sink', 'agent'],
    async run({ customer, comet, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      const { message } = await sink.nextPush()
      const answer = await comet.publish({ operation: 'requestNotifications', secureKey: message.secureKey })
      must.ok(answer)
      must.haveTypes(answer, ['ParticipantJoined', 'ParticipantJoined'])
      must.ok(await comet.send('over CometD'))
      must.haveEvent(await customer.refresh(), { type: 'Message', text: 'over CometD' })
    },
  },
  {
    id: 'CV2-154/same-codes',
    title: 'what is wrong in the same way has the same code in REST and over CometD',
    rules: ['CV2-154'],
    async run({ comet, customer, anotherCustomer, must }) {
      must.ok(await comet.requestChat())
      await customer.requestChat()
      const long = 'x'.repeat(5_000)
      for (const [operation, rest, members] of [
        ['sendMessage', 'send', {}],
        ['sendMessage', 'send', { message: '' }],
        ['sendMessage', 'send', { message: long }],
        ['pushUrl', 'pushUrl', {}],
        ['updateNickname', 'updateNickname', { nickname: '' }],
        ['requestNotifications', 'refresh', { transcriptPosition: 'x' }],
        ['readReceipt', 'readReceipt', { transcriptPosition: '-1' }],
      ] as const) {
        const byComet = await comet.operate(operation, members)
        const byRest = await customer.post(rest, members)
        must.equal([operation, byComet.code], [operation, byRest.code])
      }
      for (const members of [
        { nickname: '' },
        { firstName: 'Ann' },
        { firstName: 'Ann', lastName: 'Bee', emailAddress: 'nobody' },
      ])
        must.equal(
          (await comet.publish({ operation: 'requestChat', ...members })).code,
          (await anotherCustomer().postChat(members)).code,
        )
    },
  },
  {
    id: 'CV2-156/each-transport',
    title: 'the same conversation gives the same answers in the same order over each transport',
    rules: ['CV2-156'],
    needs: ['agent'],
    async run({ anotherComet, anotherAgent, must }) {
      const told: unknown[] = []
      for (const transport of transports) {
        const comet = anotherComet()
        const agent = anotherAgent('Bob')
        comet.over(transport)
        const story: unknown[] = [plain(await comet.requestChat({ nickname: 'Ann' }))]
        await agent.joins({ chatOf: comet })
        await agent.says('hello')
        story.push(...(await comet.notifications()).map(plain))
        story.push(plain(await comet.requestNotifications(2)))
        for await (const { answer } of everyCometOperation(comet)) story.push(plain(answer))
        told.push(story)
      }
      must.equal(told[1], told[0])
      must.equal(told[2], told[0])
    },
  },
  {
    id: 'CV2-157/own-events',
    title: 'each operation is answered with its own event of the client, as it was sent',
    rules: ['CV2-157'],
    async run({ comet, must }) {
      must.haveEvent(await comet.requestChat(), { type: 'ParticipantJoined', participantId: 1, partyType: 'Client' })
      for await (const { answer, type, text } of everyCometOperation(comet)) {
        must.ok(answer)
        if (type === undefined) must.equal(answer.messages, [])
        else {
          const { from, type: found, text: said } = answer.messages[0] ?? {}
          must.equal([found, said, from?.participantId, from?.type], [type, text, 1, 'Client'])
        }
      }
    },
  },
  {
    id: 'CV2-157/message-type',
    title: 'the messageType of a sendMessage is that of its event',
    rules: ['CV2-157'],
    async run({ comet, must }) {
      must.ok(await comet.requestChat())
      must.haveEvent(await comet.send('hello', 'text'), { type: 'Message', messageType: 'text' })
    },
  },
  {
    id: 'CV2-159/at-once',
    title: 'requestNotifications right after requestChat returns the events from its position on',
    rules: ['CV2-159'],
    async run({ comet, must }) {
      must.ok(await comet.requestChat())
      must.haveTypes(await comet.requestNotifications(1), ['ParticipantJoined'])
      must.haveTypes(await comet.requestNotifications(2), [])
      must.haveEvent(await comet.send('hello'), { type: 'Message', index: 2 })
      await comet.none()
    },
  },
])

/** Without what differs from chat to chat. */
function plain({ body }: { body: Record<string, unknown> }): unknown {
  return JSON.parse(
    JSON.stringify(body, (member, value) => (['secureKey', 'utcTime'].includes(member) ? undefined : value)),
  )
}
