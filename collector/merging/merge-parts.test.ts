import { beforeAll, describe, expect, test } from 'vitest'
import { basisOf } from '../../protocol/rule-basis.ts'
import { isResult } from '../../schemas/generated/result-validator.js'
import type { Result } from '../../schemas/generated/types.ts'
import { resultsOf, shardStories } from './fake-parts.ts'
import { mergeParts } from './merge-parts.ts'
import { findParts } from './part.ts'

const merged = (results: readonly Result[]) => {
  const { parts, refusal } = findParts(results.map((result, at) => ({ path: `${at}.json`, result })))
  if (refusal !== undefined) throw new Error(refusal)
  return mergeParts(parts, { basisOf }).result
}

let whole: Result
let parts: Result[]
beforeAll(async () => {
  const stories = shardStories()
  whole = (await resultsOf(stories, 1))[0]!
  parts = await resultsOf(stories, 4)
})

/** By nature each part's own: processes, clocks, names of runs, and what is said about the parts. */
const comparable = ({ processes, clocks, run, notes, validity, ...rest }: Result) => rest

describe('four generators with two shards each', () => {
  test('merged are equal to one generator with all eight', () => {
    const result = merged(parts.toReversed())
    expect(comparable(result)).toEqual(comparable(whole))
    expect(whole.counters).toMatchObject({ pushes_lost: 1, pushes_duplicate: 1, schema_violations: 2 })
    expect(whole.metrics.push_latency!.steady!.count).toBeGreaterThan(500)
    expect(isResult(result), JSON.stringify(isResult.errors)).toBe(true)
  })

  test('keep their limits, processes and clocks apart', () => {
    const result = merged(parts)
    const limitsOf = ({ validity }: Result) => validity.map(({ name, value, ok }) => ({ name, value, ok }))
    const together = { name: 'common_steady', value: 1, ok: true }
    const worst = limitsOf(whole).map(limit => {
      const values = parts.flatMap(part => part.validity.find(({ name }) => name === limit.name)!.value ?? [])
      const isOwnPercentile = /_delay|_lateness/.test(limit.name)
      return isOwnPercentile && values.length > 0 ? { ...limit, value: Math.max(...values) } : limit
    })
    expect(limitsOf(result)).toEqual([...worst, together])
    expect(result.processes.map(({ name }) => name).slice(0, 2)).toEqual(['collector (part 1)', 'collector (part 2)'])
    expect(result.clocks[1]).toEqual({ ...parts[0]!.clocks[1], to: 'receiver (part 1)' })
    const notes = ['steadiness was not judged: too little in this part']
    expect(merged(parts.map(part => ({ ...part, notes }))).notes.slice(2)).toEqual([])
    expect(result.notes[0]).toBe('merged from 4 parts, runs 7f3a2c, 7f3a2c, 7f3a2c, 7f3a2c, which began within 0 s')
  })
})

describe('a part that says nothing about the target makes the whole invalid', () => {
  const touched = (touch: (part: Result) => void) => {
    const results = structuredClone(parts)
    touch(results[2]!)
    return merged(results).verdict.reasons
  }

  test('it was late', () => {
    const reasons = touched(part => {
      const limit = part.validity.find(({ name }) => name === 'schedule_lateness')!
      Object.assign(limit, {
        ok: false,
        value: 900,
        text: 'we were the limit from second 31 on: k6 used 1.9 of 2 cores',
      })
    })
    expect(reasons.find(({ code }) => code === 'schedule_lateness')).toEqual({
      exit: 3,
      kind: 'validity',
      code: 'schedule_lateness',
      text: 'part 3 of 4: we were the limit from second 31 on: k6 used 1.9 of 2 cores',
    })
  })

  test('it was interrupted', () => {
    const reasons = touched(part =>
      part.verdict.reasons.unshift({ exit: 130, kind: 'interrupted', text: 'interrupted by the user' }),
    )
    expect(reasons[0]).toEqual({ exit: 130, kind: 'interrupted', text: 'part 3 of 4: interrupted by the user' })
  })

  test('its counts do not agree', () => {
    const reasons = touched(part => part.ledger.imbalances.push('receiver: frame 7 is missing, 8 came'))
    const text = 'our own counts do not agree: part 3 of 4: receiver: frame 7 is missing, 8 came'
    expect(reasons.find(({ code }) => code === 'ledger')).toMatchObject({ exit: 3, text })
  })

  test('it expected no push of a kind that the others had', () => {
    const reasons = touched(part => part.merging!.neverPushed.push('ParticipantJoined'))
    const text =
      /part 3 of 4: no push of a ParticipantJoined came and none was counted as expected, but part 1 of 4 had/
    expect(reasons.find(({ code }) => code === 'ledger')!.text).toMatch(text)
  })

  test('it ran at another time', () => {
    const reasons = touched(part => {
      const steady = part.phases.find(({ name }) => name === 'steady')!
      steady.start = new Date(Date.parse(steady.start) + 40_000).toISOString()
    })
    expect(reasons.find(({ code }) => code === 'common_steady')).toMatchObject({
      exit: 3,
      text: 'the parts did not run together: they had 21.6 % of the steady phase in common',
    })
  })
})
