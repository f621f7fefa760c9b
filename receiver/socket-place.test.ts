import { expect, test } from 'vitest'
import { socketPlace } from './socket-place.ts'

test('shards and collectors have their places, whatever else is asked for has none', () => {
  expect(socketPlace('/triggers?run=abc&shard=3')).toEqual({ kind: 'shard', run: 'abc', shard: 3 })
  expect(socketPlace('/observations?run=abc')).toEqual({ kind: 'collector', run: 'abc' })
  expect(socketPlace('/observations')).toEqual({ kind: 'collector', run: undefined })
  const nowhere = [
    '',
    '/',
    '//',
    '//[',
    '/triggers',
    '/triggers?run=a',
    '/triggers?run=&shard=1',
    '/triggers?run=a&shard=x',
  ]
  expect(nowhere.map(socketPlace)).toEqual(nowhere.map(() => undefined))
})
