import { cases } from '../../case.ts'

export const shutdown = cases('chat-server', 'shutdown', [
  {
    id: 'CS-100/advice',
    title: 'an instance that is stopped in order advises each subscribed session to reconnect',
    rules: ['CS-100'],
    needs: ['server control', 'configuration', 'push sink'],
    async run({ customer, sink, server, must }) {
      await server.set('settings', 'shutdown-notify-flex-push', '1')
      await customer.requestChat({ push: 'payload' })
      await server.stopChatServer(await server.serverOf(customer))
      const { event } = await sink.nextPush()
      must.equal([event?.type, event?.from.participantId], ['ParticipantLeft', 1])
      must.equal(event?.userData?.['quit-reason-advice'], 'reconnect')
    },
  },
])
