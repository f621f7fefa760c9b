import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'puppeteer-core'
import { auditPage, backgroundColour, belowScreen, beyondScreen, countFigures, unfoldAll } from './in-page.js'
import { desk, phone, type Workplace } from './open-page.ts'
import { cutFigures } from './printed-figures.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Nothing but colours is another in dark; links stand in texts with a line below them. */
const colourRules = ['color-contrast']

/** What must be seen without scrolling, on a phone and on a desk. */
const onPhone = ['.verdict .sentence', '.cards > li:last-child']
const onDesk = [...onPhone, '#planner-answer', '#limits + p']

/** Theirs are the tables of the other runs: axe-core would take as long again for them. */
const foldedPages = ['invalid', 'interrupted']

export type Examination = Awaited<ReturnType<typeof examine>>

/** Everything that is asked of a page, with one opening of it; after its first screen unfolded, and one figure zoomed. */
export async function examine(workplace: Workplace, html: string, isUnfolded: boolean) {
  const { page, requests, noises } = await workplace.open(html)
  await page.evaluate(axe)
  const belowDesk = await page.evaluate(belowScreen, onDesk)
  await page.setViewport(phone)
  const belowPhone = await page.evaluate(belowScreen, onPhone)
  if (isUnfolded) await page.evaluate(unfoldAll)
  const beyondPhone = await page.evaluate(beyondScreen)
  await page.setViewport(desk)
  const beyondDesk = await page.evaluate(beyondScreen)
  const light = await page.evaluate(auditPage, { type: 'tag', values: tags })
  const dark = await inDark(page)
  const cut = await cutFigures(page)
  await page.setJavaScriptEnabled(false)
  await page.reload()
  const withoutScripts = await page.evaluate(countFigures)
  await page.close()
  return { belowDesk, belowPhone, beyondPhone, beyondDesk, light, dark, cut, withoutScripts, requests, noises }
}

async function inDark(page: Page) {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
  const background = await page.evaluate(backgroundColour)
  const audit = await page.evaluate(auditPage, { type: 'rule', values: colourRules })
  await page.emulateMediaFeatures([])
  return { background, ...audit }
}

/** Two at a time: a page is drawn by one core. */
export async function examineAll(
  workplace: Workplace,
  pages: Readonly<Record<string, () => string>>,
): Promise<Map<string, Examination>> {
  const waiting = Object.entries(pages)
  const found = new Map<string, Examination>()
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, render] = next
      found.set(name, await examine(workplace, render(), !foldedPages.includes(name)))
    }
  }
  await Promise.all([lane(), lane()])
  return found
}
