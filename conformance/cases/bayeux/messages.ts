import { transports } from '../../../protocol/bayeux/message.ts'
import { cases } from '../../case.ts'

const atOnce = { advice: { timeout: 0 } }

export const messages = cases('bayeux', 'messages', [
  {
    id: 'BX-170/a-day',
    title: 'all that comes in a session from handshake to disconnect is well-formed, over each transport',
    rules: ['BX-170', 'BX-171'],
    needs: ['echo'],
    async run({ browser, anotherBrowser, must }) {
      for (const transport of transports) {
        const session = await (await anotherBrowser().handshake(transport)).connected()
        const channel = browser.channel(transport)
        for (const ask of [
          () => session.subscribe([channel, `${channel}/*`]),
          () => session.publish(channel, { a: 1 }),
          () => session.publish('/service/echo', 1),
          () => session.subscribe('/meta/foo'),
          () => session.connect(atOnce),
          () => session.unsubscribe(channel),
          () => session.disconnect(),
        ]) {
          const { reply } = await ask()
          must.be(typeof reply.successful === 'boolean', 'an answer', reply)
        }
      }
    },
  },
  {
    id: 'BX-171/once-each',
    title: 'each of many requests under way gets one answer, over each transport',
    rules: ['BX-171'],
    needs: ['echo'],
    async run({ anotherBrowser, must }) {
      for (const transport of transports) {
        const session = await (await anotherBrowser().handshake(transport)).connected()
        const channel = anotherBrowser().channel(transport)
        await session.subscribe(channel)
        const requests = Array.from({ length: 12 }, (_, at) => session.publish(channel, at))
        for (const request of requests) must.equal((await request).replies.length, 1)
        await session.collect()
        must.equal(
          session.events.map(each => each.data).sort((a, b) => Number(a) - Number(b)),
          requests.map((_, at) => at),
        )
      }
    },
  },
  {
    id: 'BX-171/same-id',
    title: 'an id that is used again is answered again',
    rules: ['BX-171'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const publish = { channel: '/service/x', id: 'same', clientId: session.clientId, data: 1 }
      for (let time = 0; time < 2; time++)
        must.equal(
          (await browser.post([publish])).replies.map(each => each.id),
          ['same'],
        )
      must.equal((await browser.post([publish, publish])).replies.length, 2)
    },
  },
  {
    id: 'BX-172/errors',
    title: 'every refusal says why in the form code:args:text, and no success has an error',
    rules: ['BX-172'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const unknown = { clientId: 'nobody' }
      const { replies } = await browser.post([
        session.message('/meta/subscribe', { subscription: '/meta/connect' }),
        session.message('/meta/subscribe', {}),
        session.message('/meta/unsubscribe', { subscription: 7 }),
        session.message('/meta/foo', { data: 1 }),
        session.message('no-channel', { data: 1 }),
        session.message('/service/x', { ...unknown, data: 1 }),
        session.message('/meta/connect', unknown),
        session.message('/meta/disconnect', unknown),
      ])
      // Which of them are refused is the matter of other rules: a server may take a publish without a session.
      must.edge.equal(
        replies.map(each => [each.channel, each.successful]),
        replies.map(each => [each.channel, false]),
      )
      for (const { successful, error } of replies) must.equal(error !== undefined, successful === false)
      for (const { error } of replies.filter(each => each.successful === false))
        must.edge.match(error, /^\d{3}:[^:]*:.+$/)
      must.equal((await session.connect(atOnce)).reply.error, undefined)
    },
  },
  {
    id: 'BX-173/no-leak',
    title: 'sessions that publish to each other never see the clientId of another',
    rules: ['BX-173'],
    needs: ['echo'],
    async run({ browser, anotherBrowser, must }) {
      const channel = browser.channel('room')
      const all = []
      for (const transport of transports) {
        const session = await (await anotherBrowser().handshake(transport)).connected()
        await session.subscribe(channel)
        all.push(session)
      }
      for (const session of all) await session.publish(channel, session.transport, { ext: { who: 1 } })
      for (const session of all) {
        await session.collect()
        must.equal(
          session.events.map(each => each.data),
          [...transports],
        )
        const others = all.filter(each => each !== session).map(each => each.clientId)
        must.be(!others.some(id => JSON.stringify(session.events).includes(id)), 'no foreign clientId', session.events)
      }
    },
  },
  {
    id: 'BX-175/in-time',
    title: 'what is no connect is answered though connects of many sessions are held',
    rules: ['BX-175'],
    async run({ anotherBrowser, must }) {
      const sessions = []
      for (let count = 0; count < 8; count++) {
        const session = await (await anotherBrowser().handshake(transports[count % 2])).connected()
        session.connect()
        sessions.push(session)
      }
      for (const session of sessions) must.equal((await session.publish('/service/x', 1)).reply.successful, true)
    },
  },
])
