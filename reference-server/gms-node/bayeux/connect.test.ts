import { expect, test } from 'vitest'
import { connect, publishTo, startTestBayeux, subscribeTo } from './bayeux-for-tests.ts'

const answered = { channel: '/meta/connect', id: '2', successful: true }
const advice = { interval: 0, timeout: 4000, reconnect: 'retry' }

/** A client whose next connect is held. */
function connected(changes = {}) {
  const under = startTestBayeux(changes)
  const client = under.client()
  client.send(connect)
  return { ...under, me: client }
}

test('[BX-040] [BX-045] the first connect is answered at once, without advice', () => {
  const { client } = startTestBayeux()
  expect(client().send(connect).frames).toEqual([[answered]])
})

test('[BX-041] a later one is held for its time and then answered with nothing else', () => {
  const { me, clock } = connected()
  const held = me.send(connect)
  clock.advance(3999)
  expect(held.frames).toEqual([])
  clock.advance(1)
  expect(held.frames).toEqual([[answered]])
})

test('[BX-042] with timeout 0 it is answered at once, with advice', () => {
  const { me } = connected()
  expect(me.send({ ...connect, advice: { timeout: 0 } }).frames).toEqual([[{ ...answered, advice }]])
})

test('[BX-043] a client’s own timeout holds once', () => {
  const { me, clock } = connected()
  const once = me.send({ ...connect, advice: { timeout: 1000 } })
  clock.advance(1000)
  expect(once.frames).toEqual([[{ ...answered, advice }]])
  const next = me.send(connect)
  clock.advance(3999)
  expect(next.frames).toEqual([])
})

test('[BX-044] a client’s own interval comes back and keeps the session', () => {
  const { me, clock } = connected()
  const { frames } = me.send({ ...connect, advice: { timeout: 0, interval: 5000 } })
  expect(frames).toEqual([[{ ...answered, advice: { ...advice, interval: 5000 } }]])
  clock.advance(7999)
  expect(me.send({ ...connect, advice: { timeout: 0 } }).frames[0]).toMatchObject([{ successful: true }])
})

test('[BX-044] nobody keeps a session for ever by a long interval', () => {
  const { me, clock, bayeux } = connected()
  me.send({ ...connect, advice: { timeout: 0, interval: 1e12 } })
  clock.advance(603_000)
  expect(bayeux.sessions()).toBe(0)
})

test('[BX-046] an event of somebody else releases it', () => {
  const { me, client } = connected()
  me.send(subscribeTo('/demo/a'))
  const held = me.send(connect)
  client().send(publishTo('/demo/a', { n: 1 }))
  expect(held.frames).toEqual([[{ channel: '/demo/a', data: { n: 1 } }, answered]])
})

test('[BX-047] [BX-094] what waits is answered at once, in order, before the reply', () => {
  const { me, client } = connected()
  me.send(subscribeTo('/demo/a'))
  const other = client()
  for (const n of [1, 2, 3]) other.send(publishTo('/demo/a', n))
  expect(me.send(connect).frames).toEqual([[...[1, 2, 3].map(data => ({ channel: '/demo/a', data })), answered]])
})

test('[BX-048] a newer one fails the older', () => {
  const { me, clock } = connected()
  const older = me.send(connect)
  const newer = me.send(connect)
  expect([older.isFailed, older.frames, newer.frames]).toEqual([true, [], []])
  clock.advance(4000)
  expect([older.frames, newer.frames]).toEqual([[], [[answered]]])
})

test('[BX-049] one that comes with another message is not held', () => {
  const { me } = connected()
  expect(me.send(connect, publishTo('/demo/a', 1)).frames).toEqual([
    [answered, { channel: '/demo/a', id: '4', successful: true }],
  ])
})

test.each([
  ['cometd3', '402::Unknown client'],
  ['cometd9', '402::session_unknown'],
] as const)('[BX-050] an unknown client is told to shake hands, in the words of %s', (profile, error) => {
  const { post } = startTestBayeux({ profile })
  const reply = { channel: '/meta/connect', id: '2', error, successful: false }
  for (const clientId of ['nobody', undefined, 7])
    expect(post({ ...connect, clientId }).frames).toEqual([
      [{ ...reply, advice: { interval: 0, reconnect: 'handshake' } }],
    ])
})

test('[BX-051] the connection type is not looked at', () => {
  const { client } = startTestBayeux()
  expect(client().send({ ...connect, connectionType: 'pigeon' }).frames).toEqual([[answered]])
})

test('[BX-051] a strict server refuses a connection type that does not exist, and what is held stays held', () => {
  const { client } = startTestBayeux({ isStrict: true })
  const me = client()
  me.send(connect)
  const held = me.send(connect)
  for (const connectionType of [undefined, null, 'pigeon', '', 7])
    expect(me.send({ ...connect, id: '7', connectionType }).frames).toEqual([
      [{ channel: '/meta/connect', id: '7', error: '405::connection_type_invalid', successful: false }],
    ])
  expect([held.isFailed, held.frames]).toEqual([false, []])
})

test('[BX-123] a second session of a browser is told to poll while the first holds', () => {
  const { client, clock } = startTestBayeux()
  const [first, second] = [client('long-polling', 'b'), client('long-polling', 'b')]
  for (const each of [first, second]) each.send(connect)
  first.send(connect)
  const multiple = { 'multiple-clients': true, interval: 2000, reconnect: 'retry' }
  expect(second.send(connect).frames).toEqual([[{ ...answered, advice: multiple }]])
  clock.advance(2000)
  expect(second.send(connect).frames).toEqual([[{ ...answered, advice: multiple }]])
  clock.advance(2000)
  const held = second.send(connect)
  expect(held.frames).toEqual([])
  clock.advance(4000)
  expect(held.frames).toEqual([[{ ...answered, advice }]])
})

test('[BX-123] with maxSessionsPerBrowser -1 any number is held; with no interval the second is sent away', () => {
  const many = startTestBayeux({ maxSessionsPerBrowser: -1 })
  const clients = [many.client('long-polling', 'b'), many.client('long-polling', 'b')]
  for (const each of clients) each.send(connect)
  expect(clients.map(each => each.send(connect).frames)).toEqual([[], []])

  const strict = startTestBayeux({ multiSessionIntervalMs: 0 })
  const [first, second] = [strict.client('long-polling', 'b'), strict.client('long-polling', 'b')]
  for (const each of [first, second]) each.send(connect)
  first.send(connect)
  expect(second.send(connect).frames[0]).toMatchObject([{ successful: false, advice: { reconnect: 'none' } }])
})

test('[BX-143] [BX-152] on a socket events go beside the held connect, one frame each', () => {
  const { socketClient, client, clock } = startTestBayeux()
  const { send, socket } = socketClient()
  send(connect)
  send(subscribeTo('/demo/a'))
  send(connect)
  socket.frames = []
  const other = client()
  other.send(publishTo('/demo/a', 1), publishTo('/demo/a', 2))
  expect(socket.frames).toEqual([[{ channel: '/demo/a', data: 1 }], [{ channel: '/demo/a', data: 2 }]])
  clock.advance(4000)
  expect(socket.frames.slice(2)).toEqual([[answered]])
})

test('[BX-144] on a socket only the newer of two connects is answered', () => {
  const { socketClient, clock } = startTestBayeux()
  const { send, socket } = socketClient()
  send(connect)
  send({ ...connect, id: '10' })
  clock.advance(1000)
  send({ ...connect, id: '11' })
  socket.frames = []
  clock.advance(10_000)
  expect(socket.frames).toEqual([[{ ...answered, id: '11' }]])
})

test('[BX-153] on a socket what comes with a connect is answered at once', () => {
  const { socketClient } = startTestBayeux()
  const { send, socket } = socketClient()
  send(connect)
  socket.frames = []
  send(connect, publishTo('/demo/a', 1))
  expect(socket.frames).toEqual([[{ channel: '/demo/a', id: '4', successful: true }]])
})

test('[BX-149] [BX-045] a socket goes on with a session of HTTP, and its new transport gets advice', () => {
  const { client, carrier, bayeux, clock } = startTestBayeux()
  const { clientId, send } = client()
  send(connect)
  const older = send(connect)
  const socket = carrier('websocket')
  bayeux.exchange(socket, [{ ...connect, clientId }])
  expect([older.isFailed, socket.frames]).toEqual([true, []])
  clock.advance(4000)
  expect(socket.frames).toEqual([[{ ...answered, advice }]])
})
