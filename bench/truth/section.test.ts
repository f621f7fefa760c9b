import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import recorded from '../../docs/pictures/closed-loop.json' with { type: 'json' }
import type { Percentile as Measured } from '../../schemas/generated/types.ts'
import { type Contrast, drawContrast } from './draw-contrast.ts'
import { truthSection } from './section.ts'
import type { TruthOutcome } from './truth-case.ts'

const only = (value: number | null, atLeast?: boolean): Measured => ({ value, ...(atLeast && { atLeast }) })

describe('what is shown', () => {
  const row = {
    percentile: 50,
    truthMs: 10,
    corrected: only(10.5),
    raw: only(9.25),
    allowedMs: 1,
    holds: true,
  } as const
  const outcome: TruthOutcome = {
    name: 'const(10ms)',
    figures: [
      {
        series: 'push_latency',
        rows: [
          row,
          { ...row, percentile: 99, corrected: only(16, true), holds: false },
          { ...row, percentile: 99.9, corrected: only(null), allowedMs: undefined },
        ],
        planted: ['10.0', '10.0', '10.0'],
      },
      { series: 'send_latency', rows: [row] },
    ],
    checks: [
      { text: '5 messages on both sides', holds: true },
      { text: '5 POSTs, the run counts 4', holds: false },
    ],
    loop: { count: 5_000, p50: 0.5, p99: 1, p999: 4, max: 9 },
    sentence: 'all is well',
    unfit: undefined,
    verdict: 'broken',
    run: undefined as never,
  }

  it('is a row for each percentile of each metric and a note for each case', () => {
    const lines = truthSection([outcome]).split('\n')
    expect(lines.slice(-7)).toEqual([
      '| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |',
      '| const(10ms) | push_latency | p50 | 10.0 | 10.00 | 10.50 | 9.25 | +0.50 (1.0) | yes |',
      '|  |  | p99 | 10.0 | 10.00 | ≥ 16.00 | 9.25 | +6.00 (1.0) | **no** |',
      '|  |  | p99.9 | 10.0 | 10.00 | not enough samples | 9.25 | – | empty loop 4.00 |',
      '|  | send_latency | p50 | – | 10.00 | 10.50 | 9.25 | +0.50 (1.0) | yes |',
      '',
      '- const(10ms): 5 messages on both sides; **5 POSTs, the run counts 4**; empty loop late by p50 0.50, p99 1.00, at most 9.0 ms. The run: all is well',
    ])
  })

  it('does not call a row right or wrong when the machine was late', () => {
    const lines = truthSection([{ ...outcome, unfit: 'too late' }]).split('\n')
    expect(lines.filter(line => line.includes('| not judged |'))).toHaveLength(3)
    expect(lines.at(-1)).toContain('; not judged: too late. The run:')
  })

  it('is drawn from what was recorded once', () => {
    const picture = readFileSync(new URL('../../docs/pictures/closed-loop.svg', import.meta.url), 'utf8')
    expect(drawContrast(recorded as unknown as Contrast)).toBe(picture)
  })
})
