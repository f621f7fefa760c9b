import { expect, test } from 'vitest'
import { createTokenBucket } from './token-bucket.ts'

test('a burst leaves at once, the rest at the rate', async () => {
  let nowMs = 0
  const take = createTokenBucket(
    100,
    5,
    () => nowMs,
    async ms => {
      nowMs += ms
    },
  )
  const taken: number[] = []
  for (let i = 0; i < 8; i++) {
    await take()
    taken.push(Math.round(nowMs))
  }
  expect(taken).toEqual([0, 0, 0, 0, 0, 10, 20, 30])
})
