import { describe, expect, it, test } from 'vitest'
import { createAnswerWatch } from './answers.ts'
import { createLeakWatch } from './leaks.ts'
import { checkErrorForm, checkReceived, checkRequest } from './shape.ts'

const clientId = '1a2b3c4d5e6f7g8h9i0j1k2l'
const connect = (id: string) => ({ channel: '/meta/connect', id, clientId, connectionType: 'websocket' })
const publish = (id: string) => ({ channel: '/foo', id, clientId, data: 1 })
const reply = (channel: string, id: string) => ({ channel, id, successful: true })
const rules = (found: readonly { rule: string }[]) => found.map(each => each.rule)

describe('answers', () => {
  it('[BX-171] each request is answered once, on its channel', () => {
    const watch = createAnswerWatch(false)
    watch.sent([publish('1'), publish('2'), publish('3')], 0, 0)
    expect(watch.received([reply('/foo', '1')], 1)).toEqual([])
    expect(watch.received([reply('/foo', '1')], 2)).toMatchObject([
      { rule: 'BX-171', what: 'A request was answered twice' },
    ])
    expect(rules(watch.received([reply('/foo', '9'), reply('/bar', '2')], 3))).toEqual(['BX-171', 'BX-171'])
    expect(watch.finish()).toMatchObject([{ rule: 'BX-171', what: '/foo was not answered' }])
  })

  it('[BX-171] a connect that another one replaced on a socket is not answered', () => {
    const watch = createAnswerWatch(true)
    expect(watch.sent([connect('1')], 0, 30_000)).toEqual([])
    expect(rules(watch.sent([connect('2')], 1, 30_000))).toEqual(['BX-174'])
    expect(watch.received([reply('/meta/connect', '2')], 2)).toEqual([])
    expect(watch.finish()).toEqual([])
    expect(rules(watch.received([reply('/meta/connect', '1')], 3))).toEqual(['BX-171'])
  })

  it('[BX-174] one connect after another is none too many', () => {
    const watch = createAnswerWatch(false)
    for (const id of ['1', '2']) {
      expect(watch.sent([connect(id)], 0, 0)).toEqual([])
      watch.received([reply('/meta/connect', id)], 1)
    }
    watch.sent([connect('3')], 0, 0)
    watch.lost(['3'])
    expect(watch.sent([connect('4')], 0, 0)).toEqual([])
  })

  it('[BX-175] 10 s are the limit, for a connect beyond its hold time', () => {
    const watch = createAnswerWatch(false)
    watch.sent([connect('1'), publish('2')], 0, 30_000)
    expect(rules(watch.received([reply('/foo', '2')], 10_001))).toEqual(['BX-175'])
    expect(watch.received([reply('/meta/connect', '1')], 40_000)).toEqual([])
  })
})

test('[BX-173] the clientId of another session is found wherever it stands', () => {
  const watch = createLeakWatch()
  const [ann, bob] = [{}, {}]
  watch.learn(clientId, ann)
  expect(watch.check(`[{"data":{"by":"${clientId}"}}]`, ann)).toEqual([])
  expect(rules(watch.check(`[{"data":{"by":"${clientId}"}}]`, bob))).toEqual(['BX-173'])
  expect(watch.check('[{"data":"abcdefghijklmnopqrstuvwxyz"}]', bob)).toEqual([])
})

test.each([
  [{ channel: '/meta/connect', id: '1', successful: 'true' }, ['BX-170']],
  [{ channel: '/foo', id: '1', successful: true, data: 1 }, ['BX-080']],
  [{ channel: '/foo', data: 1, clientId }, ['BX-082']],
  [{ channel: '/meta/handshake', successful: false }, ['BX-172']],
  [{ id: '1', successful: false, error: '400::channel_missing' }, []],
  [{ channel: 7, data: 1 }, ['BX-170']],
])('[BX-170] %j breaks %j', (message, expected) => {
  expect(rules(checkReceived(message as never))).toEqual(expected)
})

test('[BX-170] our own messages are held to more', () => {
  expect(checkRequest(publish('a1'))).toEqual([])
  expect(rules(checkRequest(publish('a-1')))).toEqual(['BX-170'])
})

test.each([
  [{ successful: false, error: '402::Unknown client' }, []],
  [{ successful: false, error: '403:a,b:' }, []],
  [{ successful: false, error: 'no' }, ['BX-172']],
  [{ successful: true, error: '' }, ['BX-172']],
])('[BX-172] %j', (message, expected) => {
  expect(rules(checkErrorForm(message))).toEqual(expected)
})
