import { cases } from '../../case.ts'

export const customhttp = cases('push', 'customhttp', [
  {
    id: 'PUSH-042/device-id-only',
    title: 'without payload the body holds the device id and nothing else',
    rules: ['PUSH-042', 'PUSH-040'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'device-id' })
      await agent.joins()
      const push = await sink.nextPush('PUSH-040')
      must.equal(push.method, 'POST', 'PUSH-040')
      must.equal(push.body, { deviceId: customer.deviceId })
    },
  },
  {
    id: 'PUSH-043/same-content',
    title: 'with payload the push carries the event that a refresh shows',
    rules: ['PUSH-043'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      await agent.says('good morning 👋')
      const { event } = await sink.nextPush()
      const [shown] = (await customer.refresh(3)).messages
      must.equal(event, shown)
    },
  },
])
