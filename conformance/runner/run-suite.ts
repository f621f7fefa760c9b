import { seededUniform } from '../../protocol/seeded.ts'
import { runsAlone } from '../case.ts'
import type { Stack } from '../stack.ts'
import { type Performance, type PerformedCase, performCase } from './perform-case.ts'
import type { PlacedCase } from './select.ts'
import { type StandstillWatch, watchStandstill } from './standstill.ts'
import { tryAgain } from './try-again.ts'

export interface SuiteRun {
  cases: readonly PlacedCase[]
  /** Like each other; cases are spread over them. */
  stacks: readonly Stack[]
  /** Cases at a time on one stack, as far as they do not need it for themselves. */
  lanes: number
  seed: number
  /** In the order given instead of a random one; with one lane a stack is never shared, so that nothing is moved behind. */
  isOrdered?: boolean
  performance: Performance
  /** Why a case cannot run here. */
  skip(each: PlacedCase): string | undefined
  done(each: PlacedCase, outcome: PerformedCase | { skipped: string }): void
  /** Prepares the stack of a case. */
  before?(stack: Stack): Promise<void>
  /** Asked before each case: true ends the run. */
  isOver?(): boolean
}

/** First those that share a stack, then those that need one for themselves, each in random order. */
export async function runSuite(run: SuiteRun): Promise<void> {
  const ordered = run.isOrdered ? [...run.cases] : shuffled(run.cases, run.seed)
  const runnable: PlacedCase[] = []
  for (const each of ordered) {
    const reason = run.skip(each)
    if (reason === undefined) runnable.push(each)
    else run.done(each, { skipped: reason })
  }
  const watch = watchStandstill()
  try {
    if (run.isOrdered && run.lanes === 1) return await workThrough(run, runnable, 1, watch)
    const shared = runnable.filter(each => !runsAlone(each.case))
    await workThrough(run, shared, run.lanes, watch)
    const alone = runnable.filter(each => runsAlone(each.case))
    await workThrough(run, alone, 1, watch)
  } finally {
    watch.stop()
  }
}

async function workThrough(run: SuiteRun, queue: PlacedCase[], lanes: number, watch: StandstillWatch): Promise<void> {
  const work = async (stack: Stack) => {
    for (let next = queue.shift(); next && !run.isOver?.(); next = queue.shift()) {
      const { case: each } = next
      const perform = async () => {
        await run.before?.(stack)
        return performCase(each, stack, run.performance)
      }
      run.done(next, await tryAgain(perform, watch, run.isOver))
    }
  }
  await Promise.all(run.stacks.flatMap(stack => Array.from({ length: lanes }, () => work(stack))))
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const uniform = seededUniform(seed, 'order of cases')
  const order = [...list]
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(uniform() * (last + 1))
    ;[order[last], order[other]] = [order[other]!, order[last]!]
  }
  return order
}
