import { expect, it } from 'vitest'
import type { Control } from '../control.ts'
import { fakeStack, jsonAnswer } from '../runner/stack-for-tests.ts'
import type { PushSink } from '../sink/push-sink.ts'
import { untilQuiet } from './quiet.ts'

/** @param counts POSTs that have come before each look, and whether the target then was at rest. */
async function settled(looks: readonly (readonly [count: number, isQuiet: boolean])[]) {
  let asked = 0
  const control = { settle: async () => looks[asked++]![1] } as unknown as Control
  const sink = { count: () => looks[asked]?.[0] ?? looks.at(-1)![0] } as PushSink
  const stack = fakeStack(() => jsonAnswer({}), { control, sink })
  const problem = await untilQuiet(stack).catch((error: Error) => error.message)
  return { asked, problem }
}

it('a target that goes on posting is waited for longer than one that is stuck, and not for ever', async () => {
  const stuck = 'the target was not at rest after 8 s'
  expect(
    await settled([
      [4, false],
      [4, true],
    ]),
  ).toEqual({ asked: 1, problem: stuck })
  expect(
    await settled([
      [4, false],
      [5, false],
      [6, true],
    ]),
  ).toEqual({ asked: 3, problem: undefined })
  expect(
    await settled([
      [4, false],
      [5, false],
      [6, false],
      [7, true],
    ]),
  ).toEqual({ asked: 3, problem: stuck })
})
