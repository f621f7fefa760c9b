import { expect, test } from 'vitest'
import { readSample } from '../samples/read-sample.ts'
import { stageMeans, stagesByPhase, wholeMs } from './stage-means.ts'

function staged() {
  const result = readSample('tiny')
  Object.assign(result.intervals, { seconds: 2 })
  Object.assign(result.intervals.columns, {
    staged: [10, 0, 30],
    stage_chat_server: [10, 0, 30],
    stage_queue: [100, 0, 60],
    stage_way: [20, 0, -3],
    stage_answer: [20, 0, 60],
  })
  return result
}

test('the mean over some intervals is one of their pushes, and the stages add up', () => {
  const of = stageMeans(staged(), () => true)!
  expect(of).toEqual({
    pushes: 80,
    means: { chatServer: 1, queue: 4, way: 0.425, answer: 2 },
  })
  expect(wholeMs(of)).toBe(7.425)
})

test('clocks that are wrong within their bound make no stage shorter than nothing', () => {
  expect(stageMeans(staged(), at => at === 2)!.means).toEqual({
    chatServer: 1,
    queue: 2,
    way: 0,
    answer: 2,
  })
})

test('intervals without a push that is known have no stages', () => {
  expect([stageMeans(staged(), at => at === 1), stageMeans(readSample('tiny'), () => true)]).toEqual([
    undefined,
    undefined,
  ])
})

test('phases are in their order, and all pushes together at last', () => {
  const result = readSample('tiny')
  expect(stagesByPhase(result)).toEqual([])
  result.stages = {
    drain: { pushes: 1, chatServer: 1, queue: 2, way: 3, answer: 4 },
    steady: { pushes: 3, chatServer: 3, queue: 30, way: 1.5, answer: -0.1 },
  }
  expect(stagesByPhase(result)).toEqual([
    { name: 'steady', pushes: 3, means: { chatServer: 1, queue: 10, way: 0.5, answer: 0 } },
    { name: 'drain', pushes: 1, means: { chatServer: 1, queue: 2, way: 3, answer: 4 } },
    { name: 'whole run', pushes: 4, means: { chatServer: 1, queue: 8, way: 1.125, answer: expect.closeTo(0.975) } },
  ])
})
