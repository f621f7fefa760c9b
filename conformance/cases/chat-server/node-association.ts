import { cases } from '../../case.ts'
import type { Server } from '../../story/server.ts'

const lostLine = /^Trc 59758 push-flex: could not send notification - no gms node found in group=(.*)$/

/** Groups that the lines about notifications without a node name. */
async function groupsWithoutNode(server: Server): Promise<string[]> {
  return (await server.log()).flatMap(({ line }) => lostLine.exec(line)?.[1] ?? [])
}

export const nodeAssociation = cases('chat-server', 'node-association', [
  {
    id: 'CS-050/stays',
    title: 'all pushes of a session come from one node',
    rules: ['CS-050'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      for (const text of ['one', 'two', 'three']) await agent.says(text)
      const nodes = (await sink.pushes()).map(push => push.node)
      must.equal(nodes.length, 4)
      must.equal(new Set(nodes).size, 1)
    },
  },
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
    id: 'CS-050/link-cut',
    title: 'when the link to its node is cut, a session is pushed through another node of the cluster',
    rules: ['CS-050'],
    needs: ['server control', 'fault injection', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      const before = (await sink.nextPush()).node
      await server.cutLink(before === 'gms-1' ? 0 : 1, await server.serverOf(customer))
      await agent.says('still there?')
      const after = await sink.nextPush()
      must.notEqual(after.node, before)
      must.equal(after.event?.text, 'still there?')
    },
  },
  {
    id: 'CS-051/without-pair',
    title: 'a chat without GCTI_GMS_NodeGroup has the cluster name of its GMS node',
    rules: ['CS-051'],
    needs: ['server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      must.equal((await sink.nextPush()).event?.type, 'ParticipantJoined')
      for (const node of [0, 1]) await server.stopNode(node)
      await agent.says('still there?')
      const groups = await groupsWithoutNode(server)
      must.be(
        groups.length === 1 && groups[0] !== '',
        'one line about a notification without a node, with a group',
        groups,
      )
    },
  },
  {
    id: 'CS-052/another-cluster',
    title: 'a session whose cluster has no node is pushed through a node of another cluster',
    rules: ['CS-052'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload', userData: { GCTI_GMS_NodeGroup: 'Empty_Cluster' } })
      await agent.joins()
      must.equal((await sink.nextPush()).event?.type, 'ParticipantJoined')
    },
  },
  {
    id: 'CS-053/at-the-next-activity',
    title: 'a reliable notification that no node could take leaves at the next activity, not when a node is back',
    rules: ['CS-053'],
    needs: ['time control', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, server, must }) {
      await customer.requestChat({ push: 'reliable' })
      for (const node of [0, 1]) await server.stopNode(node)
      await agent.joins()
      await server.startNode(0)
      await clock.advance('5m')
      await sink.none()
      await customer.startTyping()
      must.equal((await sink.nextPush()).position, '2')
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
      const expected = 'a line "Trc 59758 push-flex: could not send notification - no gms node found in group=GROUP"'
      must.be(
        lines.some(line => /\S$/.test(line) && lostLine.test(line)),
        expected,
        lines,
      )
    },
  },
  {
    id: 'CS-055/in-turn',
    title: 'of six sessions on one Chat Server three are associated with each of two nodes, in turn',
    rules: ['CS-055'],
    needs: ['server control', 'push sink', 'agent'],
    async run({ anotherCustomer, anotherAgent, sinkOf, server, must }) {
      await server.stopChatServer(1)
      const nodes: string[] = []
      for (let chat = 0; chat < 6; chat++) {
        const customer = anotherCustomer()
        await customer.requestChat({ push: 'payload' })
        await anotherAgent().joins({ chatOf: customer })
        nodes.push((await sinkOf(customer).nextPush()).node)
      }
      const inTurn = nodes.every((node, chat) => (node === nodes[0]) === (chat % 2 === 0))
      must.be(inTurn, 'two nodes in turn', nodes.join(', '))
    },
  },
  {
    id: 'CS-056/pair-wins',
    title: 'the group of the user data counts, also when no node has that name',
    rules: ['CS-056'],
    needs: ['server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'payload', userData: { GCTI_GMS_NodeGroup: 'Empty_Cluster' } })
      await agent.joins()
      must.equal((await sink.nextPush()).event?.type, 'ParticipantJoined')
      for (const node of [0, 1]) await server.stopNode(node)
      await agent.says('still there?')
      must.equal(await groupsWithoutNode(server), ['Empty_Cluster'])
    },
  },
  {
    id: 'CS-057/outage',
    title: 'what happened while no node was there is not pushed afterwards',
    rules: ['CS-057'],
    needs: ['server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await customer.requestChat({ push: 'payload' })
      for (const node of [0, 1]) await server.stopNode(node)
      await agent.joins()
      await agent.says('lost')
      await server.startNode(0)
      await agent.says('after the outage')
      must.equal(
        (await sink.pushes()).map(push => push.event?.text),
        ['after the outage'],
      )
    },
  },
  {
    id: 'CS-058/without-notification-mode',
    title: 'a node with enable_notification_mode=false is never chosen, not even when it is the only one',
    rules: ['CS-058'],
    needs: ['server control', 'configuration', 'push sink', 'agent'],
    async run({ customer, anotherCustomer, agent, anotherAgent, sink, sinkOf, server, must }) {
      await server.set('chat', 'enable_notification_mode', 'false')
      await server.restartNode(1)
      const other = anotherCustomer()
      await customer.requestChat({ push: 'payload' })
      await other.requestChat({ push: 'payload' })
      await agent.joins()
      await anotherAgent().joins({ chatOf: other })
      must.equal((await sink.nextPush()).node, 'gms-1')
      must.equal((await sinkOf(other).nextPush()).node, 'gms-1')
      await server.stopNode(0)
      await agent.says('still there?')
      await sink.none()
    },
  },
])
