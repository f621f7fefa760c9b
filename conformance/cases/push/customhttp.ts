import { cases } from '../../case.ts'

export const customhttp = cases('push', 'customhttp', [
  {
    id: 'PUSH-040/post-of-json',
    title: 'a notification is a POST of a JSON object to the path of customhttp.url',
    rules: ['PUSH-040'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'payload', ownActivity: true })
      await customer.send('hello')
      const push = await sink.nextPush()
      must.equal(push.method, 'POST')
      must.be(push.path.startsWith(new URL(sink.url()).pathname), `a path from ${sink.url()} on`, push.path)
      must.equal(Object.keys(push.body).toSorted(), ['deviceId', 'message'])
    },
  },
  {
    id: 'PUSH-040/query',
    title: 'the query of customhttp.url is part of where the notification goes',
    rules: ['PUSH-040'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('push', 'customhttp.url', sink.url('/in%20box?token=a%2Fb&x=1'))
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      const { path } = await sink.nextPush()
      must.match(path, /\/in%20box(\/[^?]*)?\?token=a%2Fb&x=1$/)
    },
  },
  {
    id: 'PUSH-041/content-type',
    title: 'the POST is labelled application/json',
    rules: ['PUSH-041'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'payload', ownActivity: true })
      await customer.send('hello')
      must.match((await sink.nextPush()).headers['content-type'], /^application\/json *(;|$)/i)
    },
  },
  {
    id: 'PUSH-042/device-id-only',
    title: 'without payload the body holds the device id and nothing else',
    rules: ['PUSH-042', 'PUSH-040'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'device-id', ownActivity: true })
      await customer.send('hello')
      const push = await sink.nextPush('PUSH-040')
      must.equal(push.method, 'POST', 'PUSH-040')
      must.equal(push.body, { deviceId: customer.deviceId })
    },
  },
  {
    id: 'PUSH-042/nothing-told',
    title: 'without payload neither text nor names nor ids of the chat are anywhere in the POST',
    rules: ['PUSH-042'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'device-id', nickname: 'Annabel-Lee' })
      await agent.joins({ nickname: 'Roberta-X' })
      await agent.says('a secret of the two')
      await agent.leaves()
      const { chatId, userId, secureKey } = customer.tokens
      for (const push of await sink.pushes()) {
        const all = `${push.path} ${JSON.stringify(push.headers)} ${push.text}`
        for (const word of ['a secret', 'Annabel-Lee', 'Roberta-X', chatId, userId, secureKey])
          must.be(!all.includes(word), 'nothing about the chat', all)
      }
    },
  },
  {
    id: 'PUSH-043/same-content',
    title: 'with payload the push carries the event that a refresh shows',
    rules: ['PUSH-043'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await agent.says('good morning 👋')
      const shown = (await customer.refresh(2)).messages
      must.equal((await sink.nextPush()).event, shown[0])
      must.equal((await sink.nextPush()).event, shown[1])
    },
  },
  {
    id: 'PUSH-043/own-message',
    title: 'the push of an own message, with GCTI_GMS_NotifyRequestor, carries the event that a refresh shows',
    rules: ['PUSH-043'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'payload', ownActivity: true })
      await customer.send('good morning 👋', { messageType: 'text' })
      const shown = must.haveEvent(await customer.refresh(1), { type: 'Message', text: 'good morning 👋' })
      const pushed = (await sink.pushes()).find(push => push.event?.type === 'Message')
      must.equal(pushed?.event, shown)
    },
  },
  {
    id: 'PUSH-043/every-kind',
    title: 'pushes of joins, texts, URLs, typing, notices and nicknames carry what a refresh shows',
    rules: ['PUSH-043'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins({ nickname: 'Bób' })
      await agent.startsTyping('hel')
      await agent.stopsTyping()
      await agent.says('"quoted" \\ </script>\nпривет', { messageType: 'text' })
      await agent.pushesUrl('https://example.com/?a=1&b=%20')
      await agent.givesNotice('looks it up')
      await agent.renames('Robert')
      await agent.says('x'.repeat(3_000))
      const { messages } = await customer.refresh(2)
      must.equal(
        (await sink.pushes()).map(push => push.event),
        messages,
      )
    },
  },
  {
    id: 'PUSH-044/end-of-chat',
    title: 'statusCode is 0 in every push, chatEnded is false until the last one, which says true',
    rules: ['PUSH-044'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await agent.says('goodbye')
      await agent.closes()
      const messages = (await sink.pushes()).map(push => push.message)
      must.equal(
        messages.map(message => message.statusCode),
        [0, 0, 0, 0],
      )
      must.equal(
        messages.map(message => message.chatEnded),
        [false, false, false, true],
      )
    },
  },
  {
    id: 'PUSH-044/reliable',
    title: 'statusCode and chatEnded of reliable pushes are those of pushes with payload',
    rules: ['PUSH-044'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      const { message } = await sink.nextPush()
      must.equal([message.statusCode, message.chatEnded], [0, false])
      await agent.closes()
      const last = (await sink.pushes()).at(-1)!.message
      must.equal([last.statusCode, last.chatEnded], [0, true])
    },
  },
  {
    id: 'PUSH-045/constants',
    title: 'chatId and userId are "deprecated", alias is "0", monitored false, nextPosition one above the index',
    rules: ['PUSH-045'],
    needs: ['push sink'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'payload', ownActivity: true })
      await customer.send('hello')
      const { message, event } = await sink.nextPush()
      const { chatId, userId, alias, monitored, nextPosition } = message
      must.equal({ chatId, userId, alias }, { chatId: 'deprecated', userId: 'deprecated', alias: '0' })
      must.edge.equal(monitored, false)
      must.edge.equal(nextPosition, Number(event?.index) + 1)
    },
  },
  {
    id: 'PUSH-045/reliable',
    title: 'a reliable push has the same constants, and nextPosition one above notify-position',
    rules: ['PUSH-045'],
    needs: ['push sink', 'agent'],
    async run({ customer, agent, sink, must }) {
      await customer.requestChat({ push: 'reliable' })
      await agent.joins()
      const { message, position } = await sink.nextPush()
      const { chatId, userId, alias, nextPosition } = message
      must.equal({ chatId, userId, alias }, { chatId: 'deprecated', userId: 'deprecated', alias: '0' })
      must.edge.equal(nextPosition, Number(position) + 1)
    },
  },
  {
    id: 'PUSH-046/refused-over-rest',
    title: 'the key of a push is not the key of the chat, and a REST request with it is fatal',
    rules: ['PUSH-046'],
    needs: ['push sink', 'destructive'],
    async run({ customer, sink, must }) {
      await customer.requestChat({ push: 'payload', ownActivity: true })
      await customer.send('hello')
      const key = String((await sink.nextPush()).message.secureKey)
      must.notEqual(key, customer.tokens.secureKey)
      must.be(!key.includes(customer.tokens.secureKey), 'an opaque key', 'the raw one is in it')
      must.refuse(await customer.post('refresh', { secureKey: key }))
    },
  },
  {
    id: 'PUSH-048/untrusted',
    title: 'a certificate that is not trusted ends the delivery, until http.ssl_trust_all=true',
    rules: ['PUSH-048', 'OPT-096'],
    needs: ['configuration', 'server control', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, must }) {
      await server.set('push', 'customhttp.url', await sink.secureUrl('/secure'))
      await server.restartAllNodes()
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.none()
      await server.set('gms', 'http.ssl_trust_all', 'true')
      await agent.says('hello')
      must.equal((await sink.nextPush('OPT-096')).event?.text, 'hello')
    },
  },
])
