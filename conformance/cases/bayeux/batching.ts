import { transports } from '../../../protocol/bayeux/message.ts'
import { cases } from '../../case.ts'

export const batching = cases('bayeux', 'batching', [
  {
    id: 'BX-100/order',
    title: 'the messages of a request are answered in their order, behind all events that they caused',
    rules: ['BX-100'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const channel = browser.channel('room')
      const messages = [
        session.message('/meta/subscribe', { subscription: channel }),
        session.message(channel, { data: 1 }),
        session.message('/service/echo', { data: 2 }),
        session.message(channel, { data: 3 }),
      ]
      const { messages: came, replies } = await session.send(...messages)
      must.equal(
        replies.map(each => each.id),
        messages.map(each => each.id),
      )
      must.equal(
        came.map(({ data, id }) => data ?? id),
        [1, 2, 3, ...messages.map(each => each.id)],
      )
    },
  },
  {
    id: 'BX-100/one-fails',
    title: 'a message that is refused does not stop the others of its request, over each transport',
    rules: ['BX-100'],
    needs: ['echo'],
    async run({ browser, anotherBrowser, must }) {
      for (const transport of transports) {
        const session = await anotherBrowser().handshake(transport)
        const channel = browser.channel(transport)
        const { replies } = await session.send(
          session.message('/meta/subscribe', { subscription: '/meta/connect' }),
          session.message('/meta/subscribe', { subscription: channel }),
          session.message('foo', { data: 1 }),
          session.message(channel, { data: 2 }),
        )
        must.equal(
          replies.map(each => each.successful),
          [false, true, false, true],
        )
        await session.collect()
        must.equal(
          session.events.map(each => each.data),
          [2],
        )
      }
    },
  },
  {
    id: 'BX-101/two-clients',
    title: 'in a request of two clients the first one is served and the other refused with 402',
    rules: ['BX-101'],
    async run({ browser, must }) {
      const first = await browser.handshake()
      const second = await browser.handshake()
      const { replies } = await browser.post([
        first.message('/service/x', { data: 1, id: 'a1' }),
        second.message('/service/x', { data: 2, id: 'b1' }),
        first.message('/service/x', { data: 3, id: 'a2' }),
      ])
      must.equal(
        replies.map(each => [each.id, each.successful]),
        [
          ['a1', true],
          ['b1', false],
          ['a2', true],
        ],
      )
      must.match(replies[1]?.error, /^402:/)
    },
  },
])
