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
    id: 'CS-060/each-wait',
    title: 'each repetition waits as long for a refresh as the first notification did',
    rules: ['CS-060'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await clock.advance('15s')
      await sink.pushes()
      await clock.advance('14s')
      await sink.none()
      await clock.advance('1s')
      must.equal((await sink.nextPush()).attempt, '2')
    },
  },
  {
    id: 'CS-060/failed-post',
    title: 'a reliable push that was answered 500 comes again after 15 s, by the schedule and not at once',
    rules: ['CS-060', 'PUSH-075'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      sink.answers({ status: 500, times: 1 })
      await agent.joins()
      await sink.nextPush()
      await clock.advance('14s')
      await sink.none('PUSH-075')
      await clock.advance('1s')
      must.equal((await sink.nextPush()).attempt, '1')
    },
  },
  {
    id: 'CS-061/during-repetitions',
    title: 'a refresh ends the resending also after some repetitions',
    rules: ['CS-061', 'PUSH-050'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await clock.advance('40s')
      must.equal((await sink.pushes()).at(-1)?.attempt, '2')
      await customer.refresh()
      await clock.advance('10m')
      await sink.none()
    },
  },
  {
    id: 'CS-061/other-session',
    title: 'a refresh ends the resending for its own session only',
    rules: ['CS-061', 'CS-060'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, anotherCustomer, agent, anotherAgent, sink, sinkOf, clock, must }) {
      const other = anotherCustomer()
      await customer.requestChat({ push: 'reliable' })
      await other.requestChat({ push: 'reliable' })
      await agent.joins()
      await anotherAgent().joins({ chatOf: other })
      await sink.nextPush()
      await sinkOf(other).nextPush()
      await customer.refresh()
      await clock.advance('15s')
      await sink.none()
      must.equal((await sinkOf(other).nextPush('CS-060')).attempt, '1', 'CS-060')
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
  {
    id: 'CS-063/no-repetition',
    title: 'with flex-push-resend-attempts=0 a reliable push that nobody answers with a refresh comes once',
    rules: ['CS-063'],
    needs: ['time control', 'push sink', 'agent', 'configuration'],
    async run({ customer, agent, sink, clock, server }) {
      await server.set('settings', 'flex-push-resend-attempts', '0')
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      await clock.advance('10m')
      await sink.none()
      await agent.says('next')
      await sink.nextPush()
    },
  },
  {
    id: 'CS-064/counts-from-zero',
    title: 'notify-attempt is "0" in the first notification, "1" and "2" in its repetitions',
    rules: ['CS-064'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await clock.advance('30s')
      const attempts = (await sink.pushes()).map(push => push.attempt)
      must.be(attempts.length === 3, 'three pushes in 30 s', attempts)
      must.edge.equal(attempts, ['0', '1', '2'])
    },
  },
  {
    id: 'CS-064/own-activity',
    title: 'a push about what the customer did has notify-attempt "0"',
    rules: ['CS-064'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'reliable', ownActivity: true })
      await customer.send('hello')
      must.edge.equal((await sink.nextPush()).attempt, '0')
    },
  },
  {
    id: 'CS-064/again-from-zero',
    title: 'after a refresh the next event is notified with attempt "0" again',
    rules: ['CS-064'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await clock.advance('30s')
      await sink.pushes()
      await customer.refresh()
      await agent.says('next')
      must.edge.equal((await sink.nextPush()).attempt, '0')
    },
  },
  {
    id: 'CS-065/first-unread',
    title: 'notify-position is the index of the first event that no refresh has brought',
    rules: ['CS-065'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await customer.refresh()
      await agent.says('one')
      await agent.says('two')
      const [, first, second] = await sink.pushes()
      const unread = await customer.refresh()
      const one = must.haveEvent(unread, { type: 'Message', text: 'one' })
      must.equal([first?.position, second?.position], [String(one.index), String(one.index)])
      await agent.says('three')
      const three = await sink.nextPush()
      must.equal(three.position, String(unread.nextPosition))
    },
  },
  {
    id: 'CS-065/exactly-the-rest',
    title: 'a refresh from notify-position brings all that is new and nothing that is known',
    rules: ['CS-065'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await customer.refresh(Number((await sink.nextPush()).position))
      await agent.says('one')
      await agent.pushesUrl('https://example.com/two')
      const { position } = await sink.nextPush()
      must.haveTypes(await customer.refresh(Number(position)), ['Message', 'PushUrl'])
    },
  },
  {
    id: 'CS-065/own-activity',
    title: 'a refresh from notify-position brings what the customer did and did not yet retrieve',
    rules: ['CS-065'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'reliable', ownActivity: true })
      await customer.send('hello')
      const { position } = await sink.nextPush()
      must.haveEvent(await customer.refresh(Number(position)), { type: 'Message', text: 'hello', participantId: 1 })
    },
  },
  {
    id: 'CS-065/repetition',
    title: 'a repetition has the position of the notification that it repeats',
    rules: ['CS-065'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await customer.refresh()
      await sink.pushes()
      await agent.says('one')
      await clock.advance('30s')
      const positions = (await sink.pushes()).map(push => push.position)
      must.equal(positions, Array(3).fill(positions[0]))
    },
  },
  {
    id: 'CS-066/removed',
    title: 'a customer who is removed by the agent is told so by notify-position -1',
    rules: ['CS-066', 'PUSH-057'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      must.notEqual((await sink.nextPush()).position, '-1')
      await agent.removes()
      must.equal((await sink.nextPush()).position, '-1')
    },
  },
  {
    id: 'CS-066/silent-for-long',
    title: 'a subscribed customer who is removed for inactivity is told so by notify-position -1',
    rules: ['CS-066'],
    needs: ['time control', 'push sink', 'configuration'],
    async run({ customer, sink, clock, server, must }) {
      await server.set('settings', 'flex-push-timeout', '300')
      await server.set('settings', 'flex-disconnect-timeout', '45')
      await customer.requestChat({ push: 'reliable' })
      await clock.advance('12m')
      must.equal(
        (await sink.pushes()).map(push => push.position),
        ['-1'],
      )
    },
  },
  {
    id: 'CS-067/send-without-position',
    title: 'a message of the customer, sent without transcriptPosition, does not end the resending',
    rules: ['CS-067'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      await customer.send('I have seen nothing')
      await customer.startTyping()
      await clock.advance('15s')
      must.equal((await sink.nextPush()).attempt, '1')
    },
  },
  {
    id: 'CS-067/send-with-position',
    title: 'a message of the customer with a transcriptPosition ends the resending',
    rules: ['CS-067'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      const { position } = await sink.nextPush()
      await customer.send('hello Bob', { transcriptPosition: Number(position) })
      await clock.advance('10m')
      await sink.none()
    },
  },
  {
    id: 'CS-067/typing-with-position',
    title: 'a typing notice of the customer with a transcriptPosition ends the resending',
    rules: ['CS-067'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      const { position } = await sink.nextPush()
      await customer.post('startTyping', { transcriptPosition: position })
      await clock.advance('10m')
      await sink.none()
    },
  },
  {
    id: 'CS-068/refresh-from-zero',
    title: 'a refresh from 0, which brings nothing, ends the resending',
    rules: ['CS-068'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      must.haveTypes(await customer.refresh(0), [])
      await clock.advance('10m')
      await sink.none()
    },
  },
  {
    id: 'CS-069/at-once',
    title: 'an event during the wait is notified at once and waits 15 s of its own',
    rules: ['CS-069'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      await clock.advance('10s')
      await agent.says('and another thing')
      must.equal((await sink.nextPush()).attempt, '0')
      await clock.advance('14s')
      await sink.none()
      await clock.advance('1s')
      must.equal(
        (await sink.pushes()).map(push => push.attempt),
        ['1'],
      )
    },
  },
  {
    id: 'CS-069/count-restarts',
    title: 'an event during the wait makes the count begin anew, for all ten repetitions',
    rules: ['CS-069'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await clock.advance('50s')
      must.equal((await sink.pushes()).at(-1)?.attempt, '3')
      await agent.says('and another thing')
      must.equal((await sink.nextPush()).attempt, '0')
      await clock.advance('10m')
      must.equal((await sink.pushes()).at(-1)?.attempt, '10')
    },
  },
  {
    id: 'CS-070/silence',
    title: 'after the last repetition nothing comes for two hours',
    rules: ['CS-070'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await clock.advance('150s')
      await sink.pushes()
      await clock.advance('2h')
      await sink.none()
    },
  },
  {
    id: 'CS-070/next-event',
    title: 'an event after the last repetition is notified and repeated as if nothing had been before',
    rules: ['CS-070'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await clock.advance('1h')
      await sink.pushes()
      await agent.says('still there?')
      await clock.advance('15s')
      must.equal(
        (await sink.pushes()).map(push => push.attempt),
        ['0', '1'],
      )
    },
  },
  {
    id: 'CS-071/shorter-delay',
    title: 'a shorter flex-push-resend-delay leaves the running wait as it is and holds from the next one on',
    rules: ['CS-071'],
    needs: ['time control', 'push sink', 'agent', 'configuration'],
    async run({ customer, agent, sink, clock, server, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      await server.set('settings', 'flex-push-resend-delay', '5')
      await clock.advance('14s')
      await sink.none()
      await clock.advance('1s')
      must.edge.equal(
        (await sink.pushes()).map(push => push.attempt),
        ['1'],
      )
      await clock.advance('5s')
      must.edge.equal(
        (await sink.pushes()).map(push => push.attempt),
        ['2'],
      )
    },
  },
  {
    id: 'CS-071/longer-delay',
    title: 'a longer flex-push-resend-delay leaves the running wait as it is and holds from the next one on',
    rules: ['CS-071'],
    needs: ['time control', 'push sink', 'agent', 'configuration'],
    async run({ customer, agent, sink, clock, server, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      await server.set('settings', 'flex-push-resend-delay', '60')
      await clock.advance('15s')
      must.edge.equal(
        (await sink.pushes()).map(push => push.attempt),
        ['1'],
      )
      await clock.advance('59s')
      await sink.none()
      await clock.advance('1s')
      must.edge.equal(
        (await sink.pushes()).map(push => push.attempt),
        ['2'],
      )
    },
  },
  {
    id: 'CS-071/fewer-attempts',
    title: 'a new flex-push-resend-attempts ends the resending that is going on',
    rules: ['CS-071'],
    needs: ['time control', 'push sink', 'agent', 'configuration'],
    async run({ customer, agent, sink, clock, server, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await clock.advance('15s')
      await sink.pushes()
      await server.set('settings', 'flex-push-resend-attempts', '3')
      await clock.advance('10m')
      must.edge.equal(
        (await sink.pushes()).map(push => push.attempt),
        ['2', '3'],
      )
    },
  },
  {
    id: 'CS-072/receiver-fails',
    title: 'a push with payload or without that the receiver refused is not repeated',
    rules: ['CS-072'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, anotherCustomer, agent, anotherAgent, sink, sinkOf, clock }) {
      const other = anotherCustomer()
      await customer.requestChat({ push: 'payload' })
      await other.requestChat({ push: 'device-id' })
      for (const each of [customer, other]) sinkOf(each).answers({ status: 503 })
      await agent.joins()
      await anotherAgent().joins({ chatOf: other })
      await sink.nextPush()
      await sinkOf(other).nextPush()
      await clock.advance('10m')
      await sink.none()
      await sinkOf(other).none()
    },
  },
  {
    id: 'CS-072/link-is-cut',
    title: 'a push with payload that could not reach a GMS node is made up for neither by time nor with the next event',
    rules: ['CS-072'],
    needs: ['time control', 'push sink', 'agent', 'server control', 'fault injection'],
    async run({ customer, agent, sink, clock, server, must }) {
      await customer.requestChat({ push: 'payload' })
      const owner = await server.serverOf(customer)
      for (const node of [0, 1]) await server.cutLink(node, owner)
      await agent.joins()
      for (const node of [0, 1]) await server.restoreLink(node, owner)
      await clock.advance('10m')
      await sink.none()
      await agent.says('next')
      const texts = (await sink.pushes()).map(push => push.event?.text)
      must.equal({ texts }, { texts: ['next'] })
    },
  },
  {
    id: 'CS-072/silent-customer',
    title: 'a push with payload that was delivered is not repeated, although no refresh follows',
    rules: ['CS-072'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      await agent.says('hello')
      await sink.nextPush()
      await clock.advance('10m')
      await sink.none()
    },
  },
  {
    id: 'CS-073/once',
    title: 'the notice with notify-position -1 is not repeated, although no refresh follows',
    rules: ['CS-073'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await agent.removes()
      must.equal((await sink.pushes()).filter(push => push.position === '-1').length, 1)
      await clock.advance('10m')
      await sink.none()
    },
  },
  {
    id: 'CS-073/receiver-fails',
    title: 'the notice with notify-position -1 is not repeated when the receiver refused it',
    rules: ['CS-073'],
    needs: ['time control', 'push sink', 'agent'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      await sink.nextPush()
      sink.answers({ status: 500 })
      await agent.removes()
      must.equal((await sink.nextPush()).position, '-1')
      await clock.advance('10m')
      await sink.none()
    },
  },
])
