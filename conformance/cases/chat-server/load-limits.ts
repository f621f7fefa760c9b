import { cases } from '../../case.ts'
import type { Customer } from '../../story/customer.ts'
import type { Server } from '../../story/server.ts'

const limitsOn = (server: Server) => server.set('settings', 'limits-control-enabled', 'true')

/** So many customers with a chat each. */
async function chats(count: number, anotherCustomer: () => Customer): Promise<Customer[]> {
  const customers = Array.from({ length: count }, anotherCustomer)
  for (const customer of customers) await customer.requestChat()
  return customers
}

export const loadLimits = cases('chat-server', 'load-limits', [
  {
    id: 'CS-120/off-by-default',
    title: 'without limits-control-enabled the limits limit nothing',
    rules: ['CS-120'],
    needs: ['configuration'],
    async run({ anotherCustomer, server, must }) {
      await server.set('settings', 'limit-for-sessions', '1')
      await server.set('settings', 'limit-for-flex-users', '1')
      for (let chat = 0; chat < 6; chat++) must.ok(await anotherCustomer().requestChat())
    },
  },
  {
    id: 'CS-120/switched-off',
    title: 'an instance at its limit takes sessions again once limits-control-enabled is false',
    rules: ['CS-120'],
    needs: ['configuration', 'server control'],
    async run({ customer, anotherCustomer, server, must }) {
      await limitsOn(server)
      await server.set('settings', 'limit-for-sessions', '1')
      await server.stopChatServer(1)
      await customer.requestChat()
      await anotherCustomer().postChat({ nickname: 'Cleo' })
      await server.set('settings', 'limits-control-enabled', 'false')
      must.ok(await anotherCustomer().requestChat())
    },
  },
  {
    id: 'CS-121/to-the-other-instance',
    title: 'new sessions go past an instance that is at its limit',
    rules: ['CS-121', 'CS-123'],
    needs: ['configuration', 'server control'],
    async run({ anotherCustomer, server, must }) {
      await limitsOn(server)
      await server.set('settings', 'limit-for-sessions', '2')
      await server.stopChatServer(1)
      const first = await chats(2, anotherCustomer)
      await server.startChatServer(1)
      const next = [anotherCustomer(), anotherCustomer()]
      for (const customer of next) must.ok(await customer.requestChat(), 'CS-123')
      const places = []
      for (const customer of [...first, ...next]) places.push(await server.serverOf(customer))
      must.equal(places, [0, 0, 1, 1])
    },
  },
  {
    id: 'CS-121/running-ones',
    title: 'the sessions of an instance at its limit go on',
    rules: ['CS-121'],
    needs: ['configuration', 'server control'],
    async run({ customer, anotherCustomer, server, must }) {
      await limitsOn(server)
      await server.set('settings', 'limit-for-sessions', '1')
      await server.stopChatServer(1)
      await customer.requestChat()
      must.edge.refuse(await anotherCustomer().postChat({ nickname: 'Cleo' }), 240)
      must.ok(await customer.send('hello'))
      must.haveEvent(await customer.refresh(), { type: 'Message', text: 'hello' })
    },
  },
  {
    id: 'CS-121/flex-users',
    title: 'limit-for-flex-users limits the customers, those that have left not counted',
    rules: ['CS-121'],
    needs: ['configuration', 'server control', 'agent'],
    async run({ customer, anotherCustomer, agent, server, must }) {
      await limitsOn(server)
      await server.set('settings', 'limit-for-flex-users', '2')
      await server.set('settings', 'limits-restore-threshold', '100')
      await server.stopChatServer(1)
      await customer.requestChat()
      await agent.joins()
      must.ok(await anotherCustomer().requestChat())
      must.edge.refuse(await anotherCustomer().postChat({ nickname: 'Cleo' }), 240)
      // The agent keeps the session, so it is the customer that no longer counts.
      await customer.disconnect()
      must.ok(await anotherCustomer().requestChat())
    },
  },
  {
    id: 'CS-122/below-the-threshold',
    title: 'at limit 10 and threshold 80 sessions are refused at 10, 9 and 8 and taken at 7',
    rules: ['CS-122'],
    needs: ['configuration', 'server control'],
    async run({ anotherCustomer, server, must }) {
      await limitsOn(server)
      await server.set('settings', 'limit-for-sessions', '10')
      await server.stopChatServer(1)
      const customers = await chats(10, anotherCustomer)
      const latecomer = () => anotherCustomer().postChat({ nickname: 'Cleo' })
      must.refuse(await latecomer())
      for (const customer of customers.slice(0, 2)) {
        await customer.disconnect()
        must.refuse(await latecomer())
      }
      await customers[2]!.disconnect()
      must.ok(await latecomer())
    },
  },
  {
    id: 'CS-123/both-full',
    title: 'request chat fails with 240 when every instance is at its limit',
    rules: ['CS-123'],
    needs: ['configuration', 'server control'],
    async run({ anotherCustomer, server, must }) {
      await limitsOn(server)
      await server.set('settings', 'limit-for-sessions', '1')
      const customers = await chats(2, anotherCustomer)
      const places = []
      for (const customer of customers) places.push(await server.serverOf(customer))
      must.equal(places.sort(), [0, 1])
      must.refuse(await anotherCustomer().postChat({ nickname: 'Cleo' }), 240)
    },
  },
  {
    id: 'CS-125/zero-sessions',
    title: 'limit-for-sessions=0 and limit-for-flex-users=0 limit nothing',
    rules: ['CS-125'],
    needs: ['configuration'],
    async run({ anotherCustomer, server, must }) {
      await limitsOn(server)
      await server.set('settings', 'limit-for-sessions', '0')
      await server.set('settings', 'limit-for-flex-users', '0')
      for (let chat = 0; chat < 6; chat++) must.ok(await anotherCustomer().requestChat())
    },
  },
  {
    id: 'CS-126/reported',
    title: 'an instance at its limit reports SERVICE UNAVAILABLE in its log and on its health page',
    rules: ['CS-126'],
    needs: ['configuration', 'server control'],
    async run({ customer, server, must }) {
      await limitsOn(server)
      await server.set('settings', 'limit-for-sessions', '1')
      await server.stopChatServer(1)
      await customer.requestChat()
      const lines = (await server.log()).map(({ line }) => line)
      must.be(
        lines.some(line => line.includes('SERVICE UNAVAILABLE')),
        'a line SERVICE UNAVAILABLE',
        lines,
      )
      must.equal((await server.health()).body.serviceUnavailable, true)
    },
  },
  {
    id: 'CS-126/not-reported',
    title: 'with limits-reached-report-scs=false an instance at its limit reports nothing',
    rules: ['CS-126'],
    needs: ['configuration', 'server control'],
    async run({ customer, anotherCustomer, server, must }) {
      await limitsOn(server)
      await server.set('settings', 'limit-for-sessions', '1')
      await server.set('settings', 'limits-reached-report-scs', 'false')
      await server.stopChatServer(1)
      await customer.requestChat()
      await anotherCustomer().postChat({ nickname: 'Cleo' })
      const reported = (await server.log()).filter(({ line }) => line.includes('SERVICE UNAVAILABLE'))
      must.equal(reported.length, 0)
      must.notEqual((await server.health()).body.serviceUnavailable, true)
    },
  },
])
