import { describe, expect, it } from 'vitest'
import { type Lateness, unfitBecause, untilJudgeable } from './until-judgeable.ts'

describe('a run on a machine that was late', () => {
  const lateBy = (p99: number): Lateness => ({ count: 5_000, p50: 0.5, p99, p999: 20, max: 30 })

  it('is one whose empty loop was late by more than 5 ms', () => {
    expect([5, 5.1].map(each => unfitBecause(lateBy(each)))).toEqual([
      undefined,
      'an empty 5 ms tick loop was late by 5.1 ms (p99, limit 5 ms)',
    ])
  })

  const tries = (...unfit: (string | undefined)[]) => {
    const said: string[] = []
    let made = 0
    const attempt = async () => ({ run: ++made, unfit: unfit[made - 1] })
    return untilJudgeable(attempt, line => said.push(line)).then(last => ({ ...last, said: said.length }))
  }

  it('is repeated, three times in all, and the first that can be judged is', async () => {
    expect(await tries(undefined)).toEqual({ run: 1, unfit: undefined, said: 0 })
    expect(await tries('late', undefined)).toEqual({ run: 2, unfit: undefined, said: 1 })
    expect(await tries('late', 'late', 'late again')).toEqual({ run: 3, unfit: 'late again', said: 2 })
  })
})
