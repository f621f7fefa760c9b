import { afterAll, beforeAll, describe, expect } from 'vitest'
import { itWithPeer } from '../peer-programs.ts'
import { type Examination, examineAll } from './examine.ts'
import { startBrowser, type Workplace } from './open-page.ts'
import { pages, runNames } from './pages.ts'

// What a reader sees, in a real browser: accessible in light and dark, nothing beside the screen, nothing cut in print,
// nothing lost without scripts.

const it = itWithPeer('chromium')
/** Rules that apply to the least of our pages; fewer would mean that axe-core did not look. */
const leastRules = 15
const withoutFigures = ['conform']

let workplace: Workplace
let found: Map<string, Examination>
beforeAll(async () => {
  workplace = await startBrowser()
  found = await examineAll(workplace, pages)
}, 120_000)
afterAll(() => workplace?.close())

describe.each(Object.keys(pages))('page %s', name => {
  it('is accessible in light', () => {
    const { count, findings } = found.get(name)!.light
    expect(findings).toEqual([])
    expect(count).toBeGreaterThan(leastRules)
  })

  it('is accessible in dark', () => {
    expect(found.get(name)!.dark).toEqual({ background: 'rgb(18, 22, 28)', count: 1, findings: [] })
  })

  it('has nothing beside the screen, on a desk or on a phone', () => {
    const { beyondDesk, beyondPhone } = found.get(name)!
    expect([beyondDesk, beyondPhone]).toEqual([[], []])
  })

  it('is printed with each figure on one sheet', () => {
    expect(found.get(name)!.cut).toEqual([])
  })

  it('has the picture and the table of every figure without scripts, and no dead button', () => {
    const { figures, ...counts } = found.get(name)!.withoutScripts
    expect(counts).toEqual({ pictures: figures, tables: figures, buttons: 0 })
    expect(figures > 0).toBe(!withoutFigures.includes(name))
  })

  it('asks for nothing and says nothing', () => {
    const { requests, noises } = found.get(name)!
    expect([requests, noises]).toEqual([[], []])
  })
})

it.each(runNames)('the first screen of %s has verdict and numbers, on a desk the limits and the planner, too', name => {
  const { belowDesk, belowPhone } = found.get(name)!
  expect([belowDesk, belowPhone]).toEqual([[], []])
})
