import { cases } from '../../case.ts'

export const reliable = cases('push', 'reliable', [
  {
    id: 'PUSH-050/refresh-confirms',
    title: 'after a refresh the push is not repeated',
    rules: ['PUSH-050'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      const push = await sink.nextPush()
      must.haveEvent(await customer.refresh(Number(push.position)), { type: 'ParticipantJoined', nickname: 'Bob' })
      await clock.advance('5m')
      await sink.none()
    },
  },
])
