import { cases } from '../../case.ts'

export const gmsChat = cases('options', 'gms-chat', [
  {
    id: 'OPT-082/include-payload',
    title: 'push_notification_include_payload of the service gives every session payload at once',
    rules: ['OPT-082', 'PUSH-028'],
    needs: ['configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('chat.customer-support', 'push_notification_include_payload', 'true')
      await customer.requestChat({ push: 'device-id', pushedAs: 'payload' })
      await agent.joins()
      must.equal((await sink.nextPush()).event?.type, 'ParticipantJoined')
    },
  },
])
