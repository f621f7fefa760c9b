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
    id: 'PUSH-070/other-session',
    title: 'a POST that is not answered holds up the pushes of the other sessions of its node, too',
    rules: ['PUSH-070'],
    needs: ['push sink', 'agent', 'server control'],
    alone: true,
    async run({ customer, anotherCustomer, agent, anotherAgent, sink, sinkOf, server, must }) {
      await server.stopNode(1)
      const other = anotherCustomer()
      await customer.requestChat({ push: 'payload' })
      await other.requestChat({ push: 'reliable' })
      sink.answers({ hold: true, times: 1 })
      await agent.joins()
      await sink.nextPush()
      await anotherAgent().joins({ chatOf: other })
      await sink.none()
      must.be(sinkOf(other).count() === 0, 'no push of the other session before the answer', 'one that did not wait')
      sink.release()
      await sinkOf(other).nextPush()
    },
  },
  {
    id: 'PUSH-071/one-by-one',
    title: 'of a burst of events each push begins when the one before it has been answered',
    rules: ['PUSH-071'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      sink.answers({ delayMs: 5 })
      await agent.joins()
      for (const text of ['one', 'two', 'three', 'four', 'five', 'six']) await agent.says(text)
      const unanswered = (await sink.pushes()).map(push => push.inFlight)
      must.equal(unanswered, Array(7).fill(0))
    },
  },
  {
    id: 'PUSH-071/own-burst',
    title: 'of what a customer does at once each push begins when the one before it has been answered',
    rules: ['PUSH-071', 'PUSH-070'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'payload', ownActivity: true })
      sink.answers({ delayMs: 20 })
      await Promise.all(['one', 'two', 'three', 'four'].map(text => customer.send(text)))
      const unanswered = (await sink.pushes()).map(push => push.inFlight)
      must.be(unanswered.length >= 4, 'a push of each message', `${unanswered.length} pushes`)
      must.be(
        unanswered.every(n => n === 0),
        'none before the answer to the one before',
        unanswered,
      )
    },
  },
  {
    id: 'PUSH-071/refused',
    title: 'the next push begins also when the one before it was refused or got no answer',
    rules: ['PUSH-071'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      sink.answers({ status: 404, times: 1 })
      sink.answers({ reset: true, times: 1 })
      await agent.joins()
      await agent.says('one')
      await agent.says('two')
      const pushed = (await sink.pushes()).map(({ event, inFlight }) => [event?.text, inFlight])
      must.equal(pushed, [
        [undefined, 0],
        ['one', 0],
        ['two', 0],
      ])
    },
  },
  {
    id: 'PUSH-072/one-per-answer-time',
    title: 'from a receiver that takes 20 ms to answer a node gets no two pushes within 20 ms',
    rules: ['PUSH-072'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      sink.answers({ delayMs: 20 })
      await agent.joins()
      for (const text of ['one', 'two', 'three', 'four']) await agent.says(text)
      const arrivals = (await sink.pushes()).map(push => push.atMs)
      const gaps = arrivals.slice(1).map((atMs, i) => atMs - arrivals[i]!)
      // A timer of 20 ms can end up to 1 ms early, and both stamps are whole milliseconds.
      must.be(
        gaps.length === 4 && gaps.every(gapMs => gapMs >= 18),
        '5 pushes, at least 20 ms apart',
        `${gaps.join(', ')} ms apart`,
      )
    },
  },
  {
    id: 'PUSH-073/nodes-apart',
    title: 'while one node waits for an answer another one delivers',
    rules: ['PUSH-073'],
    needs: ['push sink', 'agent'],
    alone: true,
    async run({ anotherCustomer, anotherAgent, sinkOf, must }) {
      // Of three sessions on two Chat Servers two have the same server, which gives them different nodes.
      const chats = []
      for (const name of ['Eve', 'Finn', 'Gil']) {
        const chat = anotherCustomer()
        const agent = anotherAgent(name)
        await chat.requestChat({ push: 'payload' })
        await agent.joins({ chatOf: chat })
        const sink = sinkOf(chat)
        chats.push({ agent, sink, node: (await sink.nextPush()).node })
      }
      const slow = chats[0]!
      const other = chats.find(({ node }) => node !== slow.node)
      const nodes = chats.map(({ node }) => node)
      must.be(other !== undefined, 'sessions on two nodes', nodes)
      slow.sink.answers({ hold: true, times: 1 })
      await slow.agent.says('one')
      await slow.sink.nextPush()
      await other!.agent.says('two')
      must.equal((await other!.sink.nextPush()).event?.text, 'two')
      // Not behind a node that has given up in the end, of which we may hear a moment later.
      await slow.sink.none()
      must.be(slow.sink.isHolding(), 'a push while the other node waits', 'the other node waits no more')
      slow.sink.release()
    },
  },
  {
    id: 'PUSH-074/order-of-arrival',
    title: 'pushes of several sessions leave their node in the order in which the events happened',
    rules: ['PUSH-074'],
    needs: ['push sink', 'agent', 'server control'],
    alone: true,
    async run({ customer, anotherCustomer, agent, anotherAgent, sink, sinkOf, server, must }) {
      await server.stopNode(1)
      const other = anotherCustomer()
      const otherAgent = anotherAgent()
      await customer.requestChat({ push: 'payload' })
      await other.requestChat({ push: 'payload' })
      sink.answers({ hold: true, times: 1 })
      await agent.joins()
      await sink.nextPush()
      await otherAgent.joins({ chatOf: other })
      await otherAgent.says('one')
      await agent.says('two')
      await otherAgent.says('three')
      await agent.says('four')
      sink.release()
      const pushes = [...(await sink.pushes()), ...(await sinkOf(other).pushes())].sort((a, b) => a.number - b.number)
      must.equal(
        pushes.slice(-4).map(push => push.event?.text),
        ['one', 'two', 'three', 'four'],
      )
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
  {
    id: 'PUSH-075/broken-connection',
    title: 'a POST whose connection was closed without an answer is not repeated',
    rules: ['PUSH-075'],
    needs: ['push sink', 'agent', 'time control'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'payload' })
      sink.answers({ reset: true, times: 1 })
      await agent.joins()
      await sink.nextPush()
      await clock.advance('4m')
      await sink.none()
      await agent.says('next')
      must.equal((await sink.nextPush()).event?.text, 'next')
    },
  },
  {
    id: 'PUSH-076/silent-receiver',
    title: 'a POST that nobody answers is given up after 5 s, not earlier, and the next push leaves',
    rules: ['PUSH-076'],
    needs: ['push sink', 'agent', 'time control'],
    async run({ customer, agent, sink, clock, must }) {
      await customer.requestChat({ push: 'payload' })
      sink.answers({ hold: true, times: 1 })
      await agent.joins()
      await sink.nextPush()
      await agent.says('next')
      await clock.jump('4s')
      await sink.none()
      await clock.jump('1s')
      must.equal((await sink.nextPush()).event?.text, 'next')
    },
  },
  {
    id: 'PUSH-077/repetition-waits',
    title: 'a repetition waits behind the POST of another session that is not answered yet',
    rules: ['PUSH-077'],
    needs: ['push sink', 'agent', 'time control', 'server control'],
    async run({ customer, anotherCustomer, agent, anotherAgent, sink, sinkOf, clock, server, must }) {
      await server.stopNode(1)
      const reliable = anotherCustomer()
      await customer.requestChat({ push: 'payload' })
      await reliable.requestChat({ push: 'reliable' })
      await anotherAgent().joins({ chatOf: reliable })
      await sinkOf(reliable).nextPush()
      await clock.advance('14s')
      sink.answers({ hold: true, times: 1 })
      await agent.joins()
      await sink.nextPush()
      await clock.jump('1s')
      await sink.none()
      must.be(
        sinkOf(reliable).count() === 1,
        'no repetition before the other POST is answered',
        'one that did not wait',
      )
      sink.release()
      must.equal((await sinkOf(reliable).nextPush()).attempt, '1')
    },
  },
  {
    id: 'PUSH-078/gauges',
    title: 'the gauges of a node tell how many pushes wait and how long the first of them has waited',
    rules: ['PUSH-078'],
    needs: ['push sink', 'agent', 'time control', 'server control'],
    async run({ customer, agent, sink, clock, server, must }) {
      await customer.requestChat({ push: 'payload' })
      sink.answers({ hold: true, times: 1 })
      await agent.joins()
      const { node } = await sink.nextPush()
      const waiting = async () => {
        const { queued, headAgeMs } = (await server.gauges()).gmsNodes[node]!
        return { queued, headAgeMs }
      }
      must.equal(await waiting(), { queued: 0, headAgeMs: 0 })
      await agent.says('one')
      await clock.jump('2s')
      await agent.says('two')
      must.equal(await waiting(), { queued: 2, headAgeMs: 2000 })
      sink.release()
      await sink.pushes()
      must.equal(await waiting(), { queued: 0, headAgeMs: 0 })
    },
  },
])
