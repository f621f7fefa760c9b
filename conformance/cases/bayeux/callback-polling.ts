import { cases } from '../../case.ts'
import { cometdPath } from '../../story/bayeux/cometd-path.ts'

const handshake = {
  channel: '/meta/handshake',
  id: '1',
  version: '1.0',
  supportedConnectionTypes: ['callback-polling'],
}
const message = encodeURIComponent(JSON.stringify([handshake]))

export const callbackPolling = cases('bayeux', 'callback-polling', [
  {
    id: 'BX-130/script',
    title: 'the answer is a call of the callback with an array, labelled as JavaScript',
    rules: ['BX-130'],
    async run({ browser, must }) {
      for (const name of ['cb', '_cometd_jsonp_0', '__jsonp1__', 'a.b-C9', 'x'.repeat(64)]) {
        const { status, headers, text, reply } = await browser.callback([handshake], { name })
        // A dash is no part of a name in JavaScript; a server may refuse it.
        const held = name.includes('-') ? must.edge : must
        held.equal([status, reply.successful], [200, true])
        held.match(headers['content-type'], /^text\/javascript\s*(;|$)/i)
        held.be(text.includes(`${name}([`) && /\]\)\s*;?$/.test(text), `${name}([…])`, text)
        // With a comment before it, or a semicolon after it, it is the same call.
        must.edge.be(text.startsWith(`${name}([`) && text.endsWith('])'), `${name}([…]) and nothing else`, text)
      }
    },
  },
  {
    id: 'BX-130/any-segment',
    title: 'what stands behind the path of the endpoint changes nothing for callbacks either',
    rules: ['BX-130', 'BX-001'],
    async run({ browser, must }) {
      for (const suffix of ['/', '/handshake', '/a/b'])
        must.equal((await browser.callback([handshake], { suffix })).reply.successful, true)
    },
  },
  {
    id: 'BX-131/callbacks',
    title: 'a callback with a foreign character or of more than 64 is answered 400 and does not come back as code',
    rules: ['BX-131'],
    async run({ browser, must }) {
      for (const name of ['alert(1)//', 'a b', '$cb', '<script>', 'x'.repeat(65), 'ü', 'a;b', '']) {
        const { status, headers, text } = await browser.callback([handshake], { name })
        must.equal([name, status], [name, 400])
        must.be(
          name === '' || !/javascript/.test(headers['content-type'] ?? '') || !text.includes(name),
          'no code',
          text,
        )
      }
    },
  },
  {
    id: 'BX-132/nothing-to-do',
    title: 'a GET without a message, with a malformed one or without a callback is answered 400',
    rules: ['BX-132'],
    async run({ browser, must }) {
      for (const query of [
        'jsonp=cb',
        'jsonp=cb&message=',
        'jsonp=cb&message=[{',
        'jsonp=cb&message=7',
        'jsonp=cb&message=[]',
        `message=${message}`,
      ]) {
        const { status, messages } = await browser.http({ method: 'GET', path: `${cometdPath}?${query}` })
        must.equal([query, status, messages.length], [query, 400, 0])
      }
    },
  },
  {
    id: 'BX-133/several',
    title: 'several messages are one batch, and two callbacks are answered 400',
    rules: ['BX-133'],
    async run({ browser, must }) {
      const session = await browser.handshake('callback-polling')
      const texts = [1, 2].map(data => JSON.stringify([session.message('/service/x', { data })]))
      const { replies } = await browser.callback(texts)
      must.equal(
        replies.map(each => each.successful),
        [true, true],
      )
      const { status } = await browser.http({ method: 'GET', path: `${cometdPath}?jsonp=a&jsonp=b&message=${message}` })
      must.equal(status, 400)
    },
  },
  {
    id: 'BX-134/with-connects',
    title: 'events do not come with the answer to a publish, they release the held connect',
    rules: ['BX-134'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await (await browser.handshake('callback-polling')).connected()
      const channel = browser.channel('room')
      const held = session.connect()
      await browser.holds(held)
      must.equal((await session.subscribe(channel)).events, [])
      must.equal((await session.publish('/service/x', 'nothing comes of it')).events, [])
      await browser.holds(held)
      must.equal((await session.publish(channel, 'mine')).events, [])
      must.equal(
        (await browser.answers(held)).events.map(each => each.data),
        ['mine'],
      )
    },
  },
  {
    id: 'BX-134/waiting',
    title: 'what waits is not given to a publish, but to the next connect',
    rules: ['BX-134'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await (await browser.handshake('callback-polling')).connected()
      const channel = browser.channel('room')
      await session.subscribe(channel)
      await (await browser.handshake('callback-polling')).publish(channel, 'waits')
      must.equal((await session.publish('/service/x', 1)).events, [])
      must.equal(
        (await session.collect()).map(each => each.data),
        ['waits'],
      )
    },
  },
  {
    id: 'BX-135/harmless',
    title: 'answers say nosniff, and line separators in them are escaped',
    rules: ['BX-135'],
    needs: ['echo'],
    async run({ browser, must }) {
      const session = await browser.handshake('callback-polling')
      const channel = browser.channel('room')
      await session.subscribe(channel)
      await session.publish(channel, 'a\u2028b\u2029c')
      const { headers, text, events } = await session.connect({ advice: { timeout: 0 } })
      must.equal(headers['x-content-type-options'], 'nosniff')
      must.be(!/[\u2028\u2029]/.test(text), 'no raw line separator', text)
      must.equal(events[0]?.data, 'a\u2028b\u2029c')
    },
  },
])
