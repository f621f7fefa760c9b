import { expect, test } from 'vitest'
import { readSample } from '../samples/read-sample.ts'
import { stageMeans, wholeMs } from './stage-means.ts'

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
    means: { stage_chat_server: 1, stage_queue: 4, stage_way: 0.425, stage_answer: 2 },
  })
  expect(wholeMs(of)).toBe(7.425)
})

test('clocks that are wrong within their bound make no stage shorter than nothing', () => {
  expect(stageMeans(staged(), at => at === 2)!.means).toEqual({
    stage_chat_server: 1,
    stage_queue: 2,
    stage_way: 0,
    stage_answer: 2,
  })
})

test('intervals without a push that is known have no stages', () => {
  expect([stageMeans(staged(), at => at === 1), stageMeans(readSample('tiny'), () => true)]).toEqual([
    undefined,
    undefined,
  ])
})
