import { transports } from '../../../protocol/bayeux/message.ts'
import { cases } from '../../case.ts'
import { cometdPath } from '../../story/bayeux/cometd-path.ts'

const handshake = { channel: '/meta/handshake', id: '1', version: '1.0', supportedConnectionTypes: ['long-polling'] }

export const envelope = cases('bayeux', 'envelope', [
  {
    id: 'BX-001/any-segment',
    title: 'what stands behind the path of the endpoint changes nothing',
    rules: ['BX-001'],
    async run({ browser, must }) {
      for (const suffix of ['', '/', '/handshake', '/connect', '/a/b/c', '/handshake?x=1'])
        must.equal((await browser.post([handshake], { suffix })).reply.successful, true)
    },
  },
  {
    id: 'BX-001/by-its-body',
    title: 'a message is what its channel says, whatever the path says',
    rules: ['BX-001'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const { reply } = await browser.post([session.message('/meta/subscribe', { subscription: '/demo/x' })], {
        suffix: '/disconnect',
      })
      must.equal([reply.channel, reply.successful], ['/meta/subscribe', true])
      must.equal((await session.connect({ advice: { timeout: 0 } })).reply.successful, true)
    },
  },
  {
    id: 'BX-002/one-object',
    title: 'one object is processed like an array of one, over each transport',
    rules: ['BX-002'],
    async run({ browser, anotherBrowser, must }) {
      must.equal((await browser.post(handshake)).reply.successful, true)
      must.equal((await anotherBrowser().callback(handshake)).reply.successful, true)
      const socket = await browser.webSocket()
      socket.send(JSON.stringify(handshake))
      await socket.until(1)
      must.match(socket.frames[0], /"successful":\s*true/)
    },
  },
  {
    id: 'BX-003/array',
    title: 'every answer is labelled as JSON and is an array of messages, for one object too',
    rules: ['BX-003'],
    async run({ browser, must }) {
      for (const body of [handshake, [handshake], { channel: '/meta/connect', id: '2' }]) {
        const { headers, text, messages } = await browser.post(body)
        must.match(headers['content-type'], /^application\/json\s*(;\s*charset=utf-8\s*)?$/i)
        must.match(text.trim(), /^\[[\s\S]*\]$/)
        must.equal(messages.length, 1)
      }
    },
  },
  {
    id: 'BX-004/unsuccessful',
    title: 'an answer of which every message is unsuccessful has status 200',
    rules: ['BX-004'],
    async run({ browser, must }) {
      const session = await browser.handshake()
      const unknown = { clientId: 'nobody' }
      for (const messages of [
        [session.message('/meta/connect', { ...unknown, connectionType: 'long-polling' })],
        [session.message('/meta/subscribe', unknown), session.message('/demo/x', { ...unknown, data: 1 })],
      ]) {
        const { status, replies } = await browser.post(messages)
        must.equal(status, 200)
        must.equal(
          replies.map(each => each.successful),
          messages.map(() => false),
        )
      }
    },
  },
  {
    id: 'BX-005/content-types',
    title: 'JSON is accepted with a charset, without one and without a content type; a foreign type gives no 5xx',
    rules: ['BX-005'],
    async run({ browser, must }) {
      for (const type of [
        'application/json',
        'application/json;charset=UTF-8',
        'application/json; charset=utf-8',
        undefined,
      ])
        must.equal((await browser.post([handshake], { headers: { 'content-type': type } })).reply.successful, true)
      for (const type of ['text/plain', 'text/json', 'application/xml'])
        must.be((await browser.post([handshake], { headers: { 'content-type': type } })).status < 500, 'no 5xx', type)
    },
  },
  {
    id: 'BX-006/form',
    title: 'a form with a message is processed or answered 400',
    rules: ['BX-006'],
    async run({ browser, must }) {
      const { status } = await browser.post(String(new URLSearchParams({ message: JSON.stringify([handshake]) })), {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      must.be(status === 200 || status === 400, '200 or 400', status)
    },
  },
  {
    id: 'BX-007/other-methods',
    title: 'GET without a callback, HEAD, PUT and DELETE are answered 4xx without messages',
    rules: ['BX-007'],
    async run({ browser, must }) {
      for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
        const body = method === 'GET' || method === 'HEAD' ? {} : { body: JSON.stringify([handshake]) }
        const { status, messages, text } = await browser.http({ method, ...body })
        must.be(status >= 400 && status < 500, '4xx', `${method}: ${status}`)
        must.equal(messages.length, 0)
        must.be(!text.includes('clientId'), 'no session', text)
      }
    },
  },
  {
    id: 'BX-008/options',
    title: 'OPTIONS is answered 2xx with an empty body',
    rules: ['BX-008'],
    async run({ browser, must }) {
      for (const path of [cometdPath, `${cometdPath}/connect`]) {
        const { status, text } = await browser.http({ method: 'OPTIONS', path })
        must.be(status >= 200 && status < 300, '2xx', status)
        must.equal(text, '')
      }
    },
  },
  {
    id: 'BX-009/malformed',
    title: 'malformed JSON is answered 400, and the session goes on as before',
    rules: ['BX-009'],
    async run({ browser, must }) {
      const session = await (await browser.handshake()).connected()
      const cut = JSON.stringify([session.message('/meta/disconnect')]).slice(0, -1)
      for (const text of [cut, '{"channel":', '[{},', 'message', `${cut}}`])
        must.equal((await browser.post(text)).status, 400)
      must.equal((await session.connect({ advice: { timeout: 0 } })).reply.successful, true)
    },
  },
  {
    id: 'BX-010/no-messages',
    title: 'JSON that is no array of objects, an empty array and an empty body are answered 400',
    rules: ['BX-010'],
    async run({ browser, must }) {
      const message = JSON.stringify(handshake)
      for (const text of [
        '7',
        '"x"',
        'null',
        'true',
        '[1,2]',
        '[null]',
        `[[${message}]]`,
        `[${message},1]`,
        '[]',
        '',
      ]) {
        const { status, messages } = await browser.post(text)
        must.equal([text, status, messages.length], [text, 400, 0])
      }
    },
  },
  {
    id: 'BX-011/too-large',
    title: 'a body above the limit is answered 413, and the session goes on',
    rules: ['BX-011'],
    async run({ browser, must }) {
      const session = await (await browser.handshake()).connected()
      const { status } = await session.publish('/demo/x', 'x'.repeat(3 * 1024 * 1024))
      must.equal(status, 413)
      must.equal((await session.connect({ advice: { timeout: 0 } })).reply.successful, true)
    },
  },
  {
    id: 'BX-012/characters',
    title: 'emoji, NUL, line separators and escapes come back as they were sent, over each transport',
    rules: ['BX-012'],
    needs: ['echo'],
    async run({ browser, anotherBrowser, must }) {
      const text = 'Grüße 👍🏽 漢字 \u0000\u0001 \u2028\u2029 \\ " </script> \u{10FFFF} \ud800'
      for (const transport of transports) {
        const session = await anotherBrowser().handshake(transport)
        const channel = browser.channel(transport)
        await session.subscribe(channel)
        await session.publish(channel, { text, 'schlüssel "1"': [text] })
        const [event] = await session.collect()
        must.equal(event?.data, { text, 'schlüssel "1"': [text] })
      }
    },
  },
  {
    id: 'BX-013/unknown-members',
    title: 'members that nobody knows cause no error in any message',
    rules: ['BX-013'],
    async run({ browser, must }) {
      const more = { colour: 'red', nested: { a: [1] }, timestamp: 'now', data2: null }
      const session = await browser.handshake('long-polling', more)
      for (const message of [
        session.message('/meta/subscribe', { ...more, subscription: '/demo/x' }),
        session.message('/meta/connect', {
          ...more,
          connectionType: 'long-polling',
          advice: { timeout: 0, colour: 1 } as object,
        }),
        session.message('/service/x', { ...more, data: {} }),
        session.message('/meta/unsubscribe', { ...more, subscription: '/demo/x' }),
        session.message('/meta/disconnect', more),
      ])
        must.equal((await session.send(message)).reply.successful, true)
    },
  },
  {
    id: 'BX-014/side-by-side',
    title: 'publishes are answered while the connect of the same session is held',
    rules: ['BX-014'],
    async run({ browser, must }) {
      for (const transport of ['long-polling', 'callback-polling'] as const) {
        const session = await (await browser.handshake(transport)).connected()
        const held = session.connect()
        await browser.holds(held)
        must.equal((await browser.answers(session.publish('/service/x', 1))).reply.successful, true)
        await browser.holds(held)
        await session.disconnect()
      }
    },
  },
])
