import { transports } from '../../../protocol/bayeux/message.ts'
import { cases } from '../../case.ts'
import { everyCometOperation } from './every-operation.ts'

const wrong = { statusCode: 2, chatEnded: false } as const

export const delivery = cases('cometd', 'delivery', [
  {
    id: 'CV2-110/notification-mode',
    title: 'a node without enable_notification_mode refuses a chat over CometD, one with it gives it',
    rules: ['CV2-110'],
    needs: ['configuration', 'server control'],
    async run({ browser, server, must }) {
      const ask = async () => {
        const session = await (await browser.handshake()).connected()
        const data = { operation: 'requestChat', nickname: 'Ann' }
        await session.publish('/service/chatV2/customer-support', data)
        await server.settles()
        const answers = await session.collect()
        // The chat would count for limits that a later case sets.
        const { statusCode, secureKey } = (answers[0]?.data ?? {}) as { statusCode?: number; secureKey?: string }
        if (secureKey) await session.publish('/service/chatV2/customer-support', { operation: 'disconnect', secureKey })
        return { answers: answers.length, statusCode, hasKey: secureKey !== undefined }
      }
      must.equal(await ask(), { answers: 1, statusCode: 0, hasKey: true })
      await server.set('chat', 'enable_notification_mode', 'false')
      await server.restartNode()
      must.equal(await ask(), { answers: 1, statusCode: 2, hasKey: false })
    },
  },
  {
    id: 'CV2-111/channel',
    title: 'an operation is answered on the channel on which it was published, over each transport',
    rules: ['CV2-111'],
    async run({ anotherComet, must }) {
      for (const transport of transports) {
        const comet = anotherComet()
        comet.over(transport)
        const answer = await comet.requestChat()
        must.ok(answer)
        must.match(answer.channel, /^\/service\/chatV2\/[^/]+$/)
        must.equal((await comet.send('hello')).channel, answer.channel)
      }
    },
  },
  {
    id: 'CV2-112/listener',
    title: 'a client that only listens is notified, and one that subscribes gets each notification once',
    rules: ['CV2-112'],
    needs: ['agent'],
    async run({ comet, anotherComet, agent, must }) {
      const subscriber = anotherComet()
      await subscriber.subscribes()
      for (const each of [comet, subscriber]) {
        must.ok(await each.requestChat())
        await agent.joins({ chatOf: each })
        await agent.says('hello')
        must.equal(
          (await each.notifications()).map(({ messages }) => messages[0]?.type),
          ['ParticipantJoined', 'Message'],
        )
      }
    },
  },
  {
    id: 'CV2-113/operations',
    title: 'an unknown operation, a missing one and one that is no text are answered with 9004, and the chat goes on',
    rules: ['CV2-113'],
    async run({ comet, must }) {
      must.ok(await comet.requestChat())
      const { secureKey } = comet
      for (const data of [
        { operation: 'dance', secureKey },
        { secureKey },
        { operation: 7, secureKey },
        { operation: '' },
        7,
        null,
        [],
      ]) {
        const { statusCode, chatEnded, code } = await comet.publish(data)
        must.equal({ statusCode, chatEnded, code }, { ...wrong, code: 9004 })
      }
      for (const operation of ['send', 'refresh', 'SENDMESSAGE', 'toString'])
        must.equal((await comet.operate(operation, { message: 'x' })).code, 9004)
      must.ok(await comet.send('still here'))
    },
  },
  {
    id: 'CV2-114/service',
    title: 'a channel of a service that does not exist is answered with 9003',
    rules: ['CV2-114'],
    async run({ comet, must }) {
      comet.use('no-such-service')
      const { statusCode, code } = await comet.requestChat()
      must.equal([statusCode, code], [2, 9003])
    },
  },
  {
    id: 'CV2-115/begins',
    title: 'the answer to requestChat has a key that works, and from then on the session is notified',
    rules: ['CV2-115'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      const answer = await comet.requestChat({ nickname: 'Ann' })
      must.ok(answer)
      must.haveTypes(answer, ['ParticipantJoined'])
      must.be(typeof answer.body.secureKey === 'string' && answer.body.secureKey !== '', 'a key', answer.body)
      must.ok(await comet.send('hello'))
      await agent.joins({ chatOf: comet })
      must.haveEvent(await comet.nextNotification(), { type: 'ParticipantJoined', nickname: 'Bob' })
    },
  },
  {
    id: 'CV2-115/refused',
    title: 'a requestChat that is refused brings no key and no notifications',
    rules: ['CV2-115'],
    async run({ comet, must }) {
      const answer = await comet.publish({ operation: 'requestChat' })
      must.equal(answer.statusCode, 2)
      must.equal(answer.body.secureKey, undefined)
      await comet.none()
    },
  },
  {
    id: 'CV2-116/one-event',
    title: 'a notification that nobody asked for has one event, however many happen at once',
    rules: ['CV2-116'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      comet.over('long-polling')
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      await Promise.all([agent.says('one'), agent.says('two'), agent.startsTyping(), agent.pushesUrl('about:blank')])
      const all = await comet.notifications()
      must.equal(
        all.map(({ messages }) => messages.length),
        [1, 1, 1, 1, 1],
      )
    },
  },
  {
    id: 'CV2-117/at-most-one',
    title: 'the answer to each other operation has one event or none, though others happened before',
    rules: ['CV2-117'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      await agent.says('hello')
      for await (const { answer, type } of everyCometOperation(comet))
        must.equal(answer.messages.length, type === undefined ? 0 : 1)
    },
  },
  {
    id: 'CV2-118/any-number',
    title: 'the answer to requestNotifications has as many events as there are, none from behind the last',
    rules: ['CV2-118'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      must.haveTypes(await comet.requestChat(), ['ParticipantJoined'])
      await agent.joins({ chatOf: comet })
      await agent.says('hello')
      await comet.send('hi')
      must.haveTypes(await comet.requestNotifications(), [
        'ParticipantJoined',
        'ParticipantJoined',
        'Message',
        'Message',
      ])
      must.haveTypes(await comet.requestNotifications(comet.nextPosition), [])
    },
  },
  {
    id: 'CV2-119/order',
    title: 'notifications come in the order of their indexes and answers in that of the requests, over each transport',
    rules: ['CV2-119'],
    needs: ['agent'],
    async run({ anotherComet, anotherAgent, must }) {
      for (const transport of transports) {
        const comet = anotherComet()
        const agent = anotherAgent()
        comet.over(transport)
        must.ok(await comet.requestChat())
        const { secureKey } = comet
        await agent.joins({ chatOf: comet })
        const texts = ['a', 'b', 'c', 'd']
        const [answers] = await Promise.all([
          comet.batch(...texts.map(message => ({ operation: 'sendMessage', secureKey, message }))),
          (async () => {
            for (const text of ['1', '2', '3', '4']) await agent.says(text)
          })(),
        ])
        must.equal(
          answers.map(each => each.messages[0]?.text),
          texts,
        )
        const heard = (await comet.notifications()).flatMap(each => each.messages)
        must.equal(
          heard.map(each => each.text),
          [undefined, '1', '2', '3', '4'],
        )
        const indexes = heard.map(each => Number(each.index))
        must.equal(
          indexes,
          indexes.toSorted((a, b) => a - b),
        )
      }
    },
  },
  {
    id: 'CV2-120/once',
    title: 'the event of an own operation is in its answer and in no notification, over each transport',
    rules: ['CV2-120'],
    async run({ anotherComet, must }) {
      const all = transports.map(() => anotherComet())
      for (const [at, comet] of all.entries()) {
        comet.over(transports[at]!)
        must.ok(await comet.requestChat())
        must.haveEvent(await comet.send('hello'), { type: 'Message', text: 'hello' })
        must.haveEvent(await comet.startTyping(), { type: 'TypingStarted' })
      }
      // One window for all: without a control port it takes seconds.
      await Promise.all(all.map(comet => comet.none()))
    },
  },
])
