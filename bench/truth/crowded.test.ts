import { describe, expect, it } from 'vitest'
import { crowdedBecause } from './crowded.ts'

/** Steady from second 2 to 6. */
const run = (machine: (number | null)[]) => ({
  result: {
    intervals: {
      start: new Date(10_000).toISOString(),
      seconds: 1,
      columns: { cpu_machine: machine, cpu_k6: machine.map(() => 0.4), cpu_receiver: machine.map(() => 0.1) },
    },
  },
  steadyMs: 12_000,
  drainMs: 16_000,
})

describe('a machine that others use', () => {
  it('is told of when they did in the steady phase, with what they took beside us', () => {
    expect(crowdedBecause(run([1, 1, 0.9, 2, 1.5, null, 1]))).toBe(
      'other programs used 1.3 cores in 2 of 3 intervals of the steady phase',
    )
  })

  it('is none where they did before and after, or hardly', () => {
    expect(crowdedBecause(run([2, 2, 0.9, 1, 0.9, 0.7, 2]))).toBeUndefined()
    expect(crowdedBecause(run([]))).toBeUndefined()
  })
})
