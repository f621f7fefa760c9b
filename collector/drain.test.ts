import { expect, test } from 'vitest'
import { createDrain, type DrainParts } from './drain.ts'

function drained(parts: Partial<DrainParts> = {}) {
  const settled: string[] = []
  const drain = createDrain({
    shards: 2,
    observeMs: 10_000,
    missing: () => ({ uncovered: 0, covered: 0 }),
    giveUp: () => {},
    lastAnswerMs: () => 0,
    lastPostMs: () => 0,
    rest: async () => {},
    settled: stage => settled.push(stage),
    ...parts,
  })
  const tick = async (nowMs: number) => {
    drain.tick(nowMs)
    await Promise.resolve()
    await Promise.resolve()
    drain.tick(nowMs)
  }
  return { drain, settled, tick }
}

test('a stage is settled when every shard has reached it, one stage after the other', async () => {
  const { drain, settled, tick } = drained()
  drain.reached(0, 'quiet')
  await tick(1_000)
  expect(settled).toEqual([])
  drain.reached(1, 'quiet')
  drain.reached(0, 'refreshed')
  await tick(2_000)
  expect(settled).toEqual(['quiet'])
  drain.reached(1, 'refreshed')
  await tick(3_000)
  for (const shard of [0, 1]) drain.reached(shard, 'left')
  await tick(4_000)
  expect(settled).toEqual(['quiet', 'refreshed', 'left'])
  expect(drain.isOver()).toBe(true)
  expect(drain.stillMissing()).toBe('lost')
})

test('what is missing after W is given up, once, and lost', async () => {
  let uncovered = 3
  const { drain, settled, tick } = drained({
    shards: 1,
    missing: () => ({ uncovered, covered: 0 }),
    giveUp: () => (uncovered = 0),
  })
  drain.reached(0, 'quiet')
  await tick(5_000)
  await tick(14_000)
  expect(settled).toEqual([])
  await tick(15_000)
  expect(settled).toEqual(['quiet'])
  for (const stage of ['refreshed', 'left'] as const) {
    drain.reached(0, stage)
    await tick(16_000)
  }
  expect(drain.stillMissing()).toBe('lost')
})

test('the agent comes to rest before a stage is judged', async () => {
  let rested = () => {}
  const { drain, settled, tick } = drained({ shards: 1, rest: () => new Promise(done => (rested = done)) })
  drain.reached(0, 'quiet')
  await tick(1_000)
  await tick(2_000)
  expect(settled).toEqual([])
  rested()
  await tick(3_000)
  await tick(3_000)
  expect(settled).toEqual(['quiet'])
})

test('a hurried drain waits two seconds, not W, and what is missing then is open', async () => {
  const { drain, settled, tick } = drained({ shards: 1, missing: () => ({ uncovered: 1, covered: 0 }) })
  drain.hurry()
  drain.reached(0, 'quiet')
  await tick(10_000)
  await tick(12_000)
  expect(settled).toEqual(['quiet'])
  expect(drain.stillMissing()).toBe('open')
})

test('a drain that never came to its end leaves what is missing open', () => {
  expect(drained().drain.stillMissing()).toBe('open')
})

test('W counts from when the agent has come to rest', async () => {
  let rested = () => {}
  const { drain, settled, tick } = drained({
    shards: 1,
    missing: () => ({ uncovered: 1, covered: 0 }),
    rest: () => new Promise(done => (rested = done)),
  })
  drain.reached(0, 'quiet')
  await tick(1_000)
  rested()
  await tick(9_000)
  await tick(18_999)
  expect(settled).toEqual([])
  await tick(19_000)
  expect(settled).toEqual(['quiet'])
})

test('what was waited for in one stage stays lost, however the next one ends', async () => {
  const givenUp: string[] = []
  let uncovered = 1
  const { drain, tick } = drained({
    shards: 1,
    missing: () => ({ uncovered, covered: 0 }),
    giveUp(as) {
      givenUp.push(as)
      uncovered = 0
    },
  })
  drain.reached(0, 'quiet')
  await tick(0)
  await tick(10_000)
  uncovered = 1
  drain.hurry()
  drain.reached(0, 'refreshed')
  await tick(11_000)
  await tick(13_000)
  expect(givenUp).toEqual(['lost', 'open'])
})
