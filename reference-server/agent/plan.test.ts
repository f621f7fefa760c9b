import { expect, test } from 'vitest'
import { defaultScript } from './agent-script.ts'
import { makePlan } from './plan.ts'

test.each([1, 2, 3])('unprompted messages spread evenly over chats and nodes, seed %i', seed => {
  const chats = 200
  const messages = 3_000
  const plan = makePlan({ ...defaultScript, seed, ratePerSecond: 300 })
  const heard = new Array<number>(chats).fill(0)
  for (let n = 0; n < messages; n++) heard[Math.floor(plan.unprompted(n).choice * chats)]!++
  const ofSecondNode = heard.filter((_, chat) => chat % 2 === 1).reduce((sum, count) => sum + count, 0)
  expect(Math.abs(ofSecondNode / messages - 0.5)).toBeLessThan(0.005)
  expect(Math.min(...heard)).toBeGreaterThan(12)
  expect(Math.max(...heard)).toBeLessThan(18)
  expect(plan.unprompted(7)).toEqual(makePlan({ ...defaultScript, seed, ratePerSecond: 300 }).unprompted(7))
})
