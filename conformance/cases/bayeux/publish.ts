import { transports } from '../../../protocol/bayeux/message.ts'
import { cases } from '../../case.ts'

export const publishes = cases('bayeux', 'publish', [
  {
    id: 'BX-080/answered',
    title: 'a publish is answered on its channel with its id and without data, over each transport',
    rules: ['BX-080'],
    needs: ['echo'],
    async run({ browser, anotherBrowser, must }) {
      for (const transport of transports) {
        const session = await anotherBrowser().handshake(transport)
        for (const channel of [browser.channel('room'), '/service/echo']) {
          const message = session.message(channel, { data: { a: 1 } })
          // The protocol leaves it to the server whether its clientId stands there.
          const { clientId: _, ...reply } = (await session.send(message)).reply
          must.equal(reply, { channel, id: message.id, successful: true })
        }
      }
    },
  },
  {
    id: 'BX-081/data',
    title: 'subscribers get the same data of every type',
    rules: ['BX-081'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const publisher = await browser.handshake()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      const all = [{ a: { b: [1, null] } }, [1, [2]], 'text', '', 7.5, -1e21, 0, true, false, {}, []]
      for (const data of all) await publisher.publish(channel, data)
      const events = await session.collect()
      must.equal(
        events.map(each => each.channel),
        all.map(() => channel),
      )
      must.equal(
        events.map(each => each.data),
        all,
      )
    },
  },
  {
    id: 'BX-082/anonymous',
    title: 'a delivered event has neither clientId nor id of its publisher',
    rules: ['BX-082'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const publisher = await browser.handshake()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      await publisher.publish(channel, 'hi', { id: 'secret1', ext: { a: 1 } })
      const [event] = await session.collect()
      must.equal([event?.data, event?.clientId, event?.id, event?.successful], ['hi', undefined, undefined, undefined])
    },
  },
  {
    id: 'BX-083/own',
    title: 'a publisher that is subscribed gets its own event, over each transport',
    rules: ['BX-083'],
    needs: ['echo'],
    async run({ browser, anotherBrowser, must }) {
      for (const transport of transports) {
        const session = await (await anotherBrowser().handshake(transport)).connected()
        const channel = browser.channel(transport)
        await session.subscribe(channel)
        await session.publish(channel, 'mine')
        must.equal(
          (await session.collect()).map(each => each.data),
          ['mine'],
        )
      }
    },
  },
  {
    id: 'BX-084/with-the-answer',
    title: 'over long polling the own event comes before the answer to the publish, and the connect stays held',
    rules: ['BX-084'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await (await browser.handshake()).connected()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      const held = session.connect()
      await browser.holds(held)
      const { messages } = await session.publish(channel, 'mine')
      must.equal(
        messages.map(({ data, successful }) => data ?? successful),
        ['mine', true],
      )
      await browser.holds(held)
    },
  },
  {
    id: 'BX-085/order',
    title: 'events of one publisher arrive in the order of their publishing, over each transport',
    rules: ['BX-085'],
    needs: ['echo'],
    async run({ browser, anotherBrowser, must }) {
      const publisher = await anotherBrowser().handshake()
      const numbers = Array.from({ length: 20 }, (_, at) => at)
      for (const transport of transports) {
        const session = await (await anotherBrowser().handshake(transport)).connected()
        const channel = browser.channel(transport)
        await session.subscribe(channel)
        await publisher.send(...numbers.slice(0, 10).map(data => publisher.message(channel, { data })))
        for (const data of numbers.slice(10)) await publisher.publish(channel, data)
        must.equal(
          (await session.collect()).map(each => each.data),
          numbers,
        )
      }
    },
  },
  {
    id: 'BX-086/no-data',
    title: 'a publish without data is answered with a message',
    rules: ['BX-086'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      for (const channel of [browser.channel('room'), '/service/x', '/service/echo']) {
        const { status, reply } = await session.publish(channel, undefined)
        must.equal(status, 200)
        must.be(typeof reply.successful === 'boolean', 'an answer', reply)
      }
    },
  },
  {
    id: 'BX-086/strict',
    title: 'a strict server refuses a publish without data and delivers it to nobody',
    rules: ['BX-086'],
    needs: ['echo', 'configuration', 'server control'],
    async run({ browser, server, must }) {
      await server.set('refserver', 'cometd.strict', 'true')
      await server.restartNode()
      const session = await browser.handshake()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      for (const each of [channel, '/service/x', '/service/echo']) {
        const { status, reply } = await session.publish(each, undefined)
        must.equal([status, reply.successful], [200, false])
        must.match(reply.error, /^4\d\d:/)
      }
      must.equal((await session.publish(channel, null)).reply.successful, true)
      must.equal(
        (await session.collect()).map(({ data }) => data),
        [null],
      )
    },
  },
  {
    id: 'BX-087/unknown',
    title: 'a publish with an unknown clientId or none is refused with 402 and delivered to nobody',
    rules: ['BX-087'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      for (const clientId of ['1234567890abcdefghijklm', '', undefined, 7, null]) {
        const { reply } = await browser.post([{ channel, id: '5', data: 'smuggled', clientId }])
        // The protocol lets a server take what comes without a session, and names no code for what it does not take.
        must.edge.equal([reply.channel, reply.id, reply.successful], [channel, '5', false])
        must.edge.match(reply.error, /^402:/)
      }
      must.edge.equal(await session.collect(), [])
    },
  },
  {
    id: 'BX-088/meta',
    title: 'a publish to a meta channel that does not exist is refused with 403',
    rules: ['BX-088'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const { reply } = await session.publish('/meta/foo', 1)
      must.equal([reply.channel, reply.successful], ['/meta/foo', false])
      must.match(reply.error, /^403:/)
      must.equal(await session.collect(), [])
    },
  },
  {
    id: 'BX-089/not-broadcast',
    title: 'what is published on a service channel reaches no other session, not one that is subscribed to all of them',
    rules: ['BX-089'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      // Not /**, which would hear what other cases publish beside this one.
      await session.subscribe(['/service/echo', '/service/x', '/service/**'])
      const other = await browser.handshake()
      for (const channel of ['/service/echo', '/service/x']) await other.publish(channel, 'for the server')
      must.equal(
        (await session.collect()).filter(each => each.channel?.startsWith('/service/')),
        [],
      )
    },
  },
  {
    id: 'BX-090/answer',
    title: 'the answer of a service reaches its sender alone, beside the answer to the publish, over each transport',
    rules: ['BX-090'],
    needs: ['echo'],
    async run({ anotherBrowser, must }) {
      for (const transport of transports) {
        const other = await (await anotherBrowser().handshake(transport)).connected()
        const session = await (await anotherBrowser().handshake(transport)).connected()
        await other.subscribe('/service/echo')
        const { reply } = await session.publish('/service/echo', { order: 7 })
        must.equal([reply.channel, reply.successful, reply.data], ['/service/echo', true, undefined])
        must.equal(await session.collect(), [{ channel: '/service/echo', data: { order: 7 } }])
        must.equal(await other.collect(), [])
      }
    },
  },
  {
    id: 'BX-091/unserved',
    title: 'a publish to a service channel that nobody serves is successful',
    rules: ['BX-091'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      must.equal((await session.publish('/service/nobody/here', 1)).reply.successful, true)
    },
  },
  {
    id: 'BX-092/no-channel',
    title: 'a message without a channel is refused with 400 channel_missing',
    rules: ['BX-092'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      for (const channel of [undefined, null, 7]) {
        const message = session.message('', { channel, data: 1 })
        const { status, reply } = await browser.post([message])
        must.equal([status, reply.error, reply.id], [200, '400::channel_missing', message.id])
      }
    },
  },
  {
    id: 'BX-093/illegal',
    title: 'an illegal channel is refused with 405 channel_invalid, an illegal id with 405 message_id_invalid',
    rules: ['BX-093'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      for (const channel of ['foo', '/foo?bar', '/', '', '/a//b', '/a b%'])
        must.equal((await session.publish(channel, 1)).reply.error, '405::channel_invalid')
      for (const id of ['a"b', 'ü', '<b>', '']) {
        const message = session.message('/service/x', { id, data: 1 })
        must.equal((await browser.post([message])).reply.error, '405::message_id_invalid')
      }
    },
  },
  {
    id: 'BX-094/kept',
    title: 'an event that comes while no connect is held waits for the next answer, be it to a publish',
    rules: ['BX-094'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await (await browser.handshake()).connected()
      const publisher = await browser.handshake()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      await publisher.publish(channel, 1)
      await publisher.publish(channel, 2)
      await session.publish('/service/x', 'anything')
      await publisher.publish(channel, 3)
      await session.collect()
      must.equal(
        session.events.map(each => each.data),
        [1, 2, 3],
      )
    },
  },
  {
    id: 'BX-094/every-transport',
    title: 'what comes between two connects is delivered with the second, over each transport',
    rules: ['BX-094', 'BX-085'],
    needs: ['echo'],
    async run({ browser, anotherBrowser, must }) {
      const publisher = await anotherBrowser().handshake()
      for (const transport of transports) {
        const session = await (await anotherBrowser().handshake(transport)).connected()
        const channel = browser.channel(transport)
        await session.subscribe(channel)
        for (let round = 0; round < 3; round++) {
          for (const data of [round, round + 0.5]) await publisher.publish(channel, data)
          must.equal(
            (await session.collect()).map(each => each.data),
            [round, round + 0.5],
          )
        }
      }
    },
  },
])
