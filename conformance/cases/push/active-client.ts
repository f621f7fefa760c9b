import { cases } from '../../case.ts'
import type { Server } from '../../story/server.ts'

/** In force after a restart only. */
async function onlyWithoutConnection(server: Server): Promise<void> {
  await server.set('chat', 'push_notification_to_active_client', 'false')
  await server.restartNode()
}

export const activeClient = cases('push', 'active-client', [
  {
    id: 'PUSH-110/both',
    title: 'a client is pushed to while its CometD connection is up, and is notified there, too',
    rules: ['PUSH-110', 'PUSH-006'],
    needs: ['agent', 'push sink'],
    async run({ comet, agent, sinkOf, must }) {
      must.ok(await comet.requestChat({ push: 'payload' }))
      await agent.joins({ chatOf: comet })
      must.equal((await sinkOf(comet).nextPush()).event?.type, 'ParticipantJoined')
      must.haveEvent(await comet.nextNotification(), { type: 'ParticipantJoined' })
      await comet.leaves()
      await agent.says('hello')
      must.equal((await sinkOf(comet).nextPush('PUSH-006')).event?.text, 'hello', 'PUSH-006')
    },
  },
  {
    id: 'PUSH-111/one-or-the-other',
    title: 'with false a client is notified while it is connected and pushed to after that',
    rules: ['PUSH-111', 'PUSH-006'],
    needs: ['agent', 'push sink', 'configuration', 'server control'],
    async run({ comet, agent, server, sinkOf, must }) {
      await onlyWithoutConnection(server)
      must.ok(await comet.requestChat({ push: 'payload' }))
      await agent.joins({ chatOf: comet })
      must.haveEvent(await comet.nextNotification(), { type: 'ParticipantJoined' })
      await sinkOf(comet).none()
      await comet.leaves()
      await agent.says('hello')
      must.equal((await sinkOf(comet).nextPush()).event?.text, 'hello')
    },
  },
  {
    id: 'PUSH-112/until-expiry',
    title: 'a connection that is cut counts as up until its CometD session expires',
    rules: ['PUSH-112'],
    needs: ['agent', 'time control', 'push sink', 'configuration', 'server control'],
    async run({ comet, agent, clock, server, sinkOf, must }) {
      await onlyWithoutConnection(server)
      must.ok(await comet.requestChat({ push: 'payload' }))
      await agent.joins({ chatOf: comet })
      await comet.nextNotification()
      comet.vanishes()
      await agent.says('into the dark')
      await sinkOf(comet).none()
      await clock.advance('60s')
      await agent.says('hello')
      must.equal((await sinkOf(comet).nextPush()).event?.text, 'hello')
    },
  },
  {
    id: 'PUSH-112/until-disconnect',
    title: 'a connection counts as up until /meta/disconnect, and again after requestNotifications',
    rules: ['PUSH-112'],
    needs: ['agent', 'time control', 'push sink', 'configuration', 'server control'],
    async run({ comet, agent, clock, server, sinkOf, must }) {
      comet.over('long-polling')
      await onlyWithoutConnection(server)
      must.ok(await comet.requestChat({ push: 'payload' }))
      await agent.joins({ chatOf: comet })
      await comet.nextNotification()
      await comet.leaves()
      await agent.says('pushed')
      await sinkOf(comet).nextPush()
      must.ok(await comet.requestNotifications(comet.nextPosition))
      await agent.says('notified')
      await comet.nextNotification()
      await sinkOf(comet).none()
      await clock.advance('1s')
    },
  },
  {
    id: 'PUSH-113/not-again',
    title: 'what was delivered over CometD is not pushed after the connection has ended',
    rules: ['PUSH-113'],
    needs: ['agent', 'push sink', 'configuration', 'server control'],
    async run({ comet, agent, server, sinkOf, must }) {
      await onlyWithoutConnection(server)
      must.ok(await comet.requestChat({ push: 'payload' }))
      await agent.joins({ chatOf: comet })
      await agent.says('over CometD')
      must.equal((await comet.notifications()).length, 2)
      await comet.leaves()
      await sinkOf(comet).none()
      await agent.says('by push')
      must.equal((await sinkOf(comet).nextPush()).event?.text, 'by push')
      await sinkOf(comet).none()
    },
  },
])
