import { expect, test } from 'vitest'
import { connect, handshake, publishTo, startTestBayeux, subscribeTo } from './bayeux-for-tests.ts'
import { readMessages } from './message.ts'
import { newSession } from './session.ts'
import { createSubscriptions } from './subscriptions.ts'

const long = (length: number) => `/demo/${'a'.repeat(length - 6)}`

test('a name and an id have 256 characters at most', () => {
  const { send } = startTestBayeux().client()
  const replyTo = (message: object) => send(message as Record<string, unknown>).frames[0]![0]
  expect(replyTo(publishTo(long(256), 1))).toMatchObject({ successful: true })
  expect(replyTo(publishTo(long(257), 1))).toMatchObject({ error: '405::channel_invalid' })
  // Each of its segments would be looked up.
  expect(replyTo(publishTo(`/demo${'/a'.repeat(100_000)}`, 1))).toMatchObject({ error: '405::channel_invalid' })
  expect(replyTo(subscribeTo(long(257)))).toMatchObject({ error: '403::subscription_invalid' })
  expect(replyTo({ ...connect, id: 'i'.repeat(257) })).toMatchObject({ error: '405::message_id_invalid' })
})

test('ten thousand messages are a request, one more are none', () => {
  const many = (count: number) => `[${'{},'.repeat(count - 1)}{}]`
  expect([readMessages(many(10_000))?.length, readMessages(many(10_001))]).toEqual([10_000, undefined])
})

test('what nobody listens to any more is kept by nobody', () => {
  const subscriptions = createSubscriptions()
  const session = newSession('c', 'websocket', '')
  for (let n = 0; n < 100; n++) subscriptions.add(session, `/demo/${n}`)
  subscriptions.add(session, '/demo/1')
  subscriptions.remove(session, '/demo/1')
  subscriptions.remove(session, '/demo/1')
  subscriptions.remove(session, '/demo/never')
  expect([subscriptions.count(), session.subscriptions?.length]).toEqual([99, 99])
  subscriptions.removeAll(session)
  expect([subscriptions.count(), session.subscriptions, [...subscriptions.listeners('/demo/2')]]).toEqual([
    0,
    undefined,
    [],
  ])
})

test('[BX-121] of a cookie longer than any of ours nothing is kept: the browser gets a new one', () => {
  const { post, bayeux, carrier } = startTestBayeux()
  const foreign = carrier('long-polling', 'x'.repeat(256))
  bayeux.exchange(foreign, [handshake])
  expect(foreign.frames[0]).toMatchObject([{ successful: true }])
  const { clientId } = foreign.frames[0]![0]!
  expect(post({ ...publishTo('/demo/a', 1), clientId }, 'x'.repeat(256)).frames[0]).toMatchObject([
    { successful: true },
  ])
})

test('[BX-161] who never acknowledges keeps no more waiting than anybody else', () => {
  const { bayeux, carrier, client, lines } = startTestBayeux({ acknowledgement: true, maxQueue: 10 })
  const own = carrier('websocket')
  bayeux.exchange(own, [{ ...handshake, ext: { ack: true } }])
  const { clientId } = own.frames[0]![0]!
  const say = (message: object) => bayeux.exchange(own, [{ clientId, ...message }])
  say(subscribeTo('/demo/a'))
  const other = client()
  for (let n = 0; n < 10; n++) {
    say({ ...connect, ext: { ack: 0 }, advice: { timeout: 0 } })
    other.send(publishTo('/demo/a', n))
  }
  expect(bayeux.sessions()).toBe(2)
  other.send(publishTo('/demo/a', 10))
  expect([bayeux.sessions(), lines]).toEqual([1, ['CometD session closed: too much waits for it']])
})

test('[BX-161] what was acknowledged, and what went with a session, counts no more', () => {
  const { bayeux, carrier, client } = startTestBayeux({ acknowledgement: true, maxQueueBytesInTotal: 500 })
  const acknowledging = () => {
    const own = carrier('websocket')
    bayeux.exchange(own, [{ ...handshake, ext: { ack: true } }])
    const { clientId } = own.frames[0]![0]!
    const say = (message: object) => bayeux.exchange(own, [{ clientId, ...message }])
    say(subscribeTo('/demo/a'))
    return say
  }
  const other = client()
  const say = acknowledging()
  for (let n = 0; n < 50; n++) {
    other.send(publishTo('/demo/a', 'x'.repeat(100)))
    say({ ...connect, ext: { ack: n }, advice: { timeout: 0 } })
  }
  say({ channel: '/meta/disconnect' })
  for (let n = 0; n < 10; n++) {
    const next = acknowledging()
    other.send(publishTo('/demo/a', 'x'.repeat(300)))
    next({ channel: '/meta/disconnect' })
  }
  expect(bayeux.sessions()).toBe(1)
})

test('a session that keeps little is not closed for those that keep much', () => {
  const { bayeux, client, lines } = startTestBayeux({ maxQueueBytesInTotal: 1000 })
  const [hoarder, modest, other] = [client(), client(), client()]
  hoarder.send(subscribeTo('/demo/much'))
  modest.send(subscribeTo('/demo/little'))
  other.send(publishTo('/demo/much', 'x'.repeat(940)))
  other.send(publishTo('/demo/little', 'x'.repeat(100)))
  expect([bayeux.sessions(), lines]).toEqual([3, []])
  other.send(publishTo('/demo/much', 1))
  expect([bayeux.sessions(), lines]).toEqual([2, ['CometD session closed: too much waits for it']])
  expect(modest.send(connect).frames[0]).toMatchObject([{ data: 'x'.repeat(100) }, { successful: true }])
})

test('a socket that takes no answers is cut with its session, and also without one', () => {
  const { socketClient, carrier, bayeux, lines } = startTestBayeux()
  const me = socketClient()
  me.socket.unsent = 10_001
  me.send(publishTo('/service/echo', 1))
  const nobody = carrier('websocket')
  nobody.unsent = 10_001
  bayeux.exchange(nobody, [publishTo('/service/echo', 1)])
  expect([me.socket.isCut, nobody.isCut, bayeux.sessions(), lines]).toEqual([
    true,
    true,
    0,
    ['CometD session closed: its client takes nothing', 'CometD socket closed: its client takes nothing'],
  ])
})
