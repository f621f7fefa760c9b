import { expect, test } from 'vitest'
import { connect, publishTo, startTestBayeux, subscribeTo } from './bayeux-for-tests.ts'

const reply = (channel: string, id = '4') => ({ channel, id, successful: true })

test.each([[{ a: [1, null] }], [[1, '2']], ['text \u0000 \u2028 🙂'], [7], [false]])(
  '[BX-080] [BX-081] [BX-082] %j reaches a listener as it is, and the publisher is told that it was taken',
  data => {
    const { client } = startTestBayeux()
    const listener = client()
    listener.send(subscribeTo('/demo/a'))
    expect(client().send({ ...publishTo('/demo/a', data), ext: { own: 1 } }).frames).toEqual([[reply('/demo/a')]])
    expect(listener.send(connect).frames[0]![0]).toEqual({ channel: '/demo/a', data, ext: { own: 1 } })
  },
)

test('[BX-083] [BX-084] a publisher that listens gets its own event with the answer, and its held connect stays', () => {
  const { client } = startTestBayeux()
  const me = client()
  me.send(subscribeTo('/demo/a'))
  me.send(connect)
  const held = me.send(connect)
  expect(me.send(publishTo('/demo/a', 1)).frames).toEqual([[{ channel: '/demo/a', data: 1 }, reply('/demo/a')]])
  expect(held.frames).toEqual([])
})

test('[BX-085] [BX-100] a batch: all events in order, then all replies in order, whatever failed', () => {
  const { client } = startTestBayeux()
  const me = client()
  me.send(subscribeTo('/demo/a'))
  const { frames } = me.send(publishTo('/demo/a', 1, '10'), publishTo('bad', 2, '11'), publishTo('/demo/a', 3, '12'))
  expect(frames).toEqual([
    [
      { channel: '/demo/a', data: 1 },
      { channel: '/demo/a', data: 3 },
      reply('/demo/a', '10'),
      { channel: 'bad', id: '11', error: '405::channel_invalid', successful: false },
      reply('/demo/a', '12'),
    ],
  ])
})

test('[BX-086] a publish without data is taken', () => {
  const { client } = startTestBayeux()
  expect(client().send({ channel: '/demo/a', id: '4' }).frames).toEqual([[reply('/demo/a')]])
})

test('[BX-086] a strict server refuses a publish without data, on whatever channel, and takes null for data', () => {
  const { client } = startTestBayeux({ isStrict: true })
  const me = client()
  me.send(subscribeTo('/demo/a'))
  for (const channel of ['/demo/a', '/service/echo', '/service/nobody'])
    expect(client().send({ channel, id: '4' }).frames).toEqual([
      [{ channel, id: '4', error: '400::data_missing', successful: false }],
    ])
  expect(client().send(publishTo('/demo/a', null)).frames).toEqual([[reply('/demo/a')]])
  expect(me.send(connect).frames[0]).toMatchObject([{ channel: '/demo/a', data: null }, { successful: true }])
})

test('[BX-087] [BX-101] who is unknown reaches nobody and is told so', () => {
  const { client, post } = startTestBayeux()
  const me = client()
  me.send(subscribeTo('/demo/a'))
  const unknown = { channel: '/demo/a', id: '4', error: '402::Unknown client', successful: false }
  expect(post(publishTo('/demo/a', 1)).frames).toEqual([[unknown]])
  expect(me.send(publishTo('/demo/b', 1), { ...publishTo('/demo/a', 2), clientId: client().clientId }).frames).toEqual([
    [reply('/demo/b'), unknown],
  ])
  expect(me.send(connect).frames[0]).toHaveLength(1)
})

test.each([
  ['cometd3', '/meta/foo', '403:denied_by_security_policy:create denied'],
  ['cometd9', '/meta/foo', '403:denied_by_security_policy:channel_create_denied'],
  ['cometd3', '/chat', '403:denied_by_security_policy:publish denied'],
  ['cometd9', '/chat', '403:denied_by_security_policy:publish_denied'],
  ['cometd3', 'foo', '405::channel_invalid'],
  ['cometd3', '/foo?bar', '405::channel_invalid'],
  ['cometd3', '/demo/*/b', '405::channel_invalid'],
] as const)('[BX-088] [BX-093] in the words of %s publishing to %s is refused with %s', (profile, channel, error) => {
  const { client } = startTestBayeux({ profile })
  const listener = client()
  listener.send(subscribeTo('/**'))
  expect(client().send(publishTo(channel, 1)).frames).toEqual([[{ channel, id: '4', error, successful: false }]])
  expect(listener.send(connect).frames[0]).toHaveLength(1)
})

test('[BX-089] [BX-091] a service that nobody offers takes all the same, and nobody hears of it', () => {
  const { client } = startTestBayeux()
  const listener = client()
  listener.send(subscribeTo(['/service/x', '/**']))
  expect(client().send(publishTo('/service/x', 1)).frames).toEqual([[reply('/service/x')]])
  expect(listener.send(connect).frames[0]).toHaveLength(1)
})

test('[BX-090] a service answers its sender only, before the reply', () => {
  const { client } = startTestBayeux()
  const [me, other] = [client(), client()]
  expect(me.send(publishTo('/service/echo', { a: 1 })).frames).toEqual([
    [{ channel: '/service/echo', data: { a: 1 } }, reply('/service/echo')],
  ])
  expect(other.send(connect).frames[0]).toHaveLength(1)
})

test('[BX-092] without a channel the reply has none', () => {
  const { client } = startTestBayeux()
  expect(client().send({ id: '4', data: 1 }).frames).toEqual([
    [{ id: '4', error: '400::channel_missing', successful: false }],
  ])
})

test('[OPT-110] without refserver.echo there is no echo and nothing is broadcast', () => {
  const { client } = startTestBayeux({ echo: false })
  const me = client()
  me.send(subscribeTo('/demo/a'))
  expect(me.send(publishTo('/service/echo', 1), publishTo('/demo/a', 2)).frames[0]).toMatchObject([
    reply('/service/echo'),
    { error: '403:denied_by_security_policy:publish denied' },
  ])
})

test('a service that takes all channels below one gets the channel, and delivers when it likes', () => {
  const { bayeux, client } = startTestBayeux()
  let answer = () => {}
  bayeux.onService('/service/chat/', (session, data, channel) => {
    answer = () => bayeux.deliver(session, channel, { got: data })
  })
  const me = client()
  me.send(connect)
  const held = me.send(connect)
  me.send(publishTo('/service/chat/care', 1))
  answer()
  expect(held.frames[0]![0]).toEqual({ channel: '/service/chat/care', data: { got: 1 } })
})

test('[BX-134] over callback-polling events come with a connect only', () => {
  const { client } = startTestBayeux()
  const me = client('callback-polling')
  me.send(subscribeTo('/demo/a'))
  me.send(connect)
  const held = me.send(connect)
  expect(me.send(publishTo('/demo/b', 0)).frames).toEqual([[reply('/demo/b')]])
  expect(held.frames).toEqual([])
  expect(me.send(publishTo('/demo/a', 1)).frames).toEqual([[reply('/demo/a')]])
  expect(held.frames).toEqual([
    [
      { channel: '/demo/a', data: 1 },
      { channel: '/meta/connect', id: '2', successful: true },
    ],
  ])
})
