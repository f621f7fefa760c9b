import { describe, expect, it } from 'vitest'
import { type Distribution, parseDistribution } from '../../protocol/distribution.ts'
import { plantedQuantiles } from './planted.ts'

describe('what was planted', () => {
  const planted = (text: string) => plantedQuantiles(parseDistribution(text) as Distribution)

  it('has the quantiles of its definition', () => {
    const lognormal = planted('lognorm(20ms,200ms)')
    expect([50, 99].map(each => Math.round(lognormal(each as 50 | 99, 5_000).ms / 10))).toEqual([2, 20])
    // 20 ms × 10^(1.2816 / 2.3263)
    expect(lognormal(90, 5_000).ms / 71.1).toBeCloseTo(1, 1)
  })

  it('lies in a range that is the wider the fewer samples there are', () => {
    const lognormal = planted('lognorm(20ms,200ms)')
    const width = (count: number) => lognormal(90, count).highMs - lognormal(90, count).lowMs
    expect(width(1_000)).toBeGreaterThan(2 * width(10_000))
    expect(planted('const(50ms)')(99.9, 10)).toEqual({ ms: 50, lowMs: 50, highMs: 50 })
  })

  it('is one or the other where a step lies at the percentile', () => {
    const { lowMs, highMs } = planted('bimodal(5ms,300ms,10%)')(90, 5_000)
    expect([lowMs, highMs]).toEqual([5, 300])
  })
})
