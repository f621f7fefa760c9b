import { cases } from '../../case.ts'
import type { Server } from '../../story/server.ts'

/** `pushEnabled` takes effect when a node starts. */
async function enable(server: Server, types: string): Promise<void> {
  await server.set('push', 'pushEnabled', types)
  for (const node of [0, 1]) await server.restartNode(node)
}

export const types = cases('push', 'types', [
  {
    id: 'PUSH-001/not-enabled',
    title: 'without customhttp in pushEnabled a customhttp subscription gets no push, and the chat goes on',
    rules: ['PUSH-001'],
    needs: ['push sink', 'agent', 'configuration', 'server control'],
    async run({ customer, agent, sink, server, must }) {
      await enable(server, 'comet')
      must.ok(await customer.requestChat({ push: 'payload' }))
      await agent.joins()
      await agent.says('hello')
      await sink.none()
      must.haveEvent(await customer.refresh(), { type: 'Message', text: 'hello' })
    },
  },
  {
    id: 'PUSH-001/reliable',
    title: 'without customhttp in pushEnabled a reliable subscription gets neither notifications nor repetitions',
    rules: ['PUSH-001'],
    needs: ['push sink', 'agent', 'configuration', 'server control', 'time control'],
    async run({ customer, agent, sink, clock, server }) {
      await enable(server, 'comet')
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await clock.advance('1m')
      await sink.none()
    },
  },
  {
    id: 'PUSH-001/other-type',
    title: 'a subscription of a type that is not in pushEnabled is not served over customhttp instead',
    rules: ['PUSH-001'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      must.ok(await customer.requestChat({ push: 'payload', userData: { GCTI_GMS_PushDeviceType: 'ios' } }))
      await agent.joins()
      await sink.none()
    },
  },
  {
    id: 'PUSH-001/enabled-again',
    title: 'with customhttp back in pushEnabled, sessions that began before are pushed to',
    rules: ['PUSH-001'],
    needs: ['push sink', 'agent', 'configuration', 'server control'],
    async run({ customer, agent, sink, server, must }) {
      await enable(server, 'comet')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.none()
      await enable(server, 'comet,customhttp')
      await agent.says('now')
      must.equal((await sink.nextPush()).event?.text, 'now')
    },
  },
  {
    id: 'PUSH-002/unknown-word',
    title: 'words in pushEnabled that are no push types leave customhttp beside them in force',
    rules: ['PUSH-002'],
    needs: ['push sink', 'agent', 'configuration', 'server control'],
    async run({ customer, agent, sink, server }) {
      await enable(server, 'comet,pigeon,customhttp,smoke')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
    },
  },
  {
    id: 'PUSH-003/empty',
    title: 'with an empty pushEnabled nothing is pushed, in any body mode',
    rules: ['PUSH-003'],
    needs: ['push sink', 'agent', 'configuration', 'server control'],
    async run({ customer, anotherCustomer, agent, anotherAgent, sink, sinkOf, server }) {
      await enable(server, '')
      const other = anotherCustomer()
      await customer.requestChat({ push: 'payload' })
      await other.requestChat({ push: 'device-id' })
      await agent.joins()
      await anotherAgent().joins({ chatOf: other })
      await sink.none()
      await sinkOf(other).none()
    },
  },
  {
    id: 'PUSH-004/running-node',
    title: 'customhttp taken out of pushEnabled is pushed until the node restarts, and not afterwards',
    rules: ['PUSH-004'],
    needs: ['push sink', 'agent', 'configuration', 'server control'],
    async run({ customer, agent, sink, server }) {
      await customer.requestChat({ push: 'payload' })
      await server.set('push', 'pushEnabled', 'comet')
      await agent.joins()
      await sink.nextPush()
      for (const node of [0, 1]) await server.restartNode(node)
      await agent.says('hello')
      await sink.none()
    },
  },
])
