import { expect, it } from 'vitest'
import { BrokenRule } from '../story/broken-rule.ts'
import type { PerformedCase } from './perform-case.ts'
import { watchStandstill } from './standstill.ts'
import { noticedMs, tryAgain } from './try-again.ts'

const broken = new BrokenRule({ rule: 'CV2-087', what: 'a value is different', expected: '3', found: '9' })
const performed = (verdict: PerformedCase['verdict']): PerformedCase => ({
  verdict,
  broken: verdict === 'passed' ? [] : [broken],
  turns: [],
  durationMs: 1,
})

/** The verdict of each try, and for how long the suite stood still in it. */
async function told(tries: readonly (readonly [PerformedCase['verdict'], number])[], isOver = () => false) {
  let count = 0
  const watch = { begin: () => () => tries[count - 1]![1], stop() {} }
  const { verdict, problem, discarded } = await tryAgain(async () => performed(tries[count++]![0]), watch, isOver)
  return { count, verdict, problem, discarded: discarded?.map(each => each.stoodStillMs) }
}

const still = noticedMs
const awake = noticedMs - 1

it('what fails while the suite runs has failed at once, and what passes has passed however long it stood still', async () => {
  expect(await told([['failed', awake]])).toEqual({ count: 1, verdict: 'failed' })
  expect(await told([['passed', 5_000]])).toEqual({ count: 1, verdict: 'passed' })
})

it('what fails while the suite stands still is tried again, and the try is told', async () => {
  const first = ['failed', still] as const
  expect(await told([first, ['passed', still]])).toEqual({ count: 2, verdict: 'passed', discarded: [still] })
  expect(await told([first, ['failed', awake]])).toEqual({ count: 2, verdict: 'failed', discarded: [still] })
  expect(
    await told([
      ['error', still],
      ['passed', awake],
    ]),
  ).toMatchObject({ count: 2, verdict: 'passed' })
})

it('what finds no quiet moment could not be judged, and says what it found', async () => {
  const all = [200, 300, 400].map(ms => ['failed', ms] as const)
  const { problem, ...rest } = await told(all)
  expect(rest).toEqual({ count: 3, verdict: 'error', discarded: [200, 300] })
  expect(problem).toBe(
    'the suite itself stood still for 400 ms in try 3, as in those before, and accuses nobody; it found CV2-087: a value is different: expected 3, found 9',
  )
  expect(await told([['failed', still]], () => true)).toMatchObject({ count: 1, verdict: 'error' })
  expect(await told([1, 2, 3].map(() => ['warned', still] as const))).toMatchObject({ count: 3, verdict: 'warned' })
})

it('the watch tells the longest time that passed by since each beginning, the one that just ended too', () => {
  let nowMs = 0
  const watch = watchStandstill(() => nowMs)
  const whole = watch.begin()
  nowMs += 350
  const later = watch.begin()
  nowMs += 150
  expect([whole(), later()]).toEqual([300, 100])
  watch.stop()
})
