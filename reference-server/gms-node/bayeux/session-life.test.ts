import { expect, test } from 'vitest'
import { connect, handshake, publishTo, startTestBayeux, subscribeTo } from './bayeux-for-tests.ts'

const disconnect = { channel: '/meta/disconnect', id: '9' }
const unknown = '402::Unknown client'
const event = (data: unknown) => ({ channel: '/demo/a', data })

test('[BX-110] [BX-111] [BX-112] a disconnect is answered, the held connect too, and then nobody knows the client', () => {
  const { client, bayeux } = startTestBayeux()
  const me = client()
  me.send(connect)
  const held = me.send(connect)
  expect(me.send(disconnect).frames).toEqual([[{ channel: '/meta/disconnect', id: '9', successful: true }]])
  expect(held.frames).toEqual([
    [{ channel: '/meta/connect', id: '2', successful: true, advice: { reconnect: 'none' } }],
  ])
  for (const message of [disconnect, connect, publishTo('/demo/a', 1)])
    expect(me.send(message).frames[0]).toMatchObject([{ error: unknown, successful: false }])
  expect(bayeux.sessions()).toBe(0)
})

test('[BX-112] what follows the disconnect in its batch is unknown already', () => {
  const { client } = startTestBayeux()
  expect(client().send(disconnect, publishTo('/demo/a', 1)).frames[0]).toMatchObject([
    { successful: true },
    { error: unknown },
  ])
})

test('[BX-113] without a connect a session lives for interval + maxInterval', () => {
  const { client, clock, bayeux } = startTestBayeux({ intervalMs: 500 })
  client()
  clock.advance(3499)
  expect(bayeux.sessions()).toBe(1)
  clock.advance(1)
  expect(bayeux.sessions()).toBe(0)
})

test('[BX-113] a held connect does not expire, and its session has all its time afterwards', () => {
  const { client, clock, bayeux } = startTestBayeux()
  const me = client()
  me.send(connect)
  me.send(connect)
  clock.advance(4000 + 2999)
  expect(bayeux.sessions()).toBe(1)
  clock.advance(1)
  expect(bayeux.sessions()).toBe(0)
})

test('[BX-114] publishing alone keeps a session', () => {
  const { client, clock, bayeux } = startTestBayeux()
  const me = client()
  for (let n = 0; n < 10; n++) {
    clock.advance(2000)
    me.send(publishTo('/demo/b', n))
  }
  clock.advance(2999)
  expect(bayeux.sessions()).toBe(1)
  clock.advance(1)
  expect(bayeux.sessions()).toBe(0)
})

test('[BX-115] a poll that broke off is forgotten when its time is over, and the session goes on', () => {
  const { client, clock, bayeux } = startTestBayeux()
  const me = client()
  me.send(connect)
  me.send(connect).isCut = true
  clock.advance(6999)
  expect(bayeux.sessions()).toBe(1)
  clock.advance(1)
  expect(bayeux.sessions()).toBe(0)
})

test('[BX-115] [V1-051] an event for a poll that broke off waits for maxInterval and no longer', () => {
  const { client, clock, bayeux } = startTestBayeux()
  const [me, other] = [client(), client()]
  me.send(subscribeTo('/demo/a'))
  me.send(connect)
  me.send(connect).isCut = true
  clock.advance(1000)
  other.send(publishTo('/demo/a', 1))
  clock.advance(2999)
  expect(me.send(connect).frames[0]).toMatchObject([event(1), { successful: true }])
  me.send(connect).isCut = true
  client().send(publishTo('/demo/a', 2))
  clock.advance(3000)
  expect(me.send(connect).frames[0]).toMatchObject([{ error: unknown }])
  expect(bayeux.sessions()).toBe(0)
})

test('[BX-117] what waited for a session that is gone is nobody’s', () => {
  const { client, clock, post } = startTestBayeux()
  const me = client('long-polling', 'b')
  me.send(subscribeTo('/demo/a'))
  client().send(publishTo('/demo/a', 1))
  clock.advance(3000)
  const { clientId } = post(handshake, 'b').frames[0]![0]!
  expect(post({ ...connect, clientId }, 'b').frames[0]).toHaveLength(1)
})

test('[BX-121] [BX-124] over HTTP a client id is good with its cookie and its transport only', () => {
  for (const [trustClientSession, isKnown] of [
    [false, false],
    [true, true],
  ]) {
    const { client, post } = startTestBayeux({ trustClientSession: trustClientSession! })
    const { clientId } = client('long-polling', 'mine')
    const message = { ...publishTo('/demo/b', 1), clientId }
    const outcomes = [
      post(message, 'other'),
      post(message, ''),
      post(message, 'mine', 'callback-polling'),
      post(message, 'mine'),
    ].map(each => each.frames[0]![0]!.successful)
    expect(outcomes).toEqual([isKnown, isKnown, isKnown, true])
  }
})

test('[BX-121] a session of a socket is none for HTTP, whatever the cookie', () => {
  const { socketClient, post } = startTestBayeux()
  const { clientId } = socketClient()
  for (const browser of ['', 'b'])
    expect(post({ ...publishTo('/demo/b', 1), clientId }, browser).frames[0]).toMatchObject([{ error: unknown }])
})

test('[BX-150] a closed socket keeps its session, and another one goes on with it and what has waited', () => {
  const { socketClient, client, carrier, bayeux, clock } = startTestBayeux()
  const me = socketClient()
  me.send(connect)
  me.send(subscribeTo('/demo/a'))
  me.send(connect)
  me.socket.isCut = true
  client().send(publishTo('/demo/a', 1))
  clock.advance(2999)
  const next = carrier('websocket')
  bayeux.exchange(next, [{ ...connect, clientId: me.clientId }])
  expect(next.frames).toEqual([[event(1)]])
})

test('[BX-151] a socket carries one session at a time', () => {
  const { socketClient, client } = startTestBayeux()
  const [me, other] = [socketClient(), client()]
  const reply = { channel: '/demo/b', id: '4', error: unknown, successful: false }
  me.socket.frames = []
  me.send({ ...publishTo('/demo/b', 1), clientId: other.clientId })
  me.send(disconnect)
  me.send({ ...publishTo('/demo/b', 1), clientId: other.clientId })
  expect(me.socket.frames).toEqual([
    [reply],
    [{ channel: '/meta/disconnect', id: '9', successful: true }],
    [{ channel: '/demo/b', id: '4', successful: true }],
  ])
})

test('[BX-154] on a socket the disconnect answers the held connect too', () => {
  const { socketClient } = startTestBayeux()
  const { send, socket } = socketClient()
  send(connect)
  send(connect)
  socket.frames = []
  send(disconnect)
  expect(socket.frames.flat()).toEqual(
    expect.arrayContaining([
      { channel: '/meta/disconnect', id: '9', successful: true },
      { channel: '/meta/connect', id: '2', successful: true, advice: { reconnect: 'none' } },
    ]),
  )
  expect(socket.isCut).toBe(false)
})

test.each([
  ['messages', { maxQueue: 2 }],
  ['bytes', { maxQueueBytes: 100 }],
])('too many %s for a session that does not ask: it is closed with a line, and the others go on', (_what, bound) => {
  const { client, lines, bayeux } = startTestBayeux(bound)
  const [idle, other] = [client(), client()]
  idle.send(subscribeTo('/demo/a'))
  for (let n = 0; n < 3; n++) other.send(publishTo('/demo/a', 'x'.repeat(20)))
  expect(lines).toEqual(['CometD session closed: too much waits for it'])
  expect(bayeux.sessions()).toBe(1)
  expect(idle.send(connect).frames[0]).toMatchObject([{ error: unknown, advice: { reconnect: 'handshake' } }])
})

test('too much for all sessions together closes the one that makes it too much, and what was sent counts no more', () => {
  const { client, lines, bayeux } = startTestBayeux({ maxQueueBytesInTotal: 300 })
  const [first, second, other] = [client(), client(), client()]
  for (const each of [first, second]) each.send(subscribeTo('/demo/a'))
  const say = () => other.send(publishTo('/demo/a', 'x'.repeat(60)))
  for (let n = 0; n < 10; n++) {
    say()
    for (const each of [first, second]) each.send({ ...connect, advice: { timeout: 0 } })
  }
  expect([bayeux.sessions(), lines]).toEqual([3, []])
  say()
  say()
  expect([bayeux.sessions(), lines]).toEqual([2, ['CometD session closed: too much waits for it']])
})

test('a socket whose client takes nothing is cut, with a line', () => {
  const { socketClient, client, lines } = startTestBayeux()
  const me = socketClient()
  me.send(subscribeTo('/demo/a'))
  me.send(connect)
  me.send(connect)
  me.socket.unsent = 10_001
  client().send(publishTo('/demo/a', 1))
  expect([me.socket.isCut, lines]).toEqual([true, ['CometD session closed: its client takes nothing']])
})

test('whoever wants to know is told once about each session that is gone, and why', () => {
  const { bayeux, client, clock } = startTestBayeux()
  const ended: unknown[] = []
  bayeux.onEnd(({ clientId }, reason) => ended.push([clientId, reason]))
  const [leaving, silent] = [client(), client()]
  leaving.send(disconnect)
  clock.advance(3000)
  expect(ended).toEqual([
    [leaving.clientId, 'disconnected'],
    [silent.clientId, 'expired'],
  ])
})

test('[BX-113] one timer serves all sessions, and none is left without one', () => {
  const { client, clock, bayeux } = startTestBayeux()
  for (let n = 0; n < 20; n++) {
    client().send(connect)
    clock.advance(10)
  }
  clock.advance(3000)
  expect([bayeux.sessions(), clock.nextDue()]).toEqual([0, undefined])
})

test('[BX-184] after its close nothing is served and no timer is left', () => {
  const { bayeux, client, post, clock } = startTestBayeux()
  const me = client()
  me.send(connect)
  const held = me.send(connect)
  bayeux.close()
  expect([held.isFailed, post(handshake).isFailed, bayeux.sessions(), clock.nextDue()]).toEqual([
    true,
    true,
    0,
    undefined,
  ])
})

const farewell = { channel: '/meta/disconnect', successful: true }
const toStay = { channel: '/meta/connect', id: '2', successful: true, advice: { reconnect: 'none' } }

test('[BX-116] a session that the server ends hears so with its held connect, behind what waits for it', () => {
  for (const transport of ['long-polling', 'callback-polling'] as const) {
    const { bayeux, client } = startTestBayeux()
    const ended: unknown[] = []
    bayeux.onEnd((session, reason) => ended.push([session.clientId, reason]))
    const me = client(transport)
    me.send(connect)
    const held = me.send(connect)
    expect([bayeux.dismiss(me.clientId), bayeux.dismiss(me.clientId), bayeux.dismiss('nobody')]).toEqual([
      true,
      false,
      false,
    ])
    expect(held.frames).toEqual([[farewell, toStay]])
    expect([ended, bayeux.sessions()]).toEqual([[[me.clientId, 'dismissed']], 0])
    expect(me.send(connect).frames[0]).toMatchObject([{ error: unknown, successful: false }])
  }
})

test('[BX-116] over WebSocket the farewell is a frame of its own, and the socket stays', () => {
  const { bayeux, socketClient } = startTestBayeux()
  const me = socketClient()
  me.send(connect)
  me.send(connect)
  bayeux.dismiss(me.clientId)
  expect(me.socket.frames.slice(-2)).toEqual([[farewell], [toStay]])
  expect(me.socket.isCut).toBe(false)
})

test('[BX-116] who holds no connect is told when it comes the next time, with all that waits and nothing new', () => {
  const { bayeux, client } = startTestBayeux()
  const me = client()
  me.send(connect)
  me.send(subscribeTo('/demo/a'))
  const other = client()
  other.send(publishTo('/demo/a', 'before'))
  const ended: string[] = []
  bayeux.onEnd((_session, reason) => ended.push(reason))
  bayeux.dismiss(me.clientId)
  other.send(publishTo('/demo/a', 'after'))
  expect([ended, bayeux.live().map(({ clientId }) => clientId)]).toEqual([['dismissed'], [other.clientId]])
  expect(me.send(connect).frames).toEqual([[event('before'), farewell, toStay]])
  expect(me.send(connect).frames[0]).toMatchObject([{ error: unknown }])
  expect(ended).toEqual(['dismissed'])
})

test('[BX-116] whatever else it asks for then is refused, and over callback-polling the events do not come with it', () => {
  const { bayeux, client } = startTestBayeux()
  const [poller, caller] = [client(), client('callback-polling')]
  for (const each of [poller, caller]) {
    each.send(subscribeTo('/demo/a'))
    client().send(publishTo('/demo/a', 1))
    bayeux.dismiss(each.clientId)
  }
  const refusal = { error: unknown, id: '5', successful: false }
  expect(poller.send(publishTo('/demo/a', 2, '5')).frames[0]).toMatchObject([event(1), farewell, refusal])
  expect(caller.send(publishTo('/demo/a', 2, '5')).frames[0]).toMatchObject([farewell, refusal])
  expect([bayeux.sessions(), bayeux.live().length]).toEqual([2, 2])
})

test('[BX-116] who never comes is forgotten when its session would have expired', () => {
  const { bayeux, client, clock } = startTestBayeux()
  const me = client()
  me.send(connect)
  const held = me.send(connect)
  held.isCut = true
  bayeux.dismiss(me.clientId)
  clock.advance(2999)
  expect(bayeux.sessions()).toBe(1)
  clock.advance(1)
  expect([bayeux.sessions(), clock.nextDue()]).toEqual([0, undefined])
})
