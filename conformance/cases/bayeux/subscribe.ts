import { transports } from '../../../protocol/bayeux/message.ts'
import { cases } from '../../case.ts'

export const subscribes = cases('bayeux', 'subscribe', [
  {
    id: 'BX-060/echoed',
    title: 'the answer to a subscribe and to an unsubscribe has the subscription as it was given',
    rules: ['BX-060'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const channel = browser.channel('room')
      for (const subscription of [channel, [channel], [channel, `${channel}/x`]]) {
        const { reply } = await session.subscribe(subscription)
        must.equal([reply.channel, reply.successful, reply.subscription], ['/meta/subscribe', true, subscription])
        must.equal((await session.unsubscribe(subscription)).reply.subscription, subscription)
      }
    },
  },
  {
    id: 'BX-061/array',
    title: 'all channels of an array are in force, and one answer comes',
    rules: ['BX-061'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const channels = ['a', 'b', 'c'].map(name => browser.channel(name))
      const { replies } = await session.subscribe(channels)
      must.equal(
        replies.map(each => each.subscription),
        [channels],
      )
      const publisher = await browser.handshake()
      for (const channel of channels) await publisher.publish(channel, 1)
      must.equal(
        (await session.collect()).map(each => each.channel),
        channels,
      )
    },
  },
  {
    id: 'BX-062/twice',
    title: 'a channel that is subscribed twice delivers one copy',
    rules: ['BX-062'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const channel = browser.channel('room')
      for (let time = 0; time < 2; time++) must.equal((await session.subscribe(channel)).reply.successful, true)
      await session.subscribe([channel, channel])
      await (await browser.handshake()).publish(channel, 1)
      must.equal((await session.collect()).length, 1)
    },
  },
  {
    id: 'BX-063/wildcards',
    title: 'one star stands for one segment and two stars for one or more',
    rules: ['BX-063'],
    needs: ['echo'],
    async run({ browser, must }) {
      const one = await browser.handshake()
      const any = await browser.handshake()
      const publisher = await browser.handshake()
      const base = browser.channel('foo')
      await one.subscribe(`${base}/*`)
      await any.subscribe(`${base}/**`)
      for (const place of ['', '/bar', '/bar/baz', '/bar/baz/qux', 'bar', '/Bar'])
        await publisher.publish(base + place, place)
      must.equal(
        (await one.collect()).map(each => each.data),
        ['/bar', '/Bar'],
      )
      must.equal(
        (await any.collect()).map(each => each.data),
        ['/bar', '/bar/baz', '/bar/baz/qux', '/Bar'],
      )
    },
  },
  {
    id: 'BX-063/exact',
    title: 'a channel without a star is only itself, in its own case of letters',
    rules: ['BX-063'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const publisher = await browser.handshake()
      const base = browser.channel('Foo')
      await session.subscribe(base)
      for (const place of ['', '/bar', 'bar']) await publisher.publish(base + place, place)
      await publisher.publish(browser.channel('foo'), 'small')
      must.equal(
        (await session.collect()).map(each => each.data),
        [''],
      )
    },
  },
  {
    id: 'BX-064/overlapping',
    title: 'a session that several subscriptions fit gets one copy, and still one when the exact one is gone',
    rules: ['BX-064'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const publisher = await browser.handshake()
      const base = browser.channel('w')
      await session.subscribe([`${base}/*`, `${base}/**`, `${base}/9`])
      await publisher.publish(`${base}/9`, 1)
      must.equal(
        (await session.collect()).map(each => each.data),
        [1],
      )
      await session.unsubscribe(`${base}/9`)
      await publisher.publish(`${base}/9`, 2)
      must.equal(
        (await session.collect()).map(each => each.data),
        [2],
      )
    },
  },
  {
    id: 'BX-065/no-subscription',
    title: 'a subscribe without a subscription and with one of a wrong type are refused with 403, each in its words',
    rules: ['BX-065'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      for (const channel of ['/meta/subscribe', '/meta/unsubscribe']) {
        const ask = async (more: Record<string, unknown>) => (await session.send(session.message(channel, more))).reply
        must.equal((await ask({})).error, '403::subscription_missing')
        for (const subscription of [7, true, {}, [7], [null]])
          must.equal((await ask({ subscription })).error, '403::subscription_invalid')
      }
    },
  },
  {
    id: 'BX-066/no-channel',
    title: 'a name that is no channel is refused with 403 subscription_invalid',
    rules: ['BX-066'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      for (const name of ['foo', '/', '', '/foo%bar', '/foo?bar', '/a//b', '/a/*/b', '/**/b', '/grüße']) {
        const { reply } = await session.subscribe(name)
        must.equal([name, reply.error], [name, '403::subscription_invalid'])
      }
    },
  },
  {
    id: 'BX-067/meta',
    title: 'a subscribe to a meta channel is refused with 403 and a reason',
    rules: ['BX-067'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      for (const name of ['/meta/connect', '/meta/handshake', '/meta/foo', '/meta/**', '/meta/*']) {
        const { reply } = await session.subscribe(name)
        must.equal(reply.successful, false)
        must.match(reply.error, /^403:[^:]+:/)
      }
    },
  },
  {
    id: 'BX-068/service',
    title: 'a subscribe to a service channel is successful and brings nothing that others publish there',
    rules: ['BX-068'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      for (const name of ['/service/x', '/service/chatV2/care', '/service/*', '/service/**'])
        must.equal((await session.subscribe(name)).reply.successful, true)
      const other = await browser.handshake()
      await other.publish('/service/x', 1)
      await other.publish('/service/echo', 1)
      must.equal(await session.collect(), [])
    },
  },
  {
    id: 'BX-069/partly',
    title: 'an array with a forbidden entry is refused with the whole array, and what stands before it is subscribed',
    rules: ['BX-069'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const channels = [browser.channel('a'), '/meta/connect', browser.channel('b')]
      const { replies } = await session.subscribe(channels)
      must.equal(replies.length, 1)
      must.equal([replies[0]?.successful, replies[0]?.subscription], [false, channels])
      const publisher = await browser.handshake()
      await publisher.publish(channels[0]!, 'before')
      await publisher.publish(channels[2]!, 'behind')
      must.equal(
        (await session.collect()).map(each => each.data),
        ['before'],
      )
    },
  },
  {
    id: 'BX-070/empty-array',
    title: 'a subscribe to an empty array is refused',
    rules: ['BX-070'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      must.equal((await session.subscribe([])).reply.successful, false)
    },
  },
  {
    id: 'BX-071/before-connect',
    title: 'a subscribe and a publish right after the handshake are successful, over each transport',
    rules: ['BX-071'],
    needs: ['echo'],
    async run({ browser, anotherBrowser, must }) {
      for (const transport of transports) {
        const session = await anotherBrowser().handshake(transport)
        const channel = browser.channel(transport)
        must.equal((await session.subscribe(channel)).reply.successful, true)
        must.equal((await session.publish(channel, 1)).reply.successful, true)
        must.equal((await session.collect()).length, 1)
      }
    },
  },
  {
    id: 'BX-072/unsubscribed',
    title: 'after an unsubscribe nothing is delivered on that channel, and all others still are',
    rules: ['BX-072'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const [a, b] = [browser.channel('a'), browser.channel('b')]
      await session.subscribe([a, b])
      must.equal((await session.unsubscribe(a)).reply.successful, true)
      const publisher = await browser.handshake()
      await publisher.publish(a, 1)
      await publisher.publish(b, 2)
      must.equal(
        (await session.collect()).map(each => each.data),
        [2],
      )
    },
  },
  {
    id: 'BX-073/not-subscribed',
    title: 'an unsubscribe from a channel that only others have is successful, from an unknown one at least answered',
    rules: ['BX-073'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const channel = browser.channel('room')
      await (await browser.handshake()).subscribe(channel)
      must.equal((await session.unsubscribe(channel)).reply.successful, true)
      const { reply } = await session.unsubscribe(browser.channel('nowhere'))
      must.be(reply.successful === true || reply.error?.startsWith('400:') === true, 'success or 400', reply)
    },
  },
  {
    id: 'BX-074/unknown',
    title: 'a subscribe and an unsubscribe with an unknown clientId are refused with 402 and without an advice',
    rules: ['BX-074'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      for (const channel of ['/meta/subscribe', '/meta/unsubscribe'])
        for (const clientId of ['1234567890abcdefghijklm', undefined]) {
          const message = session.message(channel, { clientId, subscription: '/demo/x' })
          const { reply } = await browser.post([message])
          must.equal([reply.successful, reply.advice], [false, undefined])
          must.match(reply.error, /^402:/)
        }
    },
  },
])
