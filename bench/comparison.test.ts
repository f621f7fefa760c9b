import { describe, expect, it } from 'vitest'
import { alternate, median, type Pass } from './alternate.ts'
import { costResult, ratioResult } from './ratio-result.ts'
import { replaceSection } from './replace-section.ts'
import { slope } from './slope.ts'
import { renderTable } from './table.ts'

/** A second of wall time each; `busy` is the CPU share. */
const pass = (operations: number, busy = 1): Pass => ({ operations, cpuSeconds: busy, wallSeconds: 1 })

/** Gives these passes in turn and writes down who was asked. */
function scripted(passes: { ours: Pass[]; bare: Pass[] }) {
  const order: string[] = []
  const side = (name: 'ours' | 'bare') => async () => {
    order.push(name)
    return passes[name].shift()!
  }
  return { order, ours: side('ours'), bare: side('bare') }
}

describe('alternate', () => {
  it('leaves the warm-up out and turns the order round with every pair', async () => {
    const { order, ours, bare } = scripted({
      ours: [pass(1), pass(60), pass(50), pass(90)],
      bare: [pass(1), pass(100), pass(100), pass(100)],
    })
    expect(await alternate({ pairs: 3 }, ours, bare)).toEqual({
      ratio: 0.6,
      least: 0.5,
      greatest: 0.9,
      ours: 60,
      bare: 100,
      busy: 1,
    })
    expect(order).toEqual(['ours', 'bare', 'bare', 'ours', 'ours', 'bare', 'bare', 'ours'])
  })

  it('makes a pair again in which a process waited for its client', async () => {
    const { ours, bare } = scripted({
      ours: [pass(10, 0.5), pass(80), pass(80)],
      bare: [pass(100), pass(100), pass(100)],
    })
    const comparison = await alternate({ pairs: 2, warmUp: 0, leastBusy: 0.9 }, ours, bare)
    expect(comparison).toMatchObject({ ratio: 0.8, least: 0.8, busy: 1 })
  })

  it('shows what there is when the processes never get busy', async () => {
    const { order, ours, bare } = scripted({
      ours: [pass(30, 0.5), pass(40, 0.5), pass(50, 0.5), pass(60, 0.5)],
      bare: [pass(100), pass(100), pass(100), pass(100)],
    })
    const comparison = await alternate({ pairs: 2, warmUp: 0, leastBusy: 0.9 }, ours, bare)
    expect(comparison).toMatchObject({ ratio: 0.9, busy: 0.5 })
    expect(order).toHaveLength(8)
  })

  it('takes the mean of both values in the middle as the median', () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5])
  })
})

describe('a result', () => {
  const comparison = { ratio: 0.623, least: 0.6, greatest: 0.65, ours: 31_150, bare: 50_000, busy: 0.97 }

  it('of a ratio holds from its least value on', () => {
    expect(ratioResult(comparison, 0.6, 'sends')).toEqual({
      figure: '0.62 (0.60 to 0.65)',
      absolute: '31,150 against 50,000 sends per CPU-second',
      verdict: 'holds',
      note: 'least busy pass 97 % of a core',
    })
    expect(ratioResult(comparison, 0.7, 'sends').verdict).toBe('broken')
  })

  it('of a ratio is no judgement when a process waited', () => {
    expect(ratioResult({ ...comparison, busy: 0.89 }, 0.7, 'sends').verdict).toBe('client-limited')
  })

  it('of a cost holds up to its greatest value', () => {
    const cost = { ratio: 1.25, least: 1.2, greatest: 1.4, ours: 10_000, bare: 8_000, busy: 0.3 }
    expect(costResult(cost, 1.3, 'operation')).toEqual({
      figure: '1.25 (1.20 to 1.40)',
      absolute: '125 µs against 100 µs of CPU per operation',
      verdict: 'holds',
    })
    expect(costResult(cost, 1.2, 'operation').verdict).toBe('broken')
  })
})

describe('slope', () => {
  it('is what each further x adds, whatever was there before', () => {
    expect(
      slope([
        [1_000, 7_000],
        [5_000, 15_000],
        [10_000, 25_000],
      ]),
    ).toBe(2)
  })
})

describe('the table', () => {
  it('has a line for each case', () => {
    const benchCase = { name: 'lane', what: 'a lane, against a loop', bound: '>= 0.85', run: () => Promise.reject() }
    const result = { figure: '0.90', absolute: '9 against 10', verdict: 'holds', note: 'busy' } as const
    const lines = renderTable([{ benchCase, result }], new Date('2026-03-01T12:30:00Z')).split('\n')
    expect(lines[2]).toMatch(/^2026-03-01T12:30Z on \d+ × .*Node v24/)
    expect(lines.slice(4)).toEqual([
      '| name | what | bound | figure (spread) | absolute | verdict |',
      '| --- | --- | --- | --- | --- | --- |',
      '| lane | a lane, against a loop | >= 0.85 | 0.90 | 9 against 10 | holds (busy) |',
      '',
    ])
  })

  it('has a section below for a case that has more to show', () => {
    const benchCase = { name: 'truth', what: 'runs', bound: '1 %', run: () => Promise.reject() }
    const result = { figure: '7 of 7', absolute: '', verdict: 'holds', section: '| a |' } as const
    const lines = renderTable([{ benchCase, result }], new Date('2026-03-01T12:30:00Z')).split('\n')
    expect(lines.slice(7, 9)).toEqual(['', '## truth'])
    expect(lines[10]).toMatch(/^2026-03-01T12:30Z on .*\. 7 of 7 \(1 %\)\.$/)
    expect(lines.slice(11)).toEqual(['', '| a |', ''])
  })

  it('keeps all else when one section is made anew', () => {
    const file = '# Results\n\n| row |\n\n## truth\n\nold\n\n## other\n\nkept\n'
    expect(replaceSection(file, 'truth', '## truth\n\nnew\n')).toBe(file.replace('old', 'new'))
    expect(replaceSection(file, 'other', '## other\n\nnew\n')).toBe(file.replace('kept', 'new'))
    expect(replaceSection('# Results\n', 'truth', '## truth\n\nnew\n')).toBe('# Results\n\n## truth\n\nnew\n')
    expect(replaceSection(file, 'lane', '')).toBe(file)
  })
})
