import { afterAll, beforeAll, describe, expect } from 'vitest'
import { renderReport } from '../../../reports/html-report.ts'
import { hostileText, longWord, withHostileTexts } from '../../../reports/samples/hostile.ts'
import { itWithPeer } from '../peer-programs.ts'
import { beyondScreen, focusedRole, inkBecomes, inkOf, isSeen, outline, tryToEscape } from './in-page.js'
import { desk, phone, startBrowser, type Workplace } from './open-page.ts'
import { pages } from './pages.ts'

// What runs in a page and what does not: the zoom, and nothing of anybody else's.

const it = itWithPeer('chromium')

let workplace: Workplace
beforeAll(async () => {
  workplace = await startBrowser()
})
afterAll(() => workplace?.close())

describe.each([
  ['a text that breaks out', hostileText],
  ['a word of 10 KB', longWord],
])('%s, in every place', (_, text) => {
  it('does nothing, brings nothing in and widens nothing', async () => {
    const { page, requests, noises } = await workplace.open(renderReport(withHostileTexts(text)))
    const { mains, strangers, headings, footer } = await page.evaluate(outline)
    expect({ mains, strangers, footer }).toEqual({
      mains: 1,
      strangers: 0,
      footer: expect.stringContaining('chatgauge'),
    })
    expect(headings).toEqual(expect.arrayContaining(['numbers', 'timeline', 'violations', 'environment', 'glossary']))
    for (const screen of [desk, phone]) {
      await page.setViewport(screen)
      expect(await page.evaluate(beyondScreen)).toEqual([])
    }
    expect([requests, noises]).toEqual([[], []])
    await page.close()
  })
})

it('a page runs no script but its own and reaches nobody', async () => {
  const { page, requests, noises } = await workplace.open(pages.pass!())
  expect(await page.evaluate(tryToEscape)).toEqual({
    ran: false,
    answer: 'refused',
    refused: ['connect-src', 'img-src', 'script-src-attr', 'script-src-elem', 'style-src-elem'],
  })
  expect(requests).toEqual([])
  expect(noises.filter(noise => !/Content Security Policy/.test(noise))).toEqual([])
  await page.close()
})

it('a figure is zoomed by keyboard and mouse, follows the dark mode and goes back to its picture', async () => {
  const { page, noises } = await workplace.open(pages.fail!())
  const canvas = '.zoom canvas'
  const ink = () => page.evaluate(inkOf, canvas)
  const readout = () => page.$eval('.zoom .readout', found => found.textContent)
  const count = (selector: string) => page.$$eval(selector, found => found.length)
  expect([await count('.to-zoom'), (await count('.to-zoom')) > 2]).toEqual([await count('figure[data-zoom]'), true])

  await page.focus('.to-zoom')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(isSeen, '.zoom canvas')).toBe(true)
  expect(await page.evaluate(isSeen, '.zoomed .plot')).toBe(false)
  expect(await page.evaluate(focusedRole)).toBe('slider')
  const whole = await ink()

  expect(await readout()).toMatch(/^0:00: /)
  await page.keyboard.press('ArrowRight')
  expect(await readout()).toMatch(/^0:01: /)
  await page.keyboard.press('+')
  expect(await page.evaluate(inkBecomes, canvas, whole, false)).toBe(true)
  await page.keyboard.press('0')
  expect(await page.evaluate(inkBecomes, canvas, whole, true)).toBe(true)

  const box = (await (await page.$('.zoom .u-over'))!.boundingBox())!
  await page.mouse.move(box.x + box.width * 0.3, box.y + 50)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.6, box.y + 50, { steps: 3 })
  await page.mouse.up()
  expect(await page.evaluate(inkBecomes, canvas, whole, false)).toBe(true)
  const dragged = await ink()

  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
  expect(await page.evaluate(inkBecomes, canvas, dragged, false)).toBe(true)

  await page.click('.to-zoom')
  expect(await page.evaluate(isSeen, 'figure[data-zoom] .plot')).toBe(true)
  expect(await page.evaluate(isSeen, '.zoom')).toBe(false)
  expect(noises).toEqual([])
  await page.close()
})
