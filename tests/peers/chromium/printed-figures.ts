import type { Page } from 'puppeteer-core'
import { markFigures } from './in-page.js'

/**
 * Prints the page on A4 and reads in the PDF where head and foot of each figure came to lie.
 * @returns one line for each figure that is on more than one sheet; [] = none is cut
 */
export async function cutFigures(page: Page): Promise<string[]> {
  const titles = await page.evaluate(markFigures)
  const sheets = sheetsOfLinks(Buffer.from(await page.pdf({ format: 'a4', printBackground: true })).toString('latin1'))
  return titles.flatMap((title: string, at: number) => {
    const [head, foot] = [sheets.get(`${at}/head`), sheets.get(`${at}/foot`)]
    return head !== undefined && head === foot ? [] : [`${title}: from sheet ${head} to ${foot}`]
  })
}

/** Name of each link → its sheet, in the order of the file. Chromium compresses contents of pages, not links. */
function sheetsOfLinks(pdf: string): Map<string, number> {
  const objects = new Map([...pdf.matchAll(/(\d+) 0 obj\s([\s\S]*?)endobj/g)].map(([, id, text]) => [id!, text!]))
  const sheets = [...objects.values()].filter(text => /\/Type \/Page\b(?!s)/.test(text))
  return new Map(
    sheets.flatMap((sheet, number) => {
      const links = /\/Annots \[([^\]]*)\]/.exec(sheet)?.[1] ?? ''
      return [...links.matchAll(/(\d+) 0 R/g)].flatMap(([, id]) => {
        const name = /\/URI \(https:\/\/figure\.test\/([^)]*)\)/.exec(objects.get(id!) ?? '')?.[1]
        return name === undefined ? [] : [[name, number + 1] as const]
      })
    }),
  )
}
