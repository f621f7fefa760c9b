import { cases } from '../../case.ts'

export const queue = cases('push', 'queue', [
  {
    id: 'PUSH-070/held-answer',
    title: 'while a POST is not answered its node begins no other',
    rules: ['PUSH-070'],
    needs: ['push sink', 'agent'],
    alone: true,
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      sink.answers({ hold: true, times: 1 })
      await agent.joins()
      await sink.nextPush()
      await agent.says('one')
      await agent.says('two')
      await sink.none()
      sink.release()
      const texts = (await sink.pushes()).map(push => push.event?.text)
      must.equal(texts, ['one', 'two'])
    },
  },
  {
    id: 'PUSH-075/failed-post',
    title: 'a POST that was answered 500 is not repeated',
    rules: ['PUSH-075'],
    needs: ['push sink', 'agent', 'time control'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'payload' })
      sink.answers({ status: 500, times: 1 })
      await agent.joins()
      await sink.nextPush()
      await clock.advance('4m')
      await sink.none()
      await agent.says('next')
      must.equal((await sink.nextPush()).event?.text, 'next')
    },
  },
])
