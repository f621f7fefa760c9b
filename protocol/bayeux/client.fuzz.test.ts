import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRequest } from '../checks/bayeux/shape.ts'
import { scriptedClient, shaken } from './client-for-tests.ts'
import { leave, lost, opened, publish, received, start, subscribe, wake } from './drive.ts'
import { type BayeuxMessage, parseCallback, parseMessages, transports } from './message.ts'

/** What a peer may send, right and wrong: known members with any value, of requests that may be under way. */
const anything = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(true, false, '', '402::Unknown client', -1, 0, 2_000, null, 'none') },
  fc.constantFrom('handshake', 'retry', shaken.clientId, shaken.supportedConnectionTypes, shaken.advice, [], {}),
  fc.jsonValue(),
)
const channel = fc.constantFrom(
  '/meta/handshake',
  '/meta/connect',
  '/meta/disconnect',
  '/meta/subscribe',
  '/foo',
  7,
  null,
)
const members = fc.constantFrom('successful', 'error', 'advice', 'clientId', 'data', 'supportedConnectionTypes', 'ext')
const hostile = fc
  .record({
    channel,
    id: fc.option(fc.integer({ min: 1, max: 40 }).map(String)),
    more: fc.dictionary(members, anything),
  })
  .map(({ channel, id, more }) => ({ channel, ...(id === null ? {} : { id }), ...more }) as BayeuxMessage)
const polite = fc.record({ successful: fc.boolean(), advice: fc.constantFrom(undefined, shaken.advice) })

const step = fc.oneof(
  fc.record({ does: fc.constant('opened' as const) }),
  fc.record({ does: fc.constant('lost' as const) }),
  fc.record({ does: fc.constant('answer' as const), more: polite, which: fc.nat(3) }),
  fc.record({
    does: fc.constant('received' as const),
    messages: fc.array(hostile, { maxLength: 3 }),
    which: fc.nat(3),
  }),
  fc.record({ does: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 50_000 }) }),
  fc.record({ does: fc.constant('publish' as const) }),
  fc.record({ does: fc.constant('subscribe' as const) }),
  { weight: 1, arbitrary: fc.record({ does: fc.constant('leave' as const) }) },
)

test.each(transports)(
  '%s: whatever comes in, requests are valid, one connect is under way, and it never rests',
  transport => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const rig = scriptedClient(transport)
        const { client } = rig
        let nowMs = 0
        let published = 0
        start(client, nowMs)
        for (const each of steps) {
          const sentBefore = rig.sent.length
          const wasEnded = client.state === 'ended'
          nowMs += 1
          if (each.does === 'opened') opened(client, nowMs, rig.opened.at(-1) ?? 0)
          else if (each.does === 'lost') lost(client, nowMs, rig.sent.at(-1)?.link ?? rig.opened.at(-1) ?? 0, 'cut')
          else if (each.does === 'answer') {
            const sent = rig.sent.at(-1 - each.which)
            if (sent) rig.answer(nowMs, sent, { ...shaken, ...each.more } as BayeuxMessage)
          } else if (each.does === 'received')
            received(client, nowMs, rig.sent.at(-1 - each.which)?.link ?? 0, each.messages)
          else if (each.does === 'publish') {
            publish(client, nowMs, '/foo', 1)
            published += 1
          } else if (each.does === 'subscribe') subscribe(client, nowMs, '/foo')
          else if (each.does === 'leave') leave(client, nowMs)
          else {
            // Time does not pass a wake that was asked for.
            const untilMs = nowMs + each.ms
            while (client.wakeMs <= untilMs) {
              nowMs = Math.max(nowMs, client.wakeMs)
              wake(client, nowMs)
            }
            nowMs = untilMs
          }
          if (wasEnded) expect(rig.sent.length).toBe(sentBefore)
          if (client.state !== 'ended' && client.advice.interval >= 0) {
            const waitsForSocket = client.socket?.isOpen === false
            expect(
              client.poll !== undefined ||
                waitsForSocket ||
                Number.isFinite(client.nextTryMs) ||
                client.farewell !== undefined,
            ).toBe(true)
            expect(Number.isFinite(client.wakeMs)).toBe(true)
          }
        }
        expect(rig.sent.flatMap(({ messages }) => messages).flatMap(checkRequest)).toEqual([])
        const ids = rig.sent.flatMap(({ messages }) => messages.map(({ id }) => id))
        expect(new Set(ids).size).toBe(ids.length)
        const waiting = client.queue.length + client.pending.size
        if (client.state === 'ended') expect(waiting).toBe(0)
        expect(rig.outcomes.length).toBeLessThanOrEqual(client.lastId)
        expect(new Set(rig.outcomes.map(({ id }) => id)).size).toBe(rig.outcomes.length)
        expect(published).toBeLessThanOrEqual(rig.outcomes.length + waiting)
      }),
      { numRuns: 400 },
    )
  },
)

test('no text breaks the parsers', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), text => {
      const list = parseMessages(text)
      expect(list === undefined || list.every(each => typeof each === 'object' && each !== null)).toBe(true)
      parseCallback(`cb(${text})`, 'cb')
    }),
  )
  expect(parseMessages('{"channel":"/foo"}')).toEqual([{ channel: '/foo' }])
  expect(parseMessages('[1]')).toBeUndefined()
  expect(parseCallback('/**/cb([{"channel":"/foo"}]);', 'cb')).toEqual([{ channel: '/foo' }])
})
