import { describe, expect, it, test } from 'vitest'
import { checkRequest } from '../checks/bayeux/shape.ts'
import { scriptedClient, shaken } from './client-for-tests.ts'
import { leave, lost, opened, publish, received, start, subscribe, wake } from './drive.ts'

const clientId = shaken.clientId!
const unknown = {
  successful: false,
  error: '402::Unknown client',
  advice: { reconnect: 'handshake', interval: 0 },
} as const

/** Shaken hands and connected at 0. */
function connected(transport: 'websocket' | 'long-polling' = 'long-polling') {
  const rig = scriptedClient(transport)
  start(rig.client, 0)
  if (transport === 'websocket') opened(rig.client, 0, rig.opened[0]!)
  rig.answer(0, rig.last(), shaken)
  rig.answer(0, rig.last())
  return rig
}

describe('handshake and connect loop', () => {
  it('handshakes, connects to be answered at once, then connects to be held', () => {
    const rig = connected()
    expect(rig.sent.map(({ messages }) => messages)).toEqual([
      [
        {
          channel: '/meta/handshake',
          id: '1',
          version: '1.0',
          minimumVersion: '1.0',
          supportedConnectionTypes: ['long-polling'],
        },
      ],
      [{ channel: '/meta/connect', id: '2', clientId, connectionType: 'long-polling', advice: { timeout: 0 } }],
      [{ channel: '/meta/connect', id: '3', clientId, connectionType: 'long-polling' }],
    ])
    expect(rig.log).toEqual(['handshaking', 'connecting', 'connected'])
    expect(rig.sent.flatMap(({ messages }) => messages.flatMap(checkRequest))).toEqual([])
  })

  it('what was published before there is a session goes out before the first connect, with the subscriptions', () => {
    const rig = scriptedClient('long-polling')
    subscribe(rig.client, 0, '/demo/room')
    publish(rig.client, 0, '/demo/room', 'hi')
    start(rig.client, 0)
    rig.answer(0, rig.sent[0]!, shaken)
    expect(rig.sent[1]!.messages.map(({ channel }) => channel)).toContain('/demo/room')
    expect(rig.sent[2]!.messages[0]!.channel).toBe('/meta/connect')
  })

  it('[BX-174] waits for the interval, and has one connect under way', () => {
    const rig = connected()
    const held = rig.last()
    rig.answer(30_000, held, { advice: { reconnect: 'retry', interval: 2_000, timeout: 30_000 } })
    expect(rig.last()).toBe(held)
    wake(rig.client, 31_999)
    expect(rig.last()).toBe(held)
    wake(rig.client, 32_000)
    expect(rig.last().messages[0]).toMatchObject({ channel: '/meta/connect', id: '4' })
  })

  it('honours the interval of multiple-clients', () => {
    const rig = connected()
    const advice = { reconnect: 'retry', interval: 2_000, 'multiple-clients': true } as const
    rig.answer(10, rig.last(), { advice })
    const { length } = rig.sent
    wake(rig.client, 1_000)
    expect(rig.sent.length).toBe(length)
    expect(rig.wakes).toContain(2_010)
  })

  it('an interval below 0 means that no connect follows', () => {
    const rig = connected()
    const { length } = rig.sent
    rig.answer(10, rig.last(), { advice: { reconnect: 'retry', interval: -1 } })
    wake(rig.client, 1e9)
    expect([rig.sent.length, rig.client.state]).toEqual([length, 'connected'])
  })

  it('the server does not offer the transport: it ends', () => {
    const rig = scriptedClient('websocket')
    start(rig.client, 0)
    opened(rig.client, 0, rig.opened[0]!)
    rig.answer(0, rig.last(), { ...shaken, supportedConnectionTypes: ['long-polling'] })
    expect(rig.log.at(-1)).toBe('ended: the server does not offer websocket, but long-polling')
    expect(rig.dropped).toEqual([rig.opened[0]])
  })
})

describe('told what to do', () => {
  it('[BX-050] an unknown session is made anew at once, with its subscriptions', () => {
    const rig = connected()
    subscribe(rig.client, 1, '/demo/room')
    rig.answer(2, rig.last(), { subscription: '/demo/room' })
    const held = rig.sent.find(({ messages }) => messages[0]!.id === '3')!
    rig.answer(20, held, unknown)
    expect(rig.last().messages[0]!.channel).toBe('/meta/handshake')
    rig.answer(21, rig.last(), { ...shaken, clientId: 'zz1a2b3c4d5e6f7g8h9i0j1k2l' })
    const channels = rig.sent.slice(-2).map(({ messages }) => messages[0]!)
    expect(channels).toMatchObject([
      { channel: '/meta/subscribe', clientId: 'zz1a2b3c4d5e6f7g8h9i0j1k2l', subscription: '/demo/room' },
      { channel: '/meta/connect', clientId: 'zz1a2b3c4d5e6f7g8h9i0j1k2l', advice: { timeout: 0 } },
    ])
  })

  it('402 on a publish renews the session, too, and gives up the held connect', () => {
    const rig = connected()
    const held = rig.last()
    const id = publish(rig.client, 5, '/service/echo', 1)
    rig.answer(6, rig.last(), { successful: false, error: '402::session_unknown' })
    expect(rig.outcomes).toEqual([{ id, outcome: expect.objectContaining({ error: '402::session_unknown' }) }])
    expect(rig.dropped).toEqual([held.link])
    expect(rig.last().messages[0]!.channel).toBe('/meta/handshake')
  })

  it('402 to what was sent in an earlier session changes nothing', () => {
    const rig = connected()
    publish(rig.client, 5, '/service/echo', 1)
    const early = rig.last()
    const held = rig.sent.find(({ messages }) => messages[0]!.id === '3')!
    rig.answer(6, held, unknown)
    rig.answer(7, rig.last(), shaken)
    rig.answer(8, rig.last())
    const { length } = rig.sent
    rig.answer(9, early, { successful: false, error: '402::Unknown client' })
    expect([rig.sent.length, rig.client.state]).toEqual([length, 'connected'])
  })

  it('a server that is back and does not know the session is asked for a new one at once, whatever failed before', () => {
    const rig = connected()
    const reconnect = (failedMs: number, why: string, againMs: number) => {
      lost(rig.client, failedMs, rig.last().link, why)
      wake(rig.client, againMs)
    }
    reconnect(10, 'gone', 1_010)
    reconnect(1_020, 'HTTP 502', 3_020)
    rig.answer(3_030, rig.last(), unknown)
    expect(rig.last().messages[0]!.channel).toBe('/meta/handshake')
    expect(rig.client.failures).toBe(0)
  })

  it('a second refusal in a row is waited out', () => {
    const rig = connected()
    rig.answer(10, rig.last(), unknown)
    rig.answer(11, rig.last(), shaken)
    rig.answer(12, rig.last(), unknown)
    expect(rig.last().messages[0]!.channel).toBe('/meta/connect')
    wake(rig.client, 12 + 1_000)
    expect(rig.last().messages[0]!.channel).toBe('/meta/handshake')
  })

  test.each([
    ['a connect', { advice: { reconnect: 'none' } }, 'ended: told not to connect again'],
    ['a refused connect', { successful: false, error: '403::no', advice: { reconnect: 'none' } }, 'ended: 403::no'],
  ] as const)('none with %s ends it, and what waits is told so', (_, more, expected) => {
    const rig = connected()
    const held = rig.last()
    const id = publish(rig.client, 5, '/foo', 1)
    rig.answer(6, held, more)
    expect(rig.log.at(-1)).toBe(expected)
    expect(rig.outcomes).toEqual([{ id, outcome: 'ended' }])
    wake(rig.client, 1e9)
    expect(rig.client.state).toBe('ended')
  })

  it('none with a refused handshake ends it; without advice it is tried again', () => {
    const rig = scriptedClient('long-polling')
    start(rig.client, 0)
    rig.answer(1, rig.last(), { successful: false, error: '403::Handshake denied' })
    wake(rig.client, 1_001)
    expect(rig.sent.length).toBe(2)
    rig.answer(1_002, rig.last(), { successful: false, error: '403::denied', advice: { reconnect: 'none' } })
    expect(rig.log.at(-1)).toBe('ended: handshake refused: 403::denied')
  })

  it.each([undefined, '', 7])('a handshake that gives the id %j is none, and is tried again', id => {
    const rig = scriptedClient('long-polling')
    start(rig.client, 0)
    rig.answer(1, rig.last(), { ...shaken, clientId: id as string })
    expect([rig.client.state, rig.client.clientId]).toEqual(['handshaking', undefined])
    wake(rig.client, 60_000)
    expect(rig.last().messages[0]).toMatchObject({ channel: '/meta/handshake' })
  })

  it('[BX-116] a disconnect without id is the end', () => {
    const rig = connected('websocket')
    received(rig.client, 5, rig.opened[0]!, [{ channel: '/meta/disconnect', successful: true }])
    expect(rig.log.at(-1)).toBe('ended: ended by the server')
  })
})

describe('what goes wrong on the way', () => {
  it('a failed long poll is tried again later and later, to be answered at once', () => {
    const rig = connected()
    lost(rig.client, 10, rig.last().link, 'HTTP 500')
    expect([rig.log.at(-1), rig.wakes]).toEqual(['interrupted: HTTP 500', expect.arrayContaining([1_010])])
    wake(rig.client, 1_010)
    expect(rig.last().messages[0]).toMatchObject({ clientId, advice: { timeout: 0 } })
    lost(rig.client, 1_020, rig.last().link, 'refused')
    wake(rig.client, 3_019)
    const { length } = rig.sent
    wake(rig.client, 3_020)
    expect(rig.sent.length).toBe(length + 1)
    rig.answer(3_030, rig.last())
    expect(rig.log.at(-1)).toBe('connected')
  })

  it('[BX-175] a connect that is not answered within its hold time and the network delay is given up', () => {
    const rig = connected()
    const held = rig.last()
    wake(rig.client, 39_999)
    expect(rig.dropped).toEqual([])
    wake(rig.client, 40_000)
    expect([rig.dropped, rig.log.at(-1)]).toEqual([[held.link], 'interrupted: /meta/connect is not answered'])
  })

  it('[BX-150] a cut WebSocket is opened again and the session goes on', () => {
    const rig = connected('websocket')
    const id = publish(rig.client, 5, '/foo', 1)
    lost(rig.client, 10, rig.opened[0]!, 'reset')
    expect(rig.outcomes).toEqual([{ id, outcome: 'lost' }])
    const waiting = publish(rig.client, 11, '/foo', 2)
    wake(rig.client, 1_010)
    expect(rig.opened.length).toBe(2)
    opened(rig.client, 1_020, rig.opened[1]!)
    expect(rig.last().messages[0]).toMatchObject({ channel: '/meta/connect', clientId, advice: { timeout: 0 } })
    rig.answer(1_030, rig.last())
    expect(rig.sent.at(-2)!.messages[0]).toMatchObject({ id: waiting, data: 2 })
    expect(rig.log).toEqual(['handshaking', 'connecting', 'connected', 'interrupted: reset', 'connected'])
  })

  it('a WebSocket that leaves a publish unanswered is taken for dead', () => {
    const rig = connected('websocket')
    const id = publish(rig.client, 5, '/foo', 1)
    wake(rig.client, 10_005)
    expect(rig.dropped).toEqual([rig.opened[0]])
    expect(rig.outcomes).toEqual([{ id, outcome: 'unanswered' }])
  })

  it('a WebSocket that does not open is given up', () => {
    const rig = scriptedClient('websocket')
    start(rig.client, 0)
    wake(rig.client, 10_000)
    expect([rig.dropped, rig.log.at(-1)]).toEqual([[rig.opened[0]], 'handshaking: not opened in time'])
  })

  it('where the server says how long it keeps a session, an old one is not tried', () => {
    const rig = scriptedClient('long-polling')
    start(rig.client, 0)
    rig.answer(0, rig.last(), { ...shaken, advice: { ...shaken.advice, maxInterval: 10_000 } })
    rig.answer(0, rig.last())
    lost(rig.client, 50_000, rig.last().link, 'cut')
    wake(rig.client, 51_000)
    expect(rig.last().messages[0]!.channel).toBe('/meta/handshake')
  })

  it('an answer that fits nothing is a failure, and its events count', () => {
    const rig = connected()
    const event = { channel: '/foo', data: 1 }
    received(rig.client, 5, rig.last().link, [event, { channel: '/meta/connect', id: '99', successful: true }])
    expect([rig.events, rig.log.at(-1)]).toEqual([[event], 'interrupted: the answer does not fit the request'])
  })

  it('a late answer to a request that was given up changes nothing but delivers its events', () => {
    const rig = connected()
    const held = rig.last()
    wake(rig.client, 40_000)
    const event = { channel: '/foo', data: 1 }
    rig.answer(40_001, held, {}, [event])
    expect([rig.events, rig.client.state]).toEqual([[event], 'interrupted'])
  })
})

describe('order and batches', () => {
  it('over HTTP one request beside the connect: what comes meanwhile goes together, in order', () => {
    const rig = connected()
    publish(rig.client, 1, '/foo', 1)
    const first = rig.last()
    publish(rig.client, 2, '/foo', 2)
    publish(rig.client, 3, '/foo', 3)
    expect(rig.last()).toBe(first)
    rig.answer(4, first)
    expect(rig.last().messages.map(({ data }) => data)).toEqual([2, 3])
    expect(rig.last().isPoll).toBe(false)
  })

  it('over WebSocket each goes at once', () => {
    const rig = connected('websocket')
    publish(rig.client, 1, '/foo', 1)
    publish(rig.client, 1, '/foo', 2)
    expect(rig.sent.slice(-2).map(({ messages }) => messages.map(({ data }) => data))).toEqual([[1], [2]])
  })
})

describe('leaving', () => {
  it('[BX-110] [BX-111] disconnects after what waits, and is over when both are answered, in either order', () => {
    const rig = connected('websocket')
    const held = rig.last()
    leave(rig.client, 5)
    const farewell = rig.last()
    expect(farewell.messages[0]!.channel).toBe('/meta/disconnect')
    rig.answer(6, farewell)
    expect(rig.client.state).toBe('leaving')
    rig.answer(7, held, { advice: { reconnect: 'none' } })
    expect([rig.log.at(-1), rig.dropped]).toEqual(['ended: left', [rig.opened[0]]])
  })

  it('is over without a way to the server, and when nothing is answered', () => {
    const cut = connected()
    lost(cut.client, 1, cut.last().link, 'cut')
    leave(cut.client, 2)
    expect(cut.client.state).toBe('ended')
    const silent = connected()
    leave(silent.client, 2)
    wake(silent.client, 10_002)
    expect(silent.log.at(-1)).toBe('ended: left without an answer')
  })
})
