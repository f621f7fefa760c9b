import { cases } from '../../case.ts'

export const resend = cases('chat-server', 'resend', [
  {
    id: 'CS-060/after-15-seconds',
    title: 'a reliable push without refresh comes again after 15 s, not earlier',
    rules: ['CS-060'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      must.equal((await sink.nextPush()).attempt, '0')
      await clock.advance('14s')
      await sink.none()
      await clock.advance('1s')
      must.equal((await sink.nextPush()).attempt, '1')
    },
  },
  {
    id: 'CS-062/ten-repetitions',
    title: 'the resending ends after ten repetitions',
    rules: ['CS-062'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable', async: true })
      await agent.joins()
      await clock.advance('10m')
      const attempts = (await sink.pushes()).map(push => push.attempt)
      must.equal(
        attempts,
        Array.from({ length: 11 }, (_, i) => String(i)),
      )
    },
  },
])
