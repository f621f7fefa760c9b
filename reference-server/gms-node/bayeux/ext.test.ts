import { expect, test } from 'vitest'
import { connect, handshake, publishTo, startTestBayeux, subscribeTo, type TestBayeux } from './bayeux-for-tests.ts'
import type { BayeuxMessage } from './message.ts'

const event = (data: unknown) => ({ channel: '/demo/a', data })
const reply = (ack: number) => ({ channel: '/meta/connect', id: '2', successful: true, ext: { ack } })
const connectWith = (ack: number): BayeuxMessage => ({ ...connect, ext: { ack } })

/** A client that has agreed to acknowledge, listens to /demo/a and has had its first connect. */
function acknowledging(transport: 'websocket' | 'long-polling', under: TestBayeux) {
  const carrier = under.carrier(transport, 'b')
  under.bayeux.exchange(carrier, [{ ...handshake, ext: { ack: true } }])
  const [shaken] = carrier.frames.splice(0)[0]!
  const send = (message: BayeuxMessage) => {
    const own = transport === 'websocket' ? carrier : under.carrier(transport, 'b')
    under.bayeux.exchange(own, [{ clientId: shaken!.clientId, ...message }])
    return own
  }
  send(subscribeTo('/demo/a'))
  const first = send(connectWith(0)).frames.at(-1)
  carrier.frames = []
  return { shaken, first, carrier, send }
}

test.each(['websocket', 'long-polling'] as const)(
  '[BX-161] [BX-162] over %s who acknowledges gets events with connects, and again until they are acknowledged',
  transport => {
    const under = startTestBayeux({ acknowledgement: true })
    const other = under.client()
    const { shaken, first, carrier, send } = acknowledging(transport, under)
    expect([shaken!.ext, first]).toEqual([{ ack: true }, [reply(1)]])
    const heard = (own: typeof carrier) => own.frames.splice(0).flat()

    const held = send(connectWith(1))
    send(publishTo('/demo/a', 1))
    other.send(publishTo('/demo/a', 2))
    const all = [...heard(carrier), ...heard(held)]
    // What it published itself came no earlier than with a connect, either.
    expect(all.filter(each => 'data' in each || 'ext' in each)).toEqual([event(1), reply(2)])
    expect(heard(send(connectWith(1)))).toEqual([event(1), event(2), reply(3)])
    expect(heard(send({ ...connectWith(3), advice: { timeout: 0 } }))).toMatchObject([{ ext: { ack: 4 } }])
  },
)

test('[BX-160] without the option, and without being asked, nothing is acknowledged', () => {
  for (const [acknowledgement, ext] of [
    [false, { ack: true }],
    [true, undefined],
  ] as const) {
    const { post } = startTestBayeux({ acknowledgement })
    expect(post({ ...handshake, ext }).frames[0]![0]).not.toHaveProperty('ext')
  }
})

test('[BX-163] who asks for the time gets it, unless the clock is right enough', () => {
  const { clock, client, post } = startTestBayeux({ timesync: true })
  const nowMs = clock.now()
  const asked = (timesync: object) =>
    post({ ...handshake, ext: { timesync } }).frames[0]![0]!.ext as { timesync: unknown } | undefined
  expect(asked({ tc: nowMs - 500, l: 0, o: 0 })).toEqual({ timesync: { tc: nowMs - 500, ts: nowMs, p: 0, a: -500 } })
  expect(asked({ tc: nowMs - 10, l: 5, o: 0 })).toBeUndefined()
  expect(asked({ tc: nowMs - 40, l: 5, o: 10 })).toMatchObject({ timesync: { a: -25 } })
  expect(asked({ tc: nowMs })).toEqual({ timesync: { tc: nowMs, ts: nowMs, p: 0 } })
  expect(asked({ tc: 'x' })).toBeUndefined()

  const me = client()
  const ext = { timesync: { tc: nowMs, l: 0, o: 0 } }
  expect(me.send({ ...subscribeTo('/demo/a'), ext }).frames[0]![0]).toMatchObject({ ext: { timesync: { p: 0 } } })
  me.send(connect)
  const held = me.send({ ...connect, ext })
  clock.advance(4000)
  expect(held.frames[0]![0]).toMatchObject({ ext: { timesync: { ts: nowMs, p: 4000, a: 0 } } })
})
