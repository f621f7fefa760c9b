import { cases } from '../../case.ts'
import { everyCometOperation } from './every-operation.ts'

export const keys = cases('cometd', 'keys', [
  {
    id: 'CV2-121/newest',
    title: 'the key delivered last is good, though each answer and each notification brings another',
    rules: ['CV2-121'],
    needs: ['configuration', 'agent'],
    async run({ comet, agent, server, must }) {
      await server.set('refserver', 'rotate-secure-key', 'every-response')
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      await comet.nextNotification()
      for (let round = 0; round < 3; round++) {
        must.ok(await comet.send(`message ${round}`))
        await agent.says(`answer ${round}`)
        await comet.nextNotification()
      }
      must.ok(await comet.requestNotifications())
    },
  },
  {
    id: 'CV2-122/on-restore',
    title: 'the key stays the same from answer to answer, and with every-response each one brings another',
    rules: ['CV2-122'],
    needs: ['configuration'],
    async run({ comet, server, must }) {
      await server.set('refserver', 'rotate-secure-key', 'on-restore')
      must.ok(await comet.requestChat())
      const { secureKey } = comet
      await comet.send('hello')
      must.equal(comet.secureKey, secureKey)
      await server.set('refserver', 'rotate-secure-key', 'every-response')
      await comet.send('again')
      must.notEqual(comet.secureKey, secureKey)
    },
  },
  {
    id: 'CV2-122/old-key',
    title: 'a key that was replaced is taken for 30 s more',
    rules: ['CV2-122'],
    needs: ['time control', 'configuration'],
    async run({ comet, clock, server, must }) {
      comet.over('long-polling')
      await server.set('refserver', 'rotate-secure-key', 'every-response')
      must.ok(await comet.requestChat())
      const { secureKey } = comet
      must.ok(await comet.send('brings a new key'))
      comet.vanishes()
      await clock.advance('29s')
      must.ok(await comet.operate('sendMessage', { secureKey, message: 'with the old key' }))
      comet.vanishes()
      await clock.advance('31s')
      must.refuse(await comet.operate('sendMessage', { secureKey, message: 'too late' }), 249)
    },
  },
  {
    id: 'CV2-123/key-alone',
    title: 'every operation is accepted with the key alone',
    rules: ['CV2-123'],
    async run({ comet, must }) {
      must.ok(await comet.requestChat())
      must.ok(await comet.requestNotifications(1))
      for await (const { answer } of everyCometOperation(comet)) must.ok(answer)
    },
  },
  {
    id: 'CV2-123/no-key',
    title: 'without a key no session is named, whatever the other ids say',
    rules: ['CV2-123'],
    async run({ comet, must }) {
      must.ok(await comet.requestChat())
      const ids = { chatId: 'deprecated', userId: 'deprecated', alias: '0' }
      must.equal((await comet.operate('sendMessage', { ...ids, secureKey: undefined, message: 'x' })).statusCode, 2)
      must.ok(await comet.send('still here'))
    },
  },
  {
    id: 'CV2-124/other-ids',
    title: 'beside a valid key the other ids may be anything, the literals and those of another chat too',
    rules: ['CV2-124'],
    async run({ comet, customer, must }) {
      must.ok(await comet.requestChat())
      await customer.requestChat()
      const { chatId, userId, alias } = customer.tokens
      for (const ids of [
        { chatId: 'deprecated', userId: 'deprecated', alias: '0' },
        { chatId, userId, alias },
        { chatId: '', userId: 7, alias: null },
      ])
        must.ok(await comet.operate('sendMessage', { ...ids, message: 'hello' }))
      must.equal((await comet.requestNotifications()).messages.length, 4)
      must.haveTypes(await customer.refresh(), ['ParticipantJoined'])
    },
  },
  {
    id: 'CV2-125/literals',
    title: 'answers and notifications have literals in place of ids',
    rules: ['CV2-125'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      const literals = { chatId: 'deprecated', userId: 'deprecated', alias: '0' }
      const of = ({ body: { chatId, userId, alias } }: { body: Record<string, unknown> }) => ({ chatId, userId, alias })
      must.equal(of(await comet.requestChat()), literals)
      must.equal(of(await comet.send('hello')), literals)
      must.equal(of(await comet.requestNotifications()), literals)
      await agent.joins({ chatOf: comet })
      must.equal(of(await comet.nextNotification()), literals)
    },
  },
  {
    id: 'CV2-126/unasked',
    title: 'a notification says its channel and whether the chat is monitored',
    rules: ['CV2-126'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      const { channel } = await comet.requestChat()
      await agent.joins({ chatOf: comet })
      const { body } = await comet.nextNotification()
      must.equal([body.channel, body.monitored], [channel, false])
    },
  },
  {
    id: 'CV2-127/by-attachment',
    title: 'only the session of the chat is notified, not others on the channel, with a chat of their own or without',
    rules: ['CV2-127'],
    needs: ['agent'],
    async run({ comet, anotherComet, browser, agent, must }) {
      const other = anotherComet()
      const listener = await (await browser.handshake()).connected()
      const { channel } = await comet.requestChat()
      must.ok(await other.requestChat())
      await listener.subscribe(channel)
      await agent.joins({ chatOf: comet })
      await agent.says('for one only')
      must.equal((await comet.notifications()).length, 2)
      await other.none()
      must.equal(await listener.collect(), [])
    },
  },
  {
    id: 'CV2-128/other-service',
    title: 'requestNotifications on the channel of another service fails, and the chat goes on in its own',
    rules: ['CV2-128'],
    needs: ['configuration'],
    async run({ comet, server, must }) {
      await server.set('chat.other', '_chat_endpoint', 'Environment:chat')
      must.ok(await comet.requestChat())
      const { secureKey } = comet
      comet.use('other')
      must.equal((await comet.requestNotifications(1)).statusCode, 2)
      comet.use('customer-support')
      must.ok(await comet.operate('requestNotifications', { secureKey }))
    },
  },
  {
    id: 'CV2-129/positions',
    title: 'requestNotifications returns the events from its position on, all for 0 and without one',
    rules: ['CV2-129'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      await agent.says('three')
      await comet.send('four')
      const from = async (position?: number) =>
        (await comet.requestNotifications(position)).messages.map(each => each.index)
      must.equal(await from(), [1, 2, 3, 4])
      must.equal(await from(0), [1, 2, 3, 4])
      must.equal(await from(3), [3, 4])
      must.equal(await from(4), [4])
      must.equal(await from(5), [])
    },
  },
  {
    id: 'CV2-130/integer-or-text',
    title: 'a position may be an integer or a text of digits, and nothing else',
    rules: ['CV2-130'],
    async run({ comet, must }) {
      must.ok(await comet.requestChat())
      await comet.send('two')
      await comet.send('three')
      for (const position of [2, '2', '02'])
        must.equal(
          (await comet.requestNotifications(position)).messages.map(each => each.index),
          [2, 3],
        )
      for (const transcriptPosition of ['two', -1, 1.5, '2x', {}, [2], true])
        must.edge.equal((await comet.operate('requestNotifications', { transcriptPosition })).code, 9002)
      must.ok(await comet.readReceipt(2))
      must.ok(await comet.operate('readReceipt', { transcriptPosition: '2' }))
    },
  },
  {
    id: 'CV2-131/cut-off',
    title: 'after a cut connection the same session goes on, and requestNotifications brings what was missed',
    rules: ['CV2-131'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      await comet.nextNotification()
      const position = comet.nextPosition
      comet.vanishes()
      await agent.says('missed')
      const { messages } = await comet.requestNotifications(position)
      must.equal(
        messages.map(each => each.text),
        ['missed'],
      )
      await agent.says('heard')
      must.haveEvent(await comet.nextNotification(), { type: 'Message', text: 'heard' })
      await comet.none()
    },
  },
  {
    id: 'CV2-131/resumed',
    title: 'a client that comes back on its CometD session is notified as before, without a repetition',
    rules: ['CV2-131'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      await comet.nextNotification()
      for (let round = 0; round < 2; round++) {
        await comet.loses()
        await agent.says(`after cut ${round}`)
        must.haveEvent(await comet.nextNotification(), { type: 'Message', text: `after cut ${round}` })
      }
      must.ok(await comet.send('hello'))
      await comet.none()
    },
  },
  {
    id: 'CV2-132/chat-survives',
    title: 'the chat outlives the CometD disconnect and the expiry of the CometD session',
    rules: ['CV2-132'],
    needs: ['time control'],
    async run({ comet, clock, must }) {
      must.ok(await comet.requestChat())
      await comet.leaves()
      must.ok(await comet.requestNotifications(1))
      comet.vanishes()
      await clock.advance('60s')
      const answer = await comet.requestNotifications(1)
      must.ok(answer)
      must.haveTypes(answer, ['ParticipantJoined'])
      must.ok(await comet.send('still here'))
    },
  },
  {
    id: 'CV2-133/last-wins',
    title: 'the session that asked for notifications last gets them, the one before no more',
    rules: ['CV2-133'],
    needs: ['agent'],
    async run({ comet, anotherComet, agent, must }) {
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      await comet.nextNotification()
      const second = anotherComet()
      second.takesOver(comet)
      must.ok(await second.requestNotifications(comet.nextPosition))
      await agent.says('for the second')
      must.haveEvent(await second.nextNotification(), { text: 'for the second' })
      await comet.none()
      must.ok(await comet.requestNotifications(comet.nextPosition))
      await agent.says('for the first again')
      must.haveEvent(await comet.nextNotification(), { text: 'for the first again' })
      await second.none()
    },
  },
  {
    id: 'CV2-134/several-chats',
    title: 'a CometD session holds two chats and tells them apart by their keys',
    rules: ['CV2-134'],
    needs: ['agent'],
    async run({ comet, agent, anotherAgent, must }) {
      must.ok(await comet.requestChat())
      const first = { secureKey: comet.secureKey, chatId: comet.chatId }
      must.ok(await comet.requestChat())
      const second = { secureKey: comet.secureKey, chatId: comet.chatId }
      must.notEqual(first.secureKey, second.secureKey)
      const eve = anotherAgent('Eve')
      await agent.joins({ chatOf: first })
      await eve.joins({ chatOf: second })
      const all = await comet.notifications()
      const heard = all.map(({ body, messages }) => [body.secureKey, messages[0]?.from.nickname])
      must.equal(heard, [
        [first.secureKey, 'Bob'],
        [second.secureKey, 'Eve'],
      ])
      must.ok(await comet.operate('sendMessage', { secureKey: first.secureKey, message: 'to Bob' }))
      must.equal((await agent.sees()).transcript.at(-1)?.text, 'to Bob')
      must.equal((await eve.sees()).transcript.at(-1)?.type, 'ParticipantJoined')
    },
  },
])
