import { describe, expect, test } from 'vitest'
import type { BayeuxMessage } from '../../bayeux/message.ts'
import { type AskedMessage, createArrivalWatch } from './arrivals.ts'

const chat = '/service/chatV2/care'
const asks = (id: string, channel: string, isAtOnce = false): AskedMessage => ({ id, channel, isAtOnce })
const reply = (channel: string, id: string, more: object = {}) => ({ channel, id, successful: true, ...more })
const event = { channel: chat, data: { messages: [] } }
const retry = { reconnect: 'retry', interval: 0, timeout: 30_000 }
const hands = reply('/meta/handshake', '1', {
  ...{ version: '1.0', clientId: '1a2b3c4d5e6f7g8h9i0j1k2l', supportedConnectionTypes: ['websocket'], advice: retry },
})
const shakes = asks('1', '/meta/handshake')

/** A customer whose arrivals come one after another; `socket` 0 = HTTP. */
function customer(socket: number) {
  const watch = createArrivalWatch()
  let ordinal = 0
  return {
    skip: () => void ordinal++,
    came(asked: AskedMessage[], messages: object[] | undefined, on = socket, told: number[] = []) {
      const arrival = { ordinal: ++ordinal, socket: on, asked, told: new Set(told), text: '' }
      const { shape, rules } = watch.came({ ...arrival, messages: messages as BayeuxMessage[] | undefined })
      return [...shape, ...rules].map(({ rule }) => rule)
    },
  }
}

describe('over HTTP', () => {
  test('a chat without fault', () => {
    const { came } = customer(0)
    expect(came([shakes], [hands])).toEqual([])
    expect(came([asks('2', chat)], [event, reply(chat, '2')])).toEqual([])
    expect(came([asks('3', '/meta/connect', true)], [reply('/meta/connect', '3', { advice: retry })])).toEqual([])
    expect(came([asks('4', '/meta/connect')], [event, reply('/meta/connect', '4')])).toEqual([])
    expect(came([asks('5', '/meta/disconnect')], [reply('/meta/disconnect', '5')])).toEqual([])
  })

  test.each<[rules: string[], what: string, asked: AskedMessage[], came: object[] | undefined]>([
    [['BX-003'], 'no array of messages', [asks('2', chat)], undefined],
    [['BX-171'], 'no answer', [asks('2', chat)], [event]],
    [['BX-171'], 'an answer for each but one', [asks('2', chat), asks('3', chat)], [reply(chat, '3')]],
    [['BX-171'], 'a second answer', [asks('2', chat)], [reply(chat, '2'), reply(chat, '2')]],
    [['BX-171', 'BX-171'], 'the id of another request', [asks('2', chat)], [reply(chat, '7')]],
    [['BX-171'], 'another channel', [asks('2', chat)], [reply('/foo', '2')]],
    [['BX-030', 'BX-171'], 'no id', [asks('2', chat)], [{ channel: chat, successful: true }]],
    [['BX-030'], 'a number for an id', [asks('2', chat)], [reply(chat, 2 as never)]],
    [['BX-080'], 'data in the answer to a publish', [asks('2', chat)], [reply(chat, '2', { data: 1 })]],
    [['BX-172'], 'no error', [asks('2', chat)], [reply(chat, '2', { successful: false })]],
    [['BX-022'], 'advice of another form', [shakes], [{ ...hands, advice: { reconnect: 'retry' } }]],
    [['BX-031'], 'an event with a handshake', [shakes], [hands, event]],
    [['BX-100'], 'an event behind the answer', [asks('2', chat)], [reply(chat, '2'), event]],
    [['BX-047'], 'an event behind a connect', [asks('2', '/meta/connect')], [reply('/meta/connect', '2'), event]],
    [['BX-042'], 'no advice', [asks('2', '/meta/connect', true)], [reply('/meta/connect', '2')]],
    [['CV2-111'], 'another channel', [asks('2', chat)], [{ ...event, channel: '/service/chatV2' }, reply(chat, '2')]],
    [['BX-082'], 'the clientId of somebody', [asks('2', chat)], [{ ...event, clientId: 'x' }, reply(chat, '2')]],
  ])('%j: %s', (rules, _, asked, messages) => {
    expect(customer(0).came(asked, messages)).toEqual(rules)
  })

  test('what is told elsewhere is not told twice', () => {
    const wrong = { ...event, clientId: 'x' }
    expect(customer(0).came([asks('2', '/meta/connect')], [wrong, reply('/meta/connect', '2')], 0, [0])).toEqual([])
  })
})

describe('on a WebSocket', () => {
  test('answers come when they come; what went over a lost one is not answered any more', () => {
    const { came } = customer(1)
    expect(came([shakes], [hands])).toEqual([])
    expect(came([asks('2', chat), asks('3', '/meta/connect')], [reply(chat, '2')])).toEqual([])
    expect(came([asks('4', chat)], [reply('/meta/connect', '3')])).toEqual([])
    expect(came([asks('5', '/meta/connect')], [reply('/meta/connect', '5')], 7)).toEqual([])
    expect(came([], [reply(chat, '4')], 7)).toEqual(['BX-171'])
  })

  test('[BX-171] [BX-111] what was asked before the disconnect is answered before it, and the held connect is told to end', () => {
    const left = [asks('4', '/meta/disconnect')]
    const { came } = customer(1)
    expect(came([asks('2', chat), asks('3', '/meta/connect')], [event])).toEqual([])
    expect(came(left, [reply('/meta/disconnect', '4')])).toEqual(['BX-171'])
    const none = { reconnect: 'none' }
    expect(came([], [reply('/meta/connect', '3', { advice: none })])).toEqual([])
    const other = customer(1)
    other.came([asks('3', '/meta/connect'), ...left], [reply('/meta/disconnect', '4')])
    expect(other.came([], [reply('/meta/connect', '3')])).toEqual(['BX-111'])
  })

  test('[BX-142] a frame is an array of messages', () => {
    expect(customer(1).came([], undefined)).toEqual(['BX-142'])
  })

  test('who has not seen all that was asked blames nobody, until the next connection', () => {
    const { came, skip } = customer(1)
    came([shakes], [hands])
    skip()
    expect(came([], [reply(chat, '2')])).toEqual([])
    expect(came([], [reply(chat, '3')])).toEqual([])
    expect(came([asks('4', chat)], [reply(chat, '5')], 2)).toEqual(['BX-171'])
  })
})
