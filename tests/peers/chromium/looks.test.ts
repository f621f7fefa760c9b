import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { itWithPeer } from '../peer-programs.ts'
import { auditPage, backgroundColour, belowScreen, beyondScreen, unfoldAll } from './in-page.js'
import { desk, type Opened, phone, startBrowser, type Workplace } from './open-page.ts'
import { pages, runNames } from './pages.ts'
import { cutFigures } from './printed-figures.ts'

// What a reader sees, in a real browser: accessible in light and dark, nothing beside the screen, nothing cut in print.

const it = itWithPeer('chromium')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Those of its rules that look at colours; links stand in texts with a line below them. */
const colourRules = ['color-contrast']
/** Rules that apply to the least of our pages; fewer would mean that axe-core did not look. */
const leastRules = 15

let workplace: Workplace
beforeAll(async () => {
  workplace = await startBrowser()
})
afterAll(() => workplace?.close())

describe.each(Object.keys(pages))('page %s', name => {
  let opened: Opened
  beforeAll(async () => {
    opened = await workplace.open(pages[name]!())
    await opened.page.evaluate(axe)
  })
  afterAll(() => opened?.page.close())

  it('is accessible in light, with everything unfolded', async () => {
    await opened.page.evaluate(unfoldAll)
    const { count, findings } = await opened.page.evaluate(auditPage, { type: 'tag', values: tags })
    expect(findings).toEqual([])
    expect(count).toBeGreaterThan(leastRules)
  })

  it('is accessible in dark: nothing but colours is another there', async () => {
    const { page } = opened
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
    expect(await page.evaluate(backgroundColour)).toBe('rgb(18, 22, 28)')
    const { count, findings } = await page.evaluate(auditPage, { type: 'rule', values: colourRules })
    expect({ count, findings }).toEqual({ count: 1, findings: [] })
    await page.emulateMediaFeatures([])
  })

  it('has nothing beside the screen, wide or narrow', async () => {
    for (const screen of [phone, desk]) {
      await opened.page.setViewport(screen)
      expect(await opened.page.evaluate(beyondScreen)).toEqual([])
    }
  })

  it('asks for nothing and says nothing', () => {
    expect([opened.requests, opened.noises]).toEqual([[], []])
  })

  it('is printed with each figure on one page', async () => {
    expect(await cutFigures(opened.page)).toEqual([])
  })
})

describe.each(runNames)('first screen of %s', name => {
  it('has verdict, numbers and what limits on a desk, verdict and numbers on a phone', async () => {
    const { page } = await workplace.open(pages[name]!())
    const first = ['.verdict .sentence', '.cards > li:last-child']
    expect(await page.evaluate(belowScreen, [...first, '#planner-answer', '#limits + p'])).toEqual([])
    await page.setViewport(phone)
    expect(await page.evaluate(belowScreen, first)).toEqual([])
    await page.close()
  })
})
