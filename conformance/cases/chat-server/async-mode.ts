import { cases } from '../../case.ts'

export const asyncMode = cases('chat-server', 'async-mode', [
  {
    id: 'CS-021/after-a-day',
    title: 'an asynchronous chat that nobody uses for a day gets an alert, not earlier',
    rules: ['CS-021'],
    needs: ['time control'],
    async run({ customer, clock, must }) {
      await customer.requestChat({ async: true, push: 'payload' })
      // The pings that a session in the background needs so as not to be removed (CS-004).
      for (let hour = 0; hour < 23; hour++) {
        await clock.advance('1h')
        await customer.refresh(0)
      }
      await clock.advance('59m')
      must.haveNoEvent(await customer.refresh(), { type: 'IdleAlert' })
      await clock.advance('1m')
      must.haveEvent(await customer.refresh(), { type: 'IdleAlert' })
    },
  },
])
