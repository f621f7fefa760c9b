import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { findProgram } from '../../../scripts/peers/programs.ts'

export const desk = { width: 1280, height: 800 }
export const phone = { width: 390, height: 844 }

export interface Opened {
  page: Page
  /** Whatever the page asked for besides itself; nothing of it is answered. */
  requests: string[]
  /** Message boxes and messages on the console. */
  noises: string[]
}

export interface Workplace {
  open(html: string, how?: { withScripts?: boolean }): Promise<Opened>
  close(): Promise<void>
}

/** One browser and a folder for the pages that it opens as a reader does: from a file. */
export async function startBrowser(): Promise<Workplace> {
  const folder = mkdtempSync(join(tmpdir(), 'chatgauge-chromium-'))
  const browser = await puppeteer.launch({
    executablePath: findProgram('chromium')!,
    userDataDir: join(folder, 'profile'),
    pipe: true,
    // The sandbox cannot be had as root or in a container; the pages are our own.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--no-first-run'],
  })
  let count = 0
  return {
    open: async (html, { withScripts = true } = {}) => {
      const path = join(folder, `page-${++count}.html`)
      writeFileSync(path, html)
      return openFile(browser, pathToFileURL(path).href, withScripts)
    },
    close: async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function openFile(browser: Browser, url: string, withScripts: boolean): Promise<Opened> {
  const page = await browser.newPage()
  const opened: Opened = { page, requests: [], noises: [] }
  page.on('dialog', dialog => {
    opened.noises.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', message => opened.noises.push(message.text()))
  page.on('pageerror', error => opened.noises.push(String(error)))
  await page.setRequestInterception(true)
  page.on('request', request => {
    if (request.url() === url) return void request.continue()
    opened.requests.push(request.url())
    void request.abort()
  })
  await page.setViewport(desk)
  await page.setJavaScriptEnabled(withScripts)
  await page.goto(url)
  return opened
}
