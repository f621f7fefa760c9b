import { cases } from '../../case.ts'

export const failover = cases('cometd', 'failover', [
  {
    id: 'CV2-187/silent',
    title:
      'a client that says nothing hears what happens on the next Chat Server, once and in order, over WebSocket and polls',
    rules: ['CV2-187', 'CS-086'],
    needs: ['agent', 'server control'],
    async run({ anotherComet, anotherAgent, server, must }) {
      for (const transport of ['websocket', 'long-polling'] as const) {
        const comet = anotherComet()
        comet.over(transport)
        must.ok(await comet.requestChat())
        const [bob, eve] = [anotherAgent('Bob'), anotherAgent('Eve')]
        await bob.joins({ chatOf: comet })
        await bob.says('one moment')
        const owner = await server.serverOf(comet)
        await server.killChatServer(owner)
        await server.settles()
        must.equal(await server.serverOf(comet), 1 - owner)
        await eve.joins({ chatOf: comet })
        await eve.says('here I am')
        await server.startChatServer(owner)
        await eve.says('and still')
        const heard = (await comet.notifications()).flatMap(({ messages }) => messages)
        must.equal(
          heard.map(({ index, type, text }) => [index, text ?? type]),
          [
            [2, 'ParticipantJoined'],
            [3, 'one moment'],
            [4, 'ParticipantLeft'],
            [5, 'ParticipantJoined'],
            [6, 'here I am'],
            [7, 'and still'],
          ],
        )
        must.equal(heard[2]?.userData, { 'quit-reason-code': '8' }, 'CS-086')
      }
    },
  },
  {
    id: 'CV2-187/nobody-left',
    title: 'a chat for which no Chat Server is left goes on with the first one that runs',
    rules: ['CV2-187'],
    needs: ['agent', 'server control'],
    async run({ comet, agent, server, must }) {
      must.ok(await comet.requestChat())
      for (const each of [0, 1]) await server.killChatServer(each)
      await server.startChatServer(1)
      await server.settles()
      must.equal(await server.serverOf(comet), 1)
      await agent.joins({ chatOf: comet })
      must.haveEvent(await comet.nextNotification(), { type: 'ParticipantJoined', index: 2 })
      must.haveEvent(await comet.send('I am here'), { type: 'Message', index: 3 })
      await comet.none()
    },
  },
  {
    id: 'CV2-187/cut-off',
    title: 'what happens while a node is cut off from a Chat Server is notified when the way is there again',
    rules: ['CV2-187'],
    needs: ['agent', 'server control', 'fault injection'],
    async run({ comet, agent, server, must }) {
      must.ok(await comet.requestChat())
      const owner = await server.serverOf(comet)
      await server.cutLink(0, owner)
      await agent.joins({ chatOf: comet })
      await agent.says('nobody hears me')
      await server.restoreLink(0, owner)
      await agent.says('or do you')
      must.equal(
        (await comet.notifications()).map(({ messages }) => messages.map(({ index }) => index)),
        [[2], [3], [4]],
      )
    },
  },
  {
    id: 'CV2-187/key',
    title: 'the key of before is good for a client that was told no other one, however long ago that was',
    rules: ['CV2-187'],
    needs: ['server control', 'time control'],
    async run({ comet, clock, server, must }) {
      must.ok(await comet.requestChat())
      const { secureKey } = comet
      for (const each of [0, 1]) await server.killChatServer(each)
      await server.startChatServer(0)
      await server.settles()
      comet.vanishes()
      await clock.advance('40s')
      must.ok(await comet.operate('sendMessage', { secureKey, message: 'still me' }))
    },
  },
])
