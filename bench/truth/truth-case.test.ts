import { expect, it } from 'vitest'
import { truthOutcome } from './truth-case.ts'
import type { WatchedRun } from './watched-run.ts'

const run = (machine: number) =>
  ({
    loop: { count: 5_000, p50: 0.5, p99: 1, p999: 4, max: 9 },
    result: {
      verdict: { sentence: 'all is well' },
      intervals: { start: new Date(0).toISOString(), seconds: 1, columns: { cpu_machine: [machine], cpu_k6: [0.3] } },
    },
    steadyMs: 0,
    drainMs: 1_000,
  }) as unknown as WatchedRun

async function judged(machine: number, isRight: boolean, isCounted: boolean, isTimed: boolean = true) {
  let runs = 0
  const outcome = await truthOutcome(
    {
      name: 'case',
      options: { hold: '1s' },
      compare: () => ({
        figures: [{ series: 'send_latency', rows: [{ holds: isRight } as never] }],
        checks: [
          { text: 'counts', holds: isCounted },
          { text: 'p99', holds: isTimed, isTimed: true },
        ],
      }),
    },
    async () => {
      runs++
      return run(machine)
    },
    () => {},
  )
  return [outcome.verdict, runs]
}

it('percentiles that are off are not judged while other programs use the machine; all else is', async () => {
  const [alone, crowded] = [0.4, 1.8]
  expect(await judged(crowded, false, true)).toEqual(['not judged', 3])
  expect(await judged(crowded, true, true, false)).toEqual(['not judged', 3])
  expect(await judged(crowded, true, true)).toEqual(['holds', 1])
  expect(await judged(crowded, false, false)).toEqual(['broken', 1])
  expect(await judged(crowded, true, false)).toEqual(['broken', 1])
  expect(await judged(alone, false, true)).toEqual(['broken', 1])
})
