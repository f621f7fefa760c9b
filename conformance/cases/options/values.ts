import { cases } from '../../case.ts'

export const values = cases('options', 'values', [
  {
    id: 'OPT-008/push-enabled',
    title: 'pushEnabled keeps its old value until the nodes are restarted',
    rules: ['OPT-008', 'PUSH-004'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      must.equal((await server.set('push', 'pushEnabled', 'comet')).kind, 'pending')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      for (const node of [0, 1]) await server.restartNode(node)
      await agent.says('hello')
      await sink.none('PUSH-004')
    },
  },
])
