import { cases } from '../../case.ts'

export const nodeAssociation = cases('chat-server', 'node-association', [
  {
    id: 'CS-050/node-stops',
    title: 'when its node stops, a session is pushed through another node of the cluster',
    rules: ['CS-050'],
    needs: ['server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      const before = (await sink.nextPush()).node
      await server.stopNode(before === 'gms-1' ? 0 : 1)
      await agent.says('still there?')
      must.notEqual((await sink.nextPush()).node, before)
    },
  },
  {
    id: 'CS-054/no-node',
    title: 'a notification without a node is logged as trace 59758 with the name of the group',
    rules: ['CS-054'],
    needs: ['server control', 'agent', 'push sink'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'payload' })
      for (const node of [0, 1]) await server.stopNode(node)
      await agent.joins()
      await sink.none()
      const lines = (await server.log()).map(({ line }) => line)
      const pattern = /^Trc 59758 push-flex: could not send notification - no gms node found in group=\S+$/
      must.be(
        lines.some(line => pattern.test(line)),
        `a line ${pattern}`,
        lines,
      )
    },
  },
])
