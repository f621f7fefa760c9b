import { cases } from '../../case.ts'

export const subscription = cases('push', 'subscription', [
  {
    id: 'PUSH-022/odd-characters',
    title: 'the device id comes back character by character',
    rules: ['PUSH-022'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      const deviceId = ' dévice:"1"/+%41 '
      await customer.requestChat({ push: 'device-id', deviceId })
      await agent.joins()
      must.equal((await sink.nextPush()).body.deviceId, deviceId)
    },
  },
  {
    id: 'PUSH-023/own-message',
    title: 'an own message is pushed with GCTI_GMS_NotifyRequestor, and not without',
    rules: ['PUSH-023'],
    needs: ['push sink'],
    async run({ customer, anotherCustomer, sink, sinkOf, must }) {
      await customer.requestChat({ push: 'payload', ownActivity: true })
      await customer.send('hello')
      const types = (await sink.pushes()).map(push => push.event?.type)
      must.be(types.includes('Message'), 'a push of the own message', types)

      const other = anotherCustomer()
      await other.requestChat({ push: 'payload' })
      await other.send('hello')
      await sinkOf(other).none()
    },
  },
])
