import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** A figure over time that can be zoomed: what `zoom-picture.js` draws from the result that the page embeds. */
export interface Zoom {
  lines: readonly { column: string; name: string; color: string; width: number; dash: readonly number[] }[]
  scale: 'log' | 'linear'
  unit: string
  /** Ends of the vertical axis; a linear one has its own. */
  range?: { min: number; max: number }
  limit?: { value: number; name: string }
}

const require = createRequire(import.meta.url)
const library = readFileSync(require.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8')
/** The MIT licence wants its text beside each copy. */
const licence = readFileSync(require.resolve('uplot/LICENSE'), 'utf8')
const own = ['./zoom-picture.js', './zoom.js'].map(file => readFileSync(new URL(file, import.meta.url), 'utf8'))

/** Library and own parts in one script element. */
export const zoomScript = `/*\n${licence}*/\n${library}\n${own.join('')}`
/** What the Content-Security-Policy allows to run; everything else stays text. */
export const zoomScriptHash = `sha256-${createHash('sha256').update(zoomScript).digest('base64')}`
export const zoomStyle = readFileSync(require.resolve('uplot/dist/uPlot.min.css'), 'utf8')
